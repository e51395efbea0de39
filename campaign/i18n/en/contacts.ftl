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
contacts-error-amount = “{ $value }” is not an amount. A right one: 1,250,000.
contacts-error-currency = “{ $value }” is not a currency of three letters, such as VND.
contacts-error-order-number = An order needs a number of at most 60 characters.

# -- import: errors of the whole file
contacts-import-too-large = The file is larger than { $megabytes } MB. Divide it and import the parts one after the other.
contacts-import-empty = The file has no rows. The first one names the columns, each further one is a customer.
contacts-import-binary = This is not a CSV file. In Excel choose “Save as… CSV UTF-8” and upload that.
contacts-import-encoding = The letters of line { $line } cannot be read. Save the file as “CSV UTF-8” and upload it again.
contacts-import-long-line = Line { $line } is longer than { $limit } characters, which is no row of a table. Look at the file again.
contacts-import-columns = Line { $line } has more than { $limit } columns. Remove those that are not needed.
contacts-import-rows = The file has more than { NUMBER($limit) } rows. Divide it and import the parts one after the other.
contacts-import-quotes = A quotation mark near line { $line } is opened and not closed as it should be. Mend that line and upload again.
contacts-import-heading-twice = Two columns are called “{ $heading }”. Rename one of them.
contacts-import-no-heading = The file has no column “{ $heading }”.
contacts-import-no-field = There is no field “{ $name }”.
contacts-import-field-twice = Two columns would fill “{ $name }”. Each field takes one.
contacts-import-field-missing = Choose a column for “{ $name }”; nothing can be imported without it.

# -- import: errors of one row
contacts-import-row-too-wide = This row has more cells than there are columns ({ $columns }). Perhaps a cell holds the separator without quotation marks.
contacts-import-nobody = This row has neither code nor e-mail, phone or address, so the person cannot be told from others.
contacts-import-unknown-customer = There is no customer “{ $value }” yet. Import the customers first.
contacts-import-column-row = Row
contacts-import-column-reason = Reason
contacts-import-finished = This file was imported already. To import it again, upload it once more.
