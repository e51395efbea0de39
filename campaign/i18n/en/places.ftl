# Addresses before and after 1 July 2025; today's provinces and regions

# segments
places-about = Where they live
places-what-province-today = province as of today
places-what-region = region
places-option-province = { $name } (from July 2025)
places-say-province = live in { $name } as its borders are since July 2025
places-say-region = live in { $name }
places-region-north = the North
places-region-centre = the Centre
places-region-south = the South
places-region-northern-midlands = the northern midlands and mountains
places-region-red-river-delta = the Red River Delta
places-region-north-central = the north central coast
places-region-south-central = the south central coast and central highlands
places-region-southeast = the Southeast
places-region-mekong-delta = the Mekong Delta

# on the profile and in the list
places-filter = Kind of address
places-kind-new = as borders are today
places-kind-old = of before July 2025
places-kind-unknown = with a province that we do not know
places-flag-old = old address
places-flag-unknown = unknown province
places-old-title = Address of before July 2025
places-old-renamed = { $was } is now { $now }.
places-old-district = The address names a district; there are none since 1 July 2025.
places-old-ward = Wards were merged, too, and we do not guess the new one: ask the customer and change it in the profile. Letters print the address as it is kept.
places-old-take = Change the province to { $now }
places-old-keep = Leave it as it is
places-unknown-title = Province not recognised
places-unknown-text = “{ $was }” is no province, old or new. Letters print it as it is kept; segments by region do not find this person.
