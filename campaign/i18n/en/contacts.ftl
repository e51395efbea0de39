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
contacts-import-binary = This is neither a CSV file nor an XLSX workbook. In Excel choose “Save as… CSV UTF-8” and upload that.
contacts-import-encoding = The letters of line { $line } cannot be read. Save the file as “CSV UTF-8” and upload it again.
contacts-import-long-line = Line { $line } is longer than { $limit } characters, which is no row of a table. Look at the file again.
contacts-import-columns = Line { $line } has more than { $limit } columns. Remove those that are not needed.
contacts-import-rows = The file has more than { NUMBER($limit) } rows. Divide it and import the parts one after the other.
contacts-import-quotes = A quotation mark near line { $line } is opened and not closed as it should be. Mend that line and upload again.
contacts-import-no-encoding = There is no encoding “{ $name }”.
contacts-import-workbook = This workbook or ZIP cannot be read: it is damaged, locked with a password, or not an XLSX file. A packed file should be a plain ZIP of CSV files. Open it in a spreadsheet program, save it as XLSX or “CSV UTF-8” and upload that.
contacts-import-unpacked = The workbook unpacks to far more than it seems to hold (the limit is { $megabytes } MB). Copy the rows into a new workbook, or save the sheet as “CSV UTF-8”.
contacts-import-long-cell = A cell of line { $line } is longer than { NUMBER($limit) } characters, which is no cell of a table. Look at the file again.
contacts-import-no-heading = The file has no column “{ $heading }”.
contacts-import-no-field = There is no field “{ $name }”.
contacts-import-field-twice = Two columns would fill “{ $name }”. Each field takes one.
contacts-import-field-missing = Choose a column for “{ $name }”; nothing can be imported without it.

# -- import: errors of one row
contacts-import-row-too-wide = This row has more cells than there are columns ({ $columns }). Perhaps a cell holds the separator without quotation marks.
contacts-import-nobody = This row has neither code nor e-mail, phone or address, so the person cannot be told from others.
contacts-import-unknown-customer = There is no customer “{ $value }” yet. Import the customers first.
contacts-import-several-customers = Several customers have “{ $value }”, so it is not known whose order this is. Add a column with the customer code.
contacts-import-column-row = Row
contacts-import-column-reason = Reason
contacts-import-finished = This file was imported already. To import it again, upload it once more.

# the list
contacts-title = Customers
contacts-lede = Everybody the house knows, people and organisations, in one place.
contacts-new = Add a customer
contacts-import = Import a file
contacts-search = Name, code, e-mail or phone
contacts-place = Place
contacts-none = There is nobody here yet
contacts-none-text = Bring in the list you have from Excel, or add people one by one.
contacts-none-example = In Excel choose “Save as… CSV UTF-8”; the first row names the columns.
contacts-none-found = Nobody was found
contacts-none-found-text = Try fewer letters or fewer filters. Marks may be left out.
contacts-show-all = Show all

# what profiles hold
contacts-field-kind = Kind
contacts-field-code = Customer code
contacts-field-full-name = Full name
contacts-field-given-name = Given name
contacts-field-form-of-address = Form of address
contacts-field-email = E-mail
contacts-field-phone = Phone
contacts-field-street = House and street
contacts-field-ward = Ward
contacts-field-district = District
contacts-field-province = Province or city
contacts-field-postal-code = Postal code
contacts-field-country = Country
contacts-field-language = Language
contacts-field-time-zone = Time zone
contacts-field-birth-day = Day
contacts-field-birth-month = Month
contacts-field-birth-year = Year
contacts-field-birth-calendar = In which calendar
contacts-field-birthday = Birthday
contacts-field-founded-on = Founded on
contacts-field-sex = Sex
contacts-field-occupation = Occupation
contacts-field-position = Position
contacts-field-organisation = Organisation
contacts-field-organisation-id = Organisation
contacts-field-owner-id = Person in charge
contacts-field-line-of-business = Line of business
contacts-field-legal-representative = Legal representative
contacts-field-relationship-level = Relationship level
contacts-field-leaving-reason = Reason for leaving
contacts-field-leaving-note = Reason for leaving, in their words
contacts-field-left-on = Stopped buying on
contacts-field-satisfaction = Satisfaction
contacts-field-satisfaction-on = Satisfaction asked on
contacts-field-deceased-at = Deceased, known since
contacts-field-died-on = Died on
contacts-field-cost = Cost of goods
contacts-field-tags = Tags
contacts-field-first-name = First name
contacts-field-last-name = Last name
contacts-field-status = Status in a mailing system
contacts-field-unsubscribed-at = Unsubscribed on
contacts-field-cleaned-at = Address dead since
contacts-error-status = “{ $value }” is no status we know (subscribed, unsubscribed, cleaned, enabled, disabled, blocklisted …). Correct it, or leave the column out if it is about something else.
contacts-field-agreed-at = Agreed on
contacts-field-agreed-from = Agreed from (network address)
contacts-field-confirmed-at = Confirmed on
contacts-field-confirmed-from = Confirmed from (network address)
contacts-field-agreed = Agreed to receive mail
contacts-field-note = Note
contacts-field-customer-code = Customer code
contacts-field-customer-email = Customer’s e-mail
contacts-field-customer-phone = Customer’s phone
contacts-field-number = Order number
contacts-field-ordered-on = Order date
contacts-field-amount = Amount
contacts-field-currency = Currency
contacts-field-product = Product
contacts-field-channel = Channel of sale
contacts-kind-person = Person
contacts-kind-organisation = Organisation
contacts-language-vi = Vietnamese
contacts-language-en = English
contacts-language-zh = Chinese
contacts-solar = Solar
contacts-lunar-choice = Lunar

# one profile
contacts-edit = Edit
contacts-who = Profile
contacts-postal-address = Postal address
contacts-birthday = Birthday
contacts-day-month = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
    }
contacts-day-month-lunar = day { $day } of lunar month { $month }
contacts-owner = Person in charge
contacts-history-link = See how the profile changed
contacts-people = Contact persons
contacts-people-none = There is none yet; an organisation is written to through its contact persons.
contacts-people-add = Add a contact person
contacts-orders = Orders
contacts-orders-none = No orders yet.
contacts-orders-sentence = { $count ->
     [one] One order
    *[other] { $count } orders
 }, { $total } in all; the last one on { $last }.
contacts-orders-all = Show all { $count } orders
contacts-order-day = Date
contacts-order-number = Number
contacts-order-product = Product
contacts-order-channel = Channel
contacts-order-amount = Amount
contacts-timeline = Between us
contacts-timeline-none = Nothing was sent or received yet.
contacts-happened-sent = Sent “{ $title }” ({ $channel })
contacts-happened-in-print = “{ $title }” is being printed
contacts-happened-unknown = It is not known whether “{ $title }” left ({ $channel })
contacts-happened-rejected = “{ $title }” could not be sent ({ $channel })
contacts-happened-opened = Opened “{ $title }”{ $times ->
     [one] {""}
    *[other] , { $times } times
 }
contacts-happened-clicked = Clicked in “{ $title }”{ $times ->
     [one] {""}
    *[other] , { $times } times
 }
contacts-happened-replied = Replied: { $title }
contacts-happened-bounced = “{ $title }” bounced
contacts-happened-complained = Reported “{ $title }” as spam
contacts-happened-unsubscribed = Unsubscribed, by “{ $title }”
contacts-happened-returned = The letter “{ $title }” came back
contacts-happened-consent-granted = Agreed to receive mail ({ $channel })
contacts-happened-consent-withdrawn = Wants no more mail ({ $channel })
contacts-happened-held = Writing was put on hold
contacts-happened-opened-by-machine = A machine (not a person) opened “{ $title }”{ $times ->
     [one] {""}
    *[other] , { $times } times
 }
contacts-happened-clicked-by-machine = A machine (not a person) tried a link in “{ $title }”{ $times ->
     [one] {""}
    *[other] , { $times } times
 }
contacts-happened-ordered = Bought { $title }: { $amount }
contacts-happened-refunded = Refund for { $title }: { $amount }
contacts-happened-consent-retracted = Consent from an import was taken back ({ $channel })
contacts-happened-hold-ended = May be written to again
contacts-happened-noted = Note
contacts-happened-changed = { $times ->
    [1] Profile changed: { $title }
   *[other] { $times } facts of the profile written
 }

# what we may write
contacts-rights = What we may write
contacts-rights-organisation = An organisation is written to through its contact persons; look at their profiles.
contacts-rights-no-sender = There is no sender yet; an administrator has to make one first.
contacts-right-email-marketing = Marketing e-mail
contacts-right-email-greeting = Greetings by e-mail
contacts-right-letter-marketing = Marketing letters
contacts-right-letter-greeting = Greeting letters
contacts-right-yes = allowed
contacts-right-granted = Agreed on { $day } · { $source }
contacts-right-withdrawn = Refused on { $day } · { $source }
contacts-against-no-address = no address
contacts-against-suppressed = address blocked
contacts-against-held = on hold
contacts-against-deceased = has died
contacts-against-no-consent = no consent
contacts-consent-record = Record consent
contacts-consent-withdraw = Record a refusal
contacts-consent-title = { $name } agrees to receive mail
contacts-consent-lede = Write down what the customer read and agreed to. The ledger is only added to, never changed.
contacts-withdraw-title = { $name } wants no more mail
contacts-withdraw-lede = It holds at once; what waits to be sent stops, too.
contacts-consent-do = Record consent
contacts-withdraw-do = Record the refusal
contacts-consent-granted = The consent is recorded.
contacts-consent-withdrawn = The refusal is recorded; nothing is sent from now on.
contacts-consent-source = recorded by { $name }
contacts-consent-date = Date of the consent
contacts-sender = Sender
contacts-channels = By which way
contacts-purposes = To receive what
contacts-purpose-marketing = Marketing
contacts-purpose-greeting = Greetings
contacts-wording = The sentence of consent
contacts-wording-hint = Word for word, as people read or hear it.
contacts-content-kind = Content
contacts-content-kind-hint = Such as new teas, offers
contacts-frequency = How often
contacts-frequency-hint = Such as at most twice a month
contacts-method = How they said it
contacts-method-paper = On paper
contacts-method-phone = By phone
contacts-method-in-person = In person
contacts-method-form = Web form
contacts-method-email = E-mail
contacts-method-letter = Letter
contacts-held-complaint = A complaint is open: on hold
contacts-held-bereavement = A bereavement: on hold
contacts-held-pause = The customer asked for a rest
contacts-held-until = Until { $day }.
contacts-held-open = Until somebody lifts it.
contacts-hold-lift = Lift the hold
contacts-hold-lifted = The hold is lifted.
contacts-hold-placed = Writing is on hold.
contacts-pause = Put writing on hold
contacts-hold-reason = Why
contacts-hold-pause = Asked for a rest
contacts-hold-complaint = Open complaint
contacts-hold-bereavement = Bereavement
contacts-hold-until = Until
contacts-hold-until-hint = Leave empty when it is not known.
contacts-hold-do = Put on hold
contacts-suppress = Block an address for good
contacts-suppress-text = When the customer asks never to be written to again. No import undoes it.
contacts-suppress-email = Block the e-mail address
contacts-suppress-letter = Block letters
contacts-suppressed = The address is blocked.
contacts-suppressed-title-email = Never write by e-mail
contacts-suppressed-title-letter = Never write by letter
contacts-suppressed-unsubscribed = Unsubscribed on { $day }.
contacts-suppressed-bounced = The mailbox does not exist, known since { $day }.
contacts-suppressed-complained = Reported as spam on { $day }.
contacts-suppressed-returned = A letter came back on { $day }.
contacts-suppressed-requested = Asked for on { $day }.
contacts-suppressed-also-dead = The address is known to be dead as well, so not even answers go there.
contacts-suppression-lift = Unblock
contacts-suppression-lifted = Unblocked; the reason is in the log.
contacts-suppression-reason = Why it may be unblocked
contacts-suppression-reason-hint = Such as: called on 9 March and asked to receive mail again.
contacts-error-no-wording = Write down the sentence they agreed to.
contacts-error-no-sender = Choose a sender.
contacts-error-no-channel = Choose e-mail or letter, or both.
contacts-error-no-purpose = Choose at least one purpose.
contacts-error-no-reason = Give the reason for unblocking.
contacts-error-no-collected-by = Say who collected the consent.
contacts-error-future = This day is still to come.
contacts-error-past = This day is over; choose one to come.

# history
contacts-history-title = How the profile of { $name } changed
contacts-history-lede = Each change with its date, source and person.
contacts-ledger = Consent ledger
contacts-ledger-none = Nothing was asked or recorded yet.
contacts-action-granted = Agreed
contacts-action-withdrawn = Refused
contacts-changes = Changes of the profile
contacts-when = When
contacts-what = What
contacts-fact = Field
contacts-old = Before
contacts-new-value = After
contacts-source = Source
contacts-source-form = Changed here

# the form
contacts-new-title = Add a customer
contacts-edit-title = Edit { $name }
contacts-form-lede = Only the name is needed; leave empty what you do not know.
contacts-form-refused = Not saved yet
contacts-form-name = Name
contacts-form-reach = How to reach them
contacts-form-work = Work
contacts-form-house = For the house
contacts-form-of-address-hint = As they wish to be addressed; never guessed.
contacts-given-name-hint = Left empty, it is the last word of a Vietnamese name.
contacts-code-hint = Left empty, one is made.
contacts-street-hint = Such as 12 phố Hàng Bạc
contacts-district-hint = For older addresses only.
contacts-country-hint = Its name or two letters, such as VN.
contacts-birthday-hint = As far as it is known: day and month alone will do.
contacts-for-organisations = For organisations.
contacts-no-owner = Nobody yet
contacts-tags-hint = Divided by commas.
contacts-created = { $name } is added.
contacts-changed = { $fields ->
     [0] Nothing changed.
     [one] One change saved.
    *[other] { $fields } changes saved.
 }

# own fields
contacts-fields-title = Fields of your own
contacts-fields-lede = What else you remember of customers, for use in messages and segments.
contacts-fields-none = No fields of your own yet
contacts-fields-none-text = Such as interests, favourite tea, size of the company.
contacts-fields-add = Add a field
contacts-fields-add-do = Add
contacts-field-label = Label
contacts-field-label-hint = Such as Interests
contacts-field-key = Name in copy
contacts-field-key-hint = Lower-case letters; left empty, it is made of the label.
contacts-field-in-copy = In copy
contacts-field-added = The field “{ $label }” is added.

# import
contacts-imports-title = Imported files
contacts-imports-lede = Which file, when, and what came of it.
contacts-imports-none = No file was imported yet
contacts-imports-none-text = A list in Excel can be uploaded as it is.
contacts-import-title = Import a file
contacts-import-lede = The same file twice adds nobody, and nobody who said no is written to again.
contacts-import-steps = Steps of the import
contacts-import-step-upload = File
contacts-import-step-mapping = Columns
contacts-import-step-preview = Preview
contacts-import-step-result = Result
contacts-import-kind = What is in it
contacts-import-kind-contacts = Contacts
contacts-import-kind-contacts-hint = Each row is a person or an organisation.
contacts-import-kind-orders = Orders
contacts-import-kind-orders-hint = Each row is an order of somebody already known.
contacts-import-file = File
contacts-import-file-hint = CSV, TSV, XLSX, or a ZIP of CSV files as Mailchimp delivers it, of at most { $megabytes } MB. Encoding and separator are detected.
contacts-import-upload = Upload
contacts-import-no-file = Choose a file.
contacts-import-state = State
contacts-import-state-uploaded = waiting for columns
contacts-import-state-checking = being checked
contacts-import-state-checked = checked, not imported
contacts-import-state-running = being imported
contacts-import-state-undoing = being taken back
contacts-import-state-undone = taken back
contacts-import-state-finished = imported
contacts-count-created = New
contacts-count-changed = Changed
contacts-count-refused = Refused
contacts-mapping-title = What the columns mean
contacts-mapping-lede = { $file } has { NUMBER($rows) } rows. Check what each column means.
contacts-encoding = Encoding of the letters
contacts-encoding-hint = Detected from the file. Choose another if the values below cannot be read; old Vietnamese programs often write TCVN3 or VNI.
contacts-encoding-utf-8 = UTF-8
contacts-encoding-utf-16 = UTF-16
contacts-encoding-utf-16-le = UTF-16, little end first, without mark
contacts-encoding-utf-16-be = UTF-16, big end first, without mark
contacts-encoding-windows-1258 = Windows-1258 (Vietnamese)
contacts-encoding-gb18030 = GB 18030 (Chinese)
contacts-encoding-tcvn3 = TCVN3 (fonts .VnTime, .VnArial …)
contacts-encoding-vni = VNI (fonts VNI-Times …)
contacts-column = Column
contacts-column-nameless = Column { $letter }
contacts-column-left = – leave out –
contacts-samples = First values
contacts-means = Means
contacts-import-source = Where the file comes from
contacts-import-source-hint = Kept with each fact, such as: tea fair in March.
contacts-import-consent = Consent
contacts-import-consent-question = Have the people in the file agreed to receive e-mail?
contacts-import-consent-no = No, or it is not certain
contacts-import-consent-no-hint = They are kept, but get no marketing e-mail.
contacts-import-consent-yes = Yes, and it can be shown
contacts-import-consent-yes-hint = Anyone who ever refused stays silent all the same.
contacts-collected-by = Who collected it
contacts-collected-by-hint = A person or a place.
contacts-collected-on = When
contacts-collected-on-hint = For rows without a time of their own.
contacts-import-to-preview = See what would happen
contacts-preview-title = Look before it is kept
contacts-preview-lede = This is what would become of { $file }. Nothing is kept yet.
contacts-preview-first = The first rows
contacts-preview-rule-file = For people we already have, what the file says replaces what was there.
contacts-preview-rule-fill = For people we already have, the file only adds what is missing.
contacts-preview-rule-keep = People we know stay as they are.
contacts-becomes = Becomes
contacts-becomes-created = new
contacts-becomes-changed = changed
contacts-becomes-merged = merged with a row before
contacts-becomes-unchanged = as it was
contacts-becomes-refused = refused
contacts-preview-consent = With consent, collected by { $name }
contacts-preview-no-consent = Without consent
contacts-preview-no-consent-text = New people are kept but get no marketing e-mail.
contacts-import-do = { $rows ->
    [one] Import one row
   *[other] Import { NUMBER($rows) } rows
}
contacts-import-back = Change the columns
contacts-result-title = { $file } is imported
contacts-result-lede = Uploaded at { $day }
contacts-result-to-list = To the customers
contacts-result-sentence = { $rows ->
    [one] One row
   *[other] { NUMBER($rows) } rows
}: { $what }.
contacts-result-part-created = { NUMBER($count) } new
contacts-result-part-changed = { NUMBER($count) } changed
contacts-result-part-merged = { NUMBER($count) } merged
contacts-result-part-unchanged = { NUMBER($count) } unchanged
contacts-result-part-refused = { NUMBER($count) } refused
contacts-result-merged = { $count ->
     [one] One row is about somebody of an earlier row and only adds
    *[other] { NUMBER($count) } rows are about somebody of an earlier row and only add
 } what was missing there.
contacts-result-suppressed = { $count ->
     [one] One address is
    *[other] { NUMBER($count) } addresses are
 } never written to again, as the file says.
contacts-preview-consents = { $count ->
    [one] One consent
   *[other] { NUMBER($count) } consents
} will be written into the ledger.
contacts-result-consents = { $count ->
     [one] One consent was
    *[other] { NUMBER($count) } consents were
 } recorded.
contacts-result-silent = { $count ->
     [one] One person who said no stays
    *[other] { NUMBER($count) } people who said no stay
 } silent.
contacts-result-refused = { $count ->
     [one] One row was
    *[other] { NUMBER($count) } rows were
 } refused
contacts-result-refused-text = Download them, mend each row as its reason says and import that file.
contacts-result-download = Download the refused rows
contacts-result-cells = The row

contacts-fact-birth-day = Birthday: day
contacts-fact-birth-month = Birthday: month
contacts-fact-birth-year = Birthday: year
contacts-source-import = Import { $number }: { $name }

# import: decisions, work, undo
contacts-rule = People whom you have already
contacts-rule-file = The file replaces
contacts-rule-file-hint = What a cell says replaces what was there; empty cells say nothing.
contacts-rule-fill = The file fills gaps
contacts-rule-fill-hint = Only what is still missing is added.
contacts-rule-keep = They stay as they are
contacts-rule-keep-hint = Only new people are added.
contacts-rule-same = Two rows are about one person when the code is the same, or else the e-mail address, or else the name together with phone or address. The first row about a person counts; later ones only add what is missing. People with different e-mail addresses are never merged.
contacts-collected-how = How
contacts-working-checking = Looking what would happen
contacts-working-running = Importing
contacts-working-undoing = Taking the import back
contacts-working-lede = { $file }. You may leave this page; the work goes on.
contacts-working-look = Look again
contacts-working-rows-checking = { NUMBER($done) } of { NUMBER($rows) } rows looked at
contacts-working-rows-running = { NUMBER($done) } of { NUMBER($rows) } rows imported
contacts-working-rows-undoing = { NUMBER($done) } looked at
contacts-undo-title = Take the import back
contacts-undo-text = People it brought in go, unless somebody has dealt with them since; changed facts get their former value back; the consents of this file are retracted. Whoever refused since stays silent, and addresses never to write to stay so.
contacts-undo-text-orders = Orders it brought in go, orders it changed become what they were. An order that was changed since, by hand or by another file, stays as it is.
contacts-undo-do = Take it back
contacts-undone-title = { $file } is taken back
contacts-undone-sentence-orders = { $removed ->
    [one] One order
   *[other] { NUMBER($removed) } orders
} removed, { NUMBER($restored) } put back as they were.
contacts-undone-kept-orders = { $count ->
    [one] One order stays, for it was changed since.
   *[other] { NUMBER($count) } orders stay, for they were changed since.
}
contacts-undone-sentence = { $removed ->
    [one] One person
   *[other] { NUMBER($removed) } people
} removed, { NUMBER($restored) } put back as they were.
contacts-undone-kept = { $count ->
     [one] One person stays, for somebody has
    *[other] { NUMBER($count) } people stay, for somebody has
 } dealt with them or changed them since.
contacts-undone-retracted = { $count ->
     [one] One consent was
    *[other] { NUMBER($count) } consents were
 } retracted: they cannot be written to on its account.
contacts-undone-stays = Addresses never to write to, and refusals, stay as they are.
contacts-action-retracted = Retracted with its import
contacts-right-retracted = An import’s consent was retracted · { $source }
contacts-import-no-undo-orders = The orders of this file came in before it was noted what an undo needs. Mend the file and import it again: the same order numbers are corrected.
contacts-erase-link = Erase this person’s data
contacts-erase-link-organisation = Erase this organisation’s data
contacts-erase-title = Erase everything about { $name }?
contacts-erase-text = Name, addresses, birthday, notes, tags and all earlier values go, and so do the frozen values of every message, the words of every reply and the rows that imports refused. Files that brought the person are deleted within a day; one that was uploaded and never taken in is not searched and goes by the rule for uploads. What waits is not sent any more. Of the messages that were sent only their hashes are left. The customer code, orders, consents and all counts stay. There is no way back.
contacts-erase-reason = Reason
contacts-erase-reason-hint = How the person asked, and when. It stands in the audit log: write no name and no address.
contacts-erase-do = Erase for good
contacts-erase-done = The person was erased.
contacts-erase-error-reason = Give the reason: how the person asked, and when.
contacts-result-stopped = The import stopped after { NUMBER($done) } rows. Take it back, mend the file and import it again.
