# Segments

segments-error-rule = The condition is wrong at “{ $name }”. Look at that condition again.
segments-error-too-large = This segment is too large: at most { $nodes } conditions, nested { $depth } deep.
segments-error-bound-too-large = This segment and those it asks are too large together: at most { $nodes } conditions. Leave one of them out.
segments-error-gone = Segment number { $number } is gone. Remove this condition or choose another segment.
segments-error-cycle = A segment cannot ask itself: { $road }. Remove the condition on a segment in one of them.
segments-error-asked-by = { $segments ->
    [one] Another segment asks this one: { $names }. Remove the condition there first.
   *[other] { $segments } other segments ask this one: { $names }. Remove the conditions there first.
 }

# -- one sentence that says who is in the segment
segments-say-sentence = Customers who { $what }.
segments-say-everybody = are in the book at all
segments-say-nobody = do not exist
segments-say-not = are not among those who { $what }
segments-say-contact-person-of = are contact persons of an organisation that meets: { $what }
segments-say-join-and = { $first } and { $last }
segments-say-join-or = { $first } or { $last }
segments-say-quoted = “{ $value }”
segments-say-is = have { $values } as { $field }
segments-say-is-not = do not have { $values } as { $field }
segments-say-contains = have { $values } in their { $field }
segments-say-empty = have no { $field }
segments-say-filled = have a { $field }
segments-say-at-least = have a { $field } of { $values } or more
segments-say-at-most = have a { $field } of at most { $values }
segments-say-tag = bear the tag “{ $tag }”
segments-say-birthday = { $days ->
    [0] have their birthday today
    [one] have their birthday today or tomorrow
   *[other] have their birthday within { $days } days
 }
segments-say-reachable-email-marketing = can get marketing e-mail from { $sender }
segments-say-reachable-email-greeting = can get greetings by e-mail from { $sender }
segments-say-reachable-letter-marketing = can get marketing letters from { $sender }
segments-say-reachable-letter-greeting = can get greeting letters from { $sender }
segments-say-orders-none = have bought nothing
segments-say-orders-count-at-least = have placed at least { NUMBER($value) } { $value ->
    [one] order
   *[other] orders
 }
segments-say-orders-count-at-most = have placed at most { NUMBER($value) } { $value ->
    [one] order
   *[other] orders
 }
segments-say-orders-sum-at-least = have bought for { $value } or more
segments-say-orders-sum-at-most = have bought for at most { $value }
segments-say-orders-product = of products named like “{ $value }”
segments-say-orders-channel = through “{ $value }”

# -- what conditions can be about
segments-field-kind = kind of profile
segments-field-name = name
segments-field-code = customer code
segments-field-province = province or city
segments-field-ward = ward
segments-field-district = district
segments-field-country = country (two letters)
segments-field-language = language
segments-field-form-of-address = form of address
segments-field-sex = sex
segments-field-occupation = occupation
segments-field-position = position
segments-field-line-of-business = line of business
segments-field-satisfaction = satisfaction (0–100)
segments-field-relationship-level = relationship level
segments-field-leaving-reason = reason for leaving
segments-choice-relationship-level-basic = basic
segments-choice-relationship-level-reactive = reactive
segments-choice-relationship-level-accountable = accountable
segments-choice-relationship-level-proactive = proactive
segments-choice-relationship-level-partnership = partnership
segments-choice-leaving-reason-price = price
segments-choice-leaving-reason-quality = quality
segments-choice-leaving-reason-service = service
segments-choice-leaving-reason-competitor = buys elsewhere
segments-choice-leaving-reason-no-need = no need any more
segments-choice-leaving-reason-moved = moved away
segments-choice-leaving-reason-closed = gave up business
segments-choice-leaving-reason-other = another reason
segments-field-email = e-mail address
segments-field-phone = phone number
segments-field-birth-year = year of birth
segments-field-birth-month = month of birth
segments-field-birth-calendar = birthday calendar
segments-field-owner = person in charge
segments-field-address = address for letters
segments-field-street = street and number
segments-field-postal-code = postal code
segments-field-time-zone = time zone
segments-field-birth-day = day of birth (of the month)
segments-field-legal-representative = legal representative
segments-field-note = note
segments-field-organisation = organisation (contact person of)
segments-field-given-name = given name
segments-field-leaving-note = more about why they left
segments-field-trait-marital-status = marital status
segments-field-trait-household-size = number of people in the household
segments-field-trait-education = education
segments-field-trait-income = income
segments-field-trait-place-of-origin = place of origin
segments-field-trait-interests = interests
segments-field-trait-lifestyle = way of life
segments-field-trait-values = values (what they hold dear)
segments-field-trait-hopes = hopes
segments-field-trait-worries = worries
segments-field-trait-wishes = praise, complaints and wishes
segments-field-trait-sector = kind of organisation
segments-field-trait-trade = what the organisation does
segments-field-trait-size = size of the organisation
segments-field-trait-region-served = region served
segments-choice-kind-person = person
segments-choice-kind-organisation = organisation
segments-choice-language-vi = Vietnamese
segments-choice-language-en = English
segments-choice-language-zh = Chinese
segments-choice-birth-calendar-solar = solar
segments-choice-birth-calendar-lunar = lunar

# -- saving
segments-error-no-name = Give the segment a name.
segments-error-long = Too long: at most { $limit } characters.
segments-error-name-taken = There is a segment “{ $name }” already. Choose another name.
segments-error-used = { $campaigns ->
    [one] One campaign uses
   *[other] { $campaigns } campaigns use
 } this segment, so it cannot be removed.

# pages
segments-title = Segments
segments-lede = Whom to write to. A segment is a question, so it always fits today’s contacts.
segments-new = New segment
segments-none = No segments yet
segments-none-text = A segment says who gets a message: where they live, what they bought, when their birthday is.
segments-none-example = Such as: customers in Hà Nội with at least two orders in the last 90 days.
segments-new-title = New segment
segments-edit-title = Edit { $name }
segments-edit-lede = Add conditions; how many people they give, and some of them, follow at once.
segments-edit = Edit
segments-save = Save the segment
segments-saved = The segment “{ $name }” is saved.
segments-name = Name
segments-name-hint = Such as: Regulars in Hà Nội
segments-description = What for
segments-description-hint = For whoever comes after you.
segments-who = Who is in it
segments-people = { $count ->
     [one] person
    *[other] people
 }
segments-reach-email = can get e-mail
segments-reach-letter = can get letters
segments-reach-both = can get both
segments-by-email = e-mail
segments-by-letter = letter
segments-organisations = { $count ->
     [one] One organisation fits
    *[other] { NUMBER($count) } organisations fit
 } as well; they are written to through their contact persons: add a condition for those.
segments-nobody-reachable = Nobody of them can be written to yet. Look at addresses and consent in their profiles.
segments-no-sender = There is no sender yet, so it cannot be said who can be reached.
segments-deleted = Opens and clicks are kept since { $day } only: who opened or clicked before is not found any more.
segments-sample = Some of them
segments-counted-for = Counted for
segments-count-again = Count again
segments-used-by = Campaigns that use it
segments-unused = None yet.
segments-made-by = Made by { $name }; last changed on { $day }.
segments-remove = Remove the segment
segments-remove-question = Remove the segment “{ $name }”?
segments-remove-text = Only the question goes; no customer does. What was sent keeps its recipients.
segments-removed = The segment “{ $name }” is removed.

# the editor
segments-customers-that = Customers that meet
segments-organisation-that = Contact persons of an organisation that meets
segments-all-of = all of these
segments-any-of = at least one of these
segments-group = Group of conditions
segments-group-empty = No conditions: everybody. Add a first one.
segments-about = About
segments-compare = Compare
segments-value = Value
segments-values = Values (divided by ;)
segments-tag = Tag
segments-birthday-days = Within days
segments-orders-count = Orders
segments-orders-sum = Amount (đồng)
segments-orders-days = In the last days
segments-orders-product = Product contains
segments-orders-channel = Channel of sale
segments-channel = Channel
segments-purpose = Purpose
segments-sender = Sender
segments-purpose-marketing = marketing
segments-purpose-greeting = greetings
segments-not = not so
segments-add = Add a condition
segments-add-group = Add a group
segments-add-organisation = By their organisation
segments-remove-condition = Remove this condition
segments-remove-group = Remove this group
segments-condition-unfinished = This condition is not complete, or its value will not do.
segments-unfinished = { $count ->
     [one] One condition is not complete yet.
    *[other] { $count } conditions are not complete yet.
 }
segments-unfinished-hint = The count appears once it is.
segments-error-unfinished = { $conditions ->
     [one] Not saved: one condition is not complete.
    *[other] Not saved: { $conditions } conditions are not complete.
 }
segments-about-profile = Profile
segments-about-traits-person = What marks a customer
segments-about-traits-organisation = What marks an organisation
segments-about-care = Care
segments-about-orders = Orders
segments-about-own = Fields of your own
segments-what-tag = bears a tag
segments-what-birthday = birthday soon
segments-what-reachable = can be written to
segments-what-orders-count = number of orders
segments-what-orders-sum = amount bought
segments-op-is = is
segments-op-is-not = is not
segments-op-contains = contains
segments-op-empty = is empty
segments-op-filled = is filled
segments-op-at-least = at least
segments-op-at-most = at most

# RFM scores of a file of orders
segments-rfm-empty = The file is empty. Its first row must name the columns: { $columns }.
segments-rfm-columns = Missing, or there twice: { $missing }. The first row must name the columns: { $columns }.
segments-rfm-short = there are only { $cells } cells, and { $expected } are needed. Fill them in, or delete the row.
segments-rfm-nobody = customer_id is empty. Fill in the customer, or delete the row.
segments-rfm-encoding = the text is not UTF-8. Save the file again as “CSV UTF-8”.
segments-rfm-quotes = a quotation mark is opened and not closed, or a cell is longer than 131,072 characters. Mend the quotation marks in this row.

# -- a customer's value: RFM scores, group, tier, stage
segments-say-score = have { $letter } score { $low }
segments-say-scores = have an { $letter } score from { $low } to { $high }
segments-say-rfm-any = have ordered
segments-say-rfm-group = are in the RFM group “{ $group }”
segments-say-in-currency = { $what } (by orders in { $currency })
segments-say-tier-a = are in tier A (who buy most and make 80% of sales)
segments-say-tier-b = are in tier B (the next ones, from 80% to 95% of sales)
segments-say-tier-c = are in tier C (all others who have ordered)
segments-say-stage-prospect = have never bought
segments-say-stage-new = are new customers (first order within 90 days)
segments-say-stage-current = are current customers (an order within 180 days, the first over 90 days ago)
segments-say-stage-lapsing = are about to lapse (last order 181 to 365 days ago)
segments-say-stage-lapsed = have lapsed (last order 366 to 730 days ago)
segments-say-stage-former = are former customers (last order over 730 days ago)
segments-group-champions = champions
segments-group-loyal = loyal
segments-group-promising = promising
segments-group-new = new
segments-group-cannot-lose = cannot lose
segments-group-at-risk = at risk
segments-group-hibernating = hibernating
segments-group-lost = lost
segments-tier-a = tier A: 80% of sales
segments-tier-b = tier B: the next 15%
segments-tier-c = tier C: the rest
segments-stage-prospect = never bought
segments-stage-new = new customer
segments-stage-current = current customer
segments-stage-lapsing = about to lapse
segments-stage-lapsed = lapsed
segments-stage-former = former customer
segments-what-rfm = RFM scores
segments-what-rfm-group = RFM group
segments-what-tier = ABC tier by sales
segments-what-stage = stage of life
segments-score-any = any
segments-score-r = R: bought lately
segments-score-f = F: buys often
segments-score-m = M: spends much
segments-about-value = Value

# -- the page of customers' value
segments-value-link = Customer value
segments-value-title = Customer value
segments-value-lede = Who bought lately, who buys often, who makes the sales.
segments-value-day = As of
segments-value-day-hint = For example 31/12/2025. Orders after that day do not count.
segments-value-currency = Orders in
segments-value-show = Show
segments-value-none = No orders up to that day
segments-value-none-text = Import orders from the shop’s file, or choose another day.
segments-value-says = { $people ->
    [one] One customer bought for { $amount } altogether.
   *[other] { NUMBER($people) } customers bought for { $amount } altogether.
 }
segments-value-champions-says = { $people ->
    [one] One champion makes { $share } of sales.
   *[other] { NUMBER($people) } champions make { $share } of sales.
 }
segments-value-table = RFM table
segments-value-table-says = Each cell has the number of customers and what they bought for. Further up they bought more recently, further right more often.
segments-value-recency = R: bought lately
segments-value-frequency = F: buys often
segments-value-cell = R { $r }, F { $f }: { NUMBER($people) } customers, { $amount }. Open this segment.
segments-value-past = A segment is always of today, so cells of another day open none.
segments-value-groups = RFM groups
segments-value-group = Group
segments-value-people = Customers
segments-value-amount = Amount
segments-value-share = Share of sales
segments-value-pareto = ABC line
segments-value-pareto-says = { $part } of customers ({ NUMBER($count) } people), those who buy most, make 80% of { $amount }.
segments-value-pareto-how = Bars are the sales of each 5% of customers, the largest at the left; the line is their running total. Tier A ends at 80%, tier B at 95%.
segments-value-largest = buy most
segments-value-smallest = buy least
segments-value-tiers = ABC tiers
segments-value-tier = Tier
