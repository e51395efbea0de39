# Conditions on mail sent, consent, orders, dates and other segments

segnodes-period-days = in the last { NUMBER($days) } days
segnodes-period-older = more than { NUMBER($days) } days ago
segnodes-period-both = between { NUMBER($least) } and { NUMBER($most) } days ago
segnodes-period-since = from { $day } on
segnodes-period-until = up to { $day }
segnodes-period-between = from { $first } to { $last }
segnodes-meant-since = (since { $day })
segnodes-meant-until = (up to { $day })
segnodes-meant-both = ({ $first } to { $last })

segnodes-say-created = came into the book
segnodes-say-changed = had their profile changed last
segnodes-say-founded = were founded
segnodes-say-left = stopped buying
segnodes-say-asked = said how satisfied they are
segnodes-say-imported-any-touched = are in a file that was imported
segnodes-say-imported-any-created = were brought in by a file
segnodes-say-imported-touched = are in the imported file “{ $file }”
segnodes-say-imported-created = were brought in by the file “{ $file }”
segnodes-say-order-day-first = placed their first order
segnodes-say-order-day-last = placed their last order
segnodes-say-house-tier = are { $tier } customers (by sales of the last 365 days)
segnodes-say-segment = are in the segment “{ $name }”
segnodes-say-orders-days-at-least = have bought on at least { NUMBER($value) } different { $value ->
    [one] day
   *[other] days
 }
segnodes-say-orders-days-at-most = have bought on at most { NUMBER($value) } different { $value ->
    [one] day
   *[other] days
 }
segnodes-say-orders-average-at-least = spend { $value } or more an order on average
segnodes-say-orders-average-at-most = spend at most { $value } an order on average
segnodes-say-orders-first-at-least = have a first order of { $value } or more
segnodes-say-orders-first-at-most = have a first order of at most { $value }
segnodes-say-orders-last-at-least = have a last order of { $value } or more
segnodes-say-orders-last-at-most = have a last order of at most { $value }

segnodes-mail-either = an e-mail or letter
segnodes-mail-email = an e-mail
segnodes-mail-letter = a letter
segnodes-mail-email-marketing = marketing e-mail
segnodes-mail-email-greeting = greetings by e-mail
segnodes-mail-letter-marketing = marketing letters
segnodes-mail-letter-greeting = greeting letters
segnodes-say-received = have received { $mail }
segnodes-say-opened = have themselves opened { $mail }
segnodes-say-clicked = have themselves clicked a link in { $mail }
segnodes-say-replied = have replied to { $mail }
segnodes-say-no-reply = have received { $mail } and not replied
segnodes-say-campaign = of the campaign “{ $name }”
segnodes-say-consent-granted = have agreed to { $what } from { $sender }
segnodes-say-consent-granted-any = have agreed to { $what } from any sender
segnodes-say-consent-withdrawn = have refused { $what } from { $sender }
segnodes-say-consent-withdrawn-any = have refused { $what } from some sender
segnodes-say-consent-unasked = were not asked about { $what } from { $sender }
segnodes-say-consent-unasked-any = were asked by no sender about { $what }

# in the editor
segnodes-about-mail = Mail sent
segnodes-about-segments = Other segments
segnodes-what-received = received mail
segnodes-what-opened = opened mail
segnodes-what-clicked = clicked a link
segnodes-what-replied = replied
segnodes-what-no-reply = got it and did not reply
segnodes-what-segment = is in another segment
segnodes-what-consent = consent
segnodes-what-imported = came from an imported file
segnodes-what-created = day they came into the book
segnodes-what-changed = day of the last change
segnodes-what-founded = founding day
segnodes-what-left = day they stopped buying
segnodes-what-asked = day they said how satisfied they are
segnodes-what-orders-days = days with an order
segnodes-what-orders-average = average order
segnodes-what-orders-first = amount of the first order
segnodes-what-orders-last = amount of the last order
segnodes-what-order-day-first = day of the first order
segnodes-what-order-day-last = day of the last order
segnodes-what-house-tier-metals = tier: platinum to lead
segnodes-what-house-tier-pyramid = tier: VIP to small
segnodes-part-orders-days = Days
segnodes-part-orders-average = Amount (đồng)
segnodes-part-segment = Segment
segnodes-part-campaign = Campaign
segnodes-part-channel = By
segnodes-part-standing = Standing
segnodes-part-import = File
segnodes-part-created = In what way
segnodes-part-tier = Tier
segnodes-part-when = When
segnodes-part-days = In the last days
segnodes-part-older = More than days ago
segnodes-part-since = From
segnodes-part-until = To
segnodes-when-ever = at any time
segnodes-when-last = in the last N days
segnodes-when-older = more than N days ago
segnodes-when-between = between N and M days ago
segnodes-when-dates = between two dates
segnodes-day-hint = For example 31/12/2025
segnodes-any-campaign = any
segnodes-any-channel = e-mail or letter
segnodes-any-sender = any sender
segnodes-any-import = any file
segnodes-import-touched = named in it
segnodes-import-created = brought in by it
segnodes-standing-granted = agreed
segnodes-standing-withdrawn = refused
segnodes-standing-unasked = never asked
segnodes-help-trait = As it is written in the profiles; the list shows what they hold. “Contains” also finds part of it.
segnodes-help-number-trait = Profiles that hold a number from 0 to 99; “about 4” is no number.
segnodes-help-phone = Compared as numbers, in whatever writing: 0912 345 678, +84 912 345 678.
segnodes-help-received = A server took it or it was posted, and it did not come back.
segnodes-help-opened = Opens by people only; programs that open mail by themselves do not count.
segnodes-help-clicked = Clicks by people only; link scanners do not count.
segnodes-help-replied = By e-mail, or by post with the reply code.
segnodes-help-no-reply = Received in that time, and no reply to any of it.
segnodes-help-segment = The other segment is asked as it is today; when it changes, this one does too.
segnodes-help-consent = By the newest entry of the ledger. Who can be written to now is “can be written to”.
segnodes-help-house-tier = Where tiers end is set by the house on the page Customer tiers.
segnodes-help-order-day = Orders after today do not count.
segnodes-help-average = Who has no such order does not fit.
segnodes-help-first = Of orders of one day the one entered first is the first.
segnodes-help-birthday = By each person’s calendar, solar or lunar.
