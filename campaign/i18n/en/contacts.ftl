# Contacts: profiles, import, consent, suppression and holds

# -- errors in facts
contacts-error-email = “{ $value }” is not an e-mail address. One looks like name@example.com.
contacts-error-no-name = Enter a name; every profile needs one.
contacts-error-too-long = Too long: at most { $limit } characters.
contacts-error-phone = “{ $value }” does not look like a phone number. Enter 6 to 15 digits.
contacts-error-country = There is no country “{ $value }”. Enter its name or its two letters, such as VN.
contacts-error-language = We cannot write in “{ $value }” yet. Choose vi, en or zh.
contacts-error-time-zone = There is no time zone “{ $value }”. A right one: Asia/Ho_Chi_Minh.
contacts-error-choice = “{ $value }” is not one of the choices.
contacts-error-number = “{ $value }” will not do; enter a number from { $low } to { $high }.
contacts-error-date = “{ $value }” is not a date. Write 31/12/2026 or 2026-12-31.
contacts-error-birthday-half = Enter both day and month of birth, or leave both empty.
contacts-error-birthday = There is no day { $day } in month { $month }.
contacts-error-code-taken = Another customer already has the code “{ $code }”.
contacts-error-unknown-field = A profile has no field “{ $name }”.
contacts-error-organisation = Choose an organisation that is among the contacts.
contacts-error-erased = This profile was erased on request and can no longer be changed.
contacts-error-custom-key = A field's key has lower-case letters without marks, digits and underscores, and begins with a letter, such as favourite_tea.
contacts-error-custom-taken = There is a field “{ $name }” already.
