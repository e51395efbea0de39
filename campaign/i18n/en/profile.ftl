# The customer card: five parts, time line, worth, satisfaction, people who died

# -- errors
profile-error-no-source = Say where this comes from: who told us, and how.
profile-error-scale = Choose the scale on which the customer answered.
profile-error-older-answer = There is a newer answer than of this day. Look at the day again.
profile-error-no-reason = Choose the reason that comes closest.
profile-error-owner = This person does not work here any more. Choose somebody else.
profile-error-no-note = The note is empty; write a few words.
profile-error-place = The address of this page is not right. Open the profile and go on from there.
profile-error-deceased-kind = This is for people. For an organisation, record why it stopped buying.
profile-error-deceased-twice = This profile already says that the person died.
profile-error-not-deceased = This profile does not say that the person died.

# -- the five parts
profile-parts = Parts of the customer card
profile-part-basics = Basics
profile-part-characteristics = Characteristics
profile-part-performance = Worth
profile-part-business = State of business
profile-part-satisfaction = Satisfaction and relationship
profile-source = Source
profile-source-hint = Who told us, and how. For example: the customer rang, Mai took it down.
profile-source-of = { $field }: where it comes from and how it changed
profile-age = { $years ->
    [one] { $years } year old
   *[other] { $years } years old
 }
profile-organisation-name = Name
profile-founded-for = { $span } ago
profile-span-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
 }
profile-span-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
 }
profile-span-years = { $years ->
    [one] { $years } year
   *[other] { $years } years
 }
profile-unknown = Not known

# -- characteristics
profile-birthday-year = { $on } { $year }
profile-characteristics-nothing = Nothing yet.
profile-characteristics-none = Nothing yet. Press “Edit” to write down interests, occupation and what matters to this customer.
profile-form-traits-person = What marks this customer
profile-form-traits-organisation = What marks this organisation
profile-trait-marital-status = Marital status
profile-trait-marital-status-hint = Only when they say so themselves.
profile-trait-household-size = People in the household
profile-trait-household-size-hint = For example: 4
profile-trait-education = Education
profile-trait-education-hint = For example: university
profile-trait-income = Income
profile-trait-income-hint = As a range, such as 20–30 million đồng a month
profile-trait-place-of-origin = Place of origin
profile-trait-place-of-origin-hint = For example: Nam Định
profile-trait-interests = Interests
profile-trait-interests-hint = For example: tea ceremony, bonsai
profile-trait-lifestyle = Way of life
profile-trait-lifestyle-hint = For example: vegetarian, early riser, often away
profile-trait-values = What they value
profile-trait-values-hint = For example: handmade things, punctuality
profile-trait-hopes = Hopes
profile-trait-hopes-hint = What they are working towards.
profile-trait-worries = Worries
profile-trait-worries-hint = For example: tea that loses its scent
profile-trait-wishes = Praise, complaints and wishes
profile-trait-wishes-hint = What they praise, what they miss, what they want from us.
profile-trait-sector = Kind of organisation
profile-trait-sector-hint = Company, public body or charity.
profile-trait-trade = What it does
profile-trait-trade-hint = Producer, service, wholesale or retail.
profile-trait-size = Size
profile-trait-size-hint = Small, medium or large; the number of staff if known.
profile-trait-region-served = Region served
profile-trait-region-served-hint = For example: Hà Nội and the north

# -- worth
profile-relationship-length = A customer for { $span }, since the first order on { $day }.
profile-worth-none = No orders yet, so there is nothing to reckon with. The profile has been here since { $day }.
profile-touches = We sent { $emails ->
    [one] { $emails } e-mail
   *[other] { $emails } e-mails
 } and { $letters ->
    [one] { $letters } letter
   *[other] { $letters } letters
 } by post.
profile-in-currency = In { $currency }
profile-revenue = Total revenue
profile-revenue-orders = { $count ->
    [one] { $count } order
   *[other] { $count } orders
 }
profile-revenue-recent = Last 12 months
profile-gross = Gross profit
profile-gross-unknown = { $count ->
    [one] { $count } order has
   *[other] { $count } orders have
 } no cost of goods, and the house has set no margin.
profile-gross-by-cost = By the cost of goods on each order.
profile-gross-by-margin = By the house’s margin of { NUMBER($percent) }%.
profile-gross-by-both = By the cost on the order; for { $count ->
    [one] { $count } order
   *[other] { $count } orders
 } without one, by the house’s margin of { NUMBER($percent) }%.
profile-contact-cost = Cost of contact
profile-contact-cost-of = { $email } an e-mail, { $letter } a letter.
profile-contact-cost-unknown = What an e-mail or a letter costs is not set yet.
profile-contact-cost-elsewhere = Counted under { $currency }; nothing is converted.
profile-net = Net profit
profile-expected = Expected profit
profile-expected-how = How it is reckoned
profile-expected-method = The simple lifetime value of Gupta and Lehmann (2003): net profit of the last 12 months times r / (1 + i − r), where r is the share of customers who stay another year and i the discount rate. It takes profit and both rates as constant, so use it to compare customers with each other.
profile-expected-inputs = Net profit of 12 months: { $yearly }. Staying: { NUMBER($retention) }%. Discount: { NUMBER($discount) }%. Factor: { NUMBER($factor) }.
profile-expected-deceased = The customer has died.
profile-expected-no-recent = Nothing was bought in the last 12 months, so there is nothing to go by.
profile-expected-no-margin = The net profit of the last 12 months is not known.
profile-expected-no-terms = The house has not set how many customers stay, and the discount rate.
profile-years = Sales by year
profile-year-label = { $year }: { $amount }
profile-worth-settings = Change costs, margin and method

# -- state of business
profile-stage = Stage
profile-last-bought = Last bought
profile-ago = { $span } ago
profile-bought-most = Buys most
profile-times = × { $times }
profile-left = Reason for leaving
profile-left-price = Price
profile-left-quality = Quality
profile-left-service = Service
profile-left-competitor = Buys elsewhere
profile-left-no-need = No need any more
profile-left-moved = Moved away
profile-left-closed = Gave up business
profile-left-other = Another reason
profile-left-record = Record why they left
profile-left-edit = Change the reason
profile-left-back = They came back
profile-left-back-done = Recorded: they came back. The old reason stays in the history.
profile-left-title = Why did { $name } stop buying?
profile-left-lede = Write it down so that the house can learn from it. They are written to as before: leaving is no refusal.
profile-left-note = In their words
profile-left-note-hint = As close to what they said as you can.
profile-left-on = Since
profile-left-do = Record the reason
profile-left-done = The reason for leaving is recorded.

# -- satisfaction and relationship
profile-satisfaction = Satisfaction
profile-satisfaction-said = { $score } on a scale of { $low } to { $high }
profile-satisfaction-on = Answered on { $day }.
profile-satisfaction-none = Not asked yet
profile-satisfaction-record = Record satisfaction
profile-satisfaction-title = How content is { $name }?
profile-satisfaction-lede = Enter the mark and the scale as the customer answered; nothing is converted.
profile-satisfaction-scale = Scale
profile-scale = { $low } to { $high }
profile-satisfaction-score = The customer’s mark
profile-satisfaction-asked-on = Answered on
profile-satisfaction-source-hint = For example: card after a purchase, call in March
profile-satisfaction-do = Record the answer
profile-satisfaction-done = Satisfaction is recorded.
profile-level = Relationship level
profile-level-none = Not decided yet
profile-level-hint = Kotler’s five levels; each takes more work than the one before.
profile-level-change = Change the level
profile-level-done = The relationship level is recorded.
profile-level-basic = Basic
profile-level-basic-hint = We sell, and do not ask afterwards.
profile-level-reactive = Reactive
profile-level-reactive-hint = We sell, and are there when the customer calls.
profile-level-accountable = Accountable
profile-level-accountable-hint = We call after the sale: is everything as it should be?
profile-level-proactive = Proactive
profile-level-proactive-hint = We call from time to time with something better.
profile-level-partnership = Partnership
profile-level-partnership-hint = We work with the customer all the time.

# -- the person in charge
profile-charge-since = since { $day }
profile-charge-before = Before
profile-charge-change = Change the person in charge
profile-charge-do = Hand over
profile-charge-done = The customer was handed over.

# -- notes and the time line
profile-note = Note
profile-note-add = Write a note
profile-note-hint = Read by care and administrators only, and never part of a letter. Once written it is neither changed nor deleted.
profile-note-do = Write it down
profile-note-done = The note was added.
profile-timeline-title = To and fro with { $name }
profile-topics = Show only
profile-topic-all = Everything
profile-topic-sent = Sent
profile-topic-answers = Responses
profile-topic-orders = Orders
profile-topic-rights = Consent, holds
profile-topic-notes = Notes
profile-topic-facts = Changes
profile-topic-none = Nothing of this kind yet.
profile-pages = Pages
profile-older = Older
profile-newest = Back to the newest
profile-what-received = What exactly did they receive?
profile-no-subject = (no subject)
profile-opens-deleted = Opens and clicks of before { $day } were deleted, for the days of keeping them were over.

# -- people who died
profile-deceased-link = Record that the customer has died
profile-deceased-title = Record that { $name } has died
profile-deceased-lede = We are sorry. Once it is recorded, the following holds at once.
profile-deceased-follows-mail = Nothing is sent any more, not even what is signed and waiting, and no answers either.
profile-deceased-follows-greeting = No birthday or holiday greetings; the name leaves the care plan.
profile-deceased-follows-kept = Profile, orders and everything to and fro are kept.
profile-deceased-printing = { $count ->
    [one] { $count } letter is
   *[other] { $count } letters are
 } at the printer’s. Take them out of the pile before it is posted.
profile-deceased-on = Died on
profile-deceased-on-hint = Leave it empty when it is not known.
profile-deceased-source-hint = For example: the daughter rang
profile-deceased-kin = Who may be family
profile-deceased-kin-hint = Same e-mail, telephone or postal address. Those chosen get no mail for { $days } days, so that no letter reaches the family by mistake while they mourn.
profile-deceased-kin-none = Nobody else has the same e-mail, telephone or address.
profile-deceased-do = Record the death
profile-deceased-done = Recorded. Nothing is sent to this customer any more{ $kin ->
     [0] {"."}
     [one] ; { $kin } relative gets no mail for a while.
    *[other] ; { $kin } relatives get no mail for a while.
 }
profile-deceased-was = This customer has died
profile-deceased-was-on = This customer died on { $day }
profile-deceased-mistake = A mistake?
profile-deceased-mistake-reason = How we know that it is one
profile-deceased-mistake-hint = For example: somebody of the same name; the customer just rang
profile-deceased-mistake-do = The customer is alive
profile-deceased-mistake-done = Put right: the customer is alive. Holds of relatives stay until they are lifted.

# -- the administrator's setting
profile-terms-title = Worth of customers
profile-terms-lede = Costs, profit and expected profit on the customer card are reckoned with these numbers. An empty field means “not known”: nothing is guessed.
profile-terms-costs = Cost of contact
profile-terms-costs-hint = In đồng, with paper, printing and postage. The exam of segments uses the same two numbers.
profile-terms-email-cost = An e-mail
profile-terms-letter-cost = A letter by post
profile-terms-margin = Profit
profile-terms-margin-percent = Gross margin (%)
profile-terms-margin-percent-hint = For orders that bear no cost of goods.
profile-terms-future = Expected profit
profile-terms-future-hint = Net profit of 12 months × r / (1 + i − r), after Gupta and Lehmann (2003).
profile-terms-retention-percent = r: customers who stay another year (%)
profile-terms-measured = By your own orders: of { NUMBER($bought) } who bought in the year before last, { NUMBER($again) } bought again in the last one ({ NUMBER($percent) }%).
profile-terms-measured-none = There are not two years of orders yet to measure it.
profile-terms-discount-percent = i: discount rate a year (%)
profile-terms-discount-percent-hint = Often what the house pays for a loan.
profile-terms-wrong = Enter a number from { NUMBER($least) } to { NUMBER($most) }, or leave it empty.
profile-terms-forever = With 100% staying and no discount there is no number. Lower the share or set a discount above 0.
profile-terms-newest = Last changed by { $name }, { $when }.
