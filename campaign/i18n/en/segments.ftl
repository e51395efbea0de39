# Segments

segments-error-rule = The condition is wrong at “{ $name }”. Look at that condition again.
segments-error-too-large = This segment is too large: at most { $nodes } conditions, nested { $depth } deep.

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
segments-say-orders-days = in the last { NUMBER($value) } days

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
segments-field-email = e-mail address
segments-field-phone = phone number
segments-field-birth-year = year of birth
segments-field-birth-month = month of birth
segments-field-birth-calendar = birthday calendar
segments-field-owner = person in charge
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
