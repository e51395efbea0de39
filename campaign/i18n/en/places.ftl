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
places-filter = Address
places-kind-new = as of today
places-kind-old = before 7/2025
places-kind-unknown = not known
places-flag-old = old address
places-flag-district = old address, names a district
places-flag-unknown = unknown province
places-old-title = Address of before July 2025
places-old-renamed = { $was } is now { $now }.
places-old-district = The address names a district; there are none since 1 July 2025.
places-old-ward = Wards were merged, too, and we do not guess the new one: ask the customer and change it in the profile. Letters print the address as it is kept.
places-old-take = Write { $now }
places-old-keep = Leave it as it is
places-unknown-title = Province not recognised
places-unknown-text = “{ $was }” is no province, old or new. Letters print it as it is kept; segments by region do not find this person.

# after a file
places-import-title = About the addresses in the file
places-import-old = { $count ->
    [one] One person has an address
   *[other] { $count } people have addresses
  } of before July 2025.
places-import-unknown = { $count ->
    [one] One person has a province
   *[other] { $count } people have provinces
  } that we do not know.
places-import-kept = All addresses stay as they are in the file.
places-import-see-old = See old addresses
places-import-see-unknown = See unknown provinces
