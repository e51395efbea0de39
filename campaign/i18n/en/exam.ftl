# the exam of a segment: five criteria, one verdict
exam-title = Is this segment worth writing to?
exam-lead = The five criteria for “{ $name }”, by the figures at hand.
exam-link = Examine by five criteria
exam-name-measurable = Measurable
exam-name-stable = Stable
exam-name-identifiable = Identifiable
exam-name-different = Different
exam-name-serviceable = Serviceable
exam-asks-measurable = Are the facts it asks for known, and fresh?
exam-asks-stable = Will they be the same people in a few months?
exam-asks-identifiable = Does it name the same people each time, and can they be reached?
exam-asks-different = Do they answer otherwise than other customers?
exam-asks-serviceable = Is it worth the work, does somebody look after them, what does it cost?
exam-is-passes = Passes
exam-is-weak = Weak
exam-is-fails = Fails
exam-is-unknown = Not known
exam-verdict-passes = Worth writing to: { $criteria } pass.
exam-verdict-weak = You can write, but better mend this first: { $criteria }.
exam-verdict-fails = Do not send yet. Mend this first: { $criteria }.
exam-verdict-unknown = There is too little data to say whether this segment is worth writing to.
exam-not-known = Not known yet: { $criteria }.
exam-field-birthday = birthday
exam-field-of-organisation = { $field } of the organisation

exam-measurable-always = It asks only what is always known (orders, tags, consent) and hangs on no empty field.
exam-measurable-nobody = There is no profile yet in which “{ $field }” could be filled.
exam-measurable-passes = “{ $field }” is known in { $share } of the profiles.
exam-measurable-weak = “{ $field }” is known in { $share } of the profiles only; { $missing } lack it, and some of them may belong here.
exam-measurable-fails = “{ $field }” is known in a mere { $share } of the profiles; { $missing } lack it. Ask customers for it before you choose by it.
exam-measurable-age-history = Half of the “{ $field }” facts were noted no more than { $days } days ago (by the date of the note).
exam-measurable-age-change = Half of the “{ $field }” facts stand in profiles last changed no more than { $days } days ago (the field has no date of its own).
exam-measurable-stale = Most of “{ $field }” was noted over two years ago; ask again.

exam-stable-digest = After { $days } days { $share } are still in it (between { $low } and { $high }), by the list noted in the night of { $day }; { $then } people looked at.
exam-stable-facts = After { $days } days { $share } are still in it (between { $low } and { $high }), by the orders and profiles there were on { $day }; { $then } people looked at.
exam-stable-few = { $then ->
    [0] On { $day } nobody was in it, so how many stay for { $days } days is not known.
    [one] On { $day } one person was in it: too few to say how many stay for { $days } days.
   *[other] On { $day } there were { $then } people in it: too few to say how many stay for { $days } days.
 }
exam-stable-wait = How many stay for { $days } days is not known: the list is noted each night and can be compared from { $day } on.
exam-stable-birthday = A segment by birthday changes its people every week by nature; it suits greetings better than a long campaign.
exam-stable-by-facts = There are no lists of those nights yet, so dated facts were used.
exam-stable-by-facts-mixed = There are no lists of those nights yet, so dated facts were used; fields without a date are taken to have been then as they are today.

exam-identifiable-own-facts = It goes by each customer's own facts alone: it names the same people until these change.
exam-identifiable-by-today = Part of it counts days from today, so people come and go by themselves.
exam-identifiable-by-others = Part of it compares customers with each other: somebody may leave it because others bought more.
exam-identifiable-by-segment = It asks the segment “{ $name }”, and follows when that one changes. It has not since this one was saved.
exam-identifiable-by-tiers = It asks for the house's own tiers, and follows when their ends are set anew. They have not been since it was saved.
exam-identifiable-changed-segment = The segment “{ $name }”, which it asks, was changed on { $day }, after this one was last saved. Look whether it still names the people you mean, and save it again.
exam-identifiable-changed-tiers = The house's own tiers, which it asks for, were set anew on { $day }, after it was last saved. Look whether it still names the people you mean, and save it again.
exam-identifiable-changed-deleted = It asks who opened or clicked, and what happened before { $day } was deleted when its days were over: who opened or clicked earlier is not found any more. Choose a period that begins on that day.
exam-identifiable-no-field = The field of your own “{ $name }” that it asks for is gone; change the condition.
exam-identifiable-no-tag = No customer bears the tag “{ $name }”; check how it is written.
exam-identifiable-no-sender = The sender { $name } that it asks for is not in use; choose another one.
exam-identifiable-no-owner = The person in charge { $name } that it asks for does not work here any more; choose another one.
exam-identifiable-nobody = Nobody is in it now.
exam-identifiable-no-writer = There is no sender yet, so how many can be reached is not known.
exam-identifiable-reach = { $email } can be reached by e-mail, { $letter } by letter.

exam-different-no-mailings = No mailing that is over for 30 days went both to this segment and to others. Send one letter to both, and look again.
exam-different-few = Too few people got or answered a letter to compare: { $members } of the segment, { $others } others, in { $mailings ->
    [one] one mailing
   *[other] { $mailings } mailings
 }.
exam-different-more = They answer more: { $member_share } against { $other_share } of other customers, a difference between { $low } and { $high } ({ $members } and { $others } people, { $mailings ->
    [one] one mailing
   *[other] { $mailings } mailings
 }).
exam-different-fewer = They answer less: { $member_share } against { $other_share } of other customers, a difference between { $low } and { $high } ({ $members } and { $others } people, { $mailings ->
    [one] one mailing
   *[other] { $mailings } mailings
 }). Write them another letter.
exam-different-alike = They answer like everybody else: { $member_share } against { $other_share }, a difference between { $low } and { $high }. No letter of their own is needed.
exam-different-unclear = No clear difference: { $member_share } against { $other_share } of other customers, between { $low } and { $high }; it may be chance.
exam-different-not-then = When the last letters went out, either nobody or everybody whom they reached fitted this segment, so there is nothing yet to judge it by: what made people members came with or after those letters. Write to members and others once more, and look again 30 days later.
exam-different-then = The segment is chosen by what people did. So members here are those who fitted it on the eve of each letter; what they did about that letter came afterwards.
exam-different-without-orders = The segment is chosen by orders, so only clicks and replies count as answers here, not orders.
exam-different-deleted = Opens and clicks of before { $day } were deleted when their days were over, so older mailings are not compared any more.
exam-different-all-deleted = All mailings that are over rest on opens and clicks that were deleted when their days were over, so there is nothing to compare. Send one more letter to both, and look again 30 days later.

exam-serviceable-size = { $people } people, enough for the least of { $least }.
exam-serviceable-small = { $people ->
    [0] Nobody is in it, and { $least } are the least. Widen the conditions.
    [one] Only one person, below the least of { $least }. Widen the conditions, or write by hand.
   *[other] Only { $people } people, below the least of { $least }. Widen the conditions, or write to each by hand.
 }
exam-serviceable-nobody = There is nobody who could have a person in charge.
exam-serviceable-no-owner = Nobody in it has a person in charge; answers would come to nobody's desk.
exam-serviceable-few-owned = { $without ->
    [one] Only { $share } have a person in charge; one has none.
   *[other] Only { $share } have a person in charge; { $without } have none.
 }
exam-serviceable-owned = { $share } have a person in charge.
exam-serviceable-no-writer = There is no sender yet, so the cost is not known.
exam-serviceable-no-costs = The cost of an e-mail and of a letter is not set, so the cost is not known.
exam-serviceable-no-cost-email = The cost of an e-mail is not set.
exam-serviceable-no-cost-letter = The cost of a letter is not set.
exam-serviceable-cost-email = { $count } e-mails cost { $amount }.
exam-serviceable-cost-letter = { $count } letters cost { $amount }.
exam-serviceable-expected = Of { $reachable } reachable people between { $low } and { $high } may answer, by past mailings.
exam-serviceable-expected-few = { $written ->
    [0] None of its people ever got a letter together with other customers, so how many may answer is not known.
    [one] Only one of its people ever got a letter together with other customers: too few to say how many may answer.
   *[other] Only { $written } of its people ever got a letter together with other customers: too few to say how many may answer.
 }
exam-serviceable-expected-no-writer = There is no sender yet, so how many may answer is not known.

# the pictures
exam-picture-filled = { $field }: known in { $share } of the profiles
exam-picture-kept = After { $days } days { $share } stayed, between { $low } and { $high }
exam-picture-days = { $days } days
exam-picture-email = E-mail
exam-picture-letter = Letter
exam-picture-reach = { $channel }: { $share } can be reached
exam-picture-members = The segment
exam-picture-others = Others
exam-picture-answers = { $who }: { $share } answered, between { $low } and { $high }
exam-picture-owned = With a person in charge
exam-picture-least = Least { $least }
exam-picture-line = The thin line is the interval of 95 %.

# what the house says
exam-house = Least size and costs of the house
exam-house-hint = For all segments. Costs are in đồng with postage and paper; leave empty what you do not know.
exam-house-least = Fewest people in a segment
exam-house-email = Cost of an e-mail (đồng)
exam-house-letter = Cost of a letter (đồng)
exam-house-keep = Save size and costs
exam-house-wrong = A whole number from { $least } to { $most }.
exam-counted-for = Counted for { $purpose } from { $sender }.
