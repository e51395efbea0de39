# How the house sends: limits, warm-up, quiet hours, pauses by the system
sending-title = Sending limits
sending-lead = How fast mail leaves, at which hours, and when the system stops by itself. All sending programs on all machines keep to these together.
sending-newest = { $name } changed them last at { $when }.
sending-wrong = Something is not right yet; it says so beside the field.
sending-relays = Mail servers
sending-relays-hint = What your provider allows. Empty means no limit.
sending-senders = Our own domains
sending-senders-hint = A new domain is best warmed up: few messages on the first day, more each day.
sending-recipients = Recipients’ mailboxes
sending-recipients-hint = A provider’s domains count together. “Every other domain” holds for each of them by itself. A message is under way while a mail server has it and has not answered yet; those of all machines count.
sending-unlimited = no limit
sending-said-second = { $count } a second
sending-said-minute = { $count } a minute
sending-said-hour = { $count } an hour
sending-said-day = { $count } a day
sending-said-connections = { $count } connections
sending-today = Today: { $used } of { $allowed } sent
sending-plan = Day by day: { $days } Full limit of { $full } on { $on }.
sending-every-other = Every other domain
sending-new-domain = Another domain
sending-domain = Domain
sending-second = Messages a second
sending-minute = Messages a minute
sending-hour = Messages an hour
sending-day = Messages a day
sending-connections = Connections at once
sending-at-once = Messages under way at once
sending-said-at-once = { $count } under way at once
sending-warm-up = Warm-up
sending-warm-up-hint = Leave the first day’s number empty for no warm-up. It ends at the messages a day above.
sending-start = On the first day
sending-growth = More each day, per cent
sending-began_on = First day
sending-processes = Sending programs on all machines
sending-processes-hint = Only counts while the queue server does not answer: then each keeps to its part. Empty: { $here }, as many as this machine has.
sending-quiet = Quiet hours
sending-quiet-on = Send nothing at night
sending-quiet-on-hint = By each recipient’s own clock; by ours ({ $zone }) for those whose place is not known. What is due then leaves when the night is over. Replies and transactional mail are not held.
sending-quiet-begin = From
sending-quiet-end = Until
sending-pause = Pauses by the system
sending-pause-hint = A mailing with too many dead addresses or complaints is paused, for providers begin to turn away all our mail. Its marketer and the administrators are told. With fewer messages than named here a share says little: then it is paused only when chance alone would bring so many less than once in a thousand times, and never with fewer than twenty messages.
sending-bounce_percent = Dead addresses, per cent
sending-complaint_percent = Complaints, per cent
sending-least_tried = Dead addresses count from so many messages
sending-least_accepted = Complaints count from so many messages
sending-wrong-number = Please give a whole number from { $least } to { $most }.
sending-wrong-percent = Please give a number from 0.01 to 100.
sending-wrong-time = Please give a time, such as 21:00.
sending-wrong-date = Please choose a day, such as 2026-03-09.
sending-wrong-domain = Please give a domain, such as example.com.
sending-domain-needs-limit = Please give this domain at least one limit, or take it out.
sending-domain-of-provider = This domain belongs to one of the providers above. Set its limit there.
sending-warm-needs-day = Please give the messages a day: warm-up ends there.
sending-quiet-same = Beginning and end are the same. Choose two times.
sending-paused-title = The system has paused this
sending-paused-bounces = Of { $tried } addresses that mail was handed over for, { $bounced } do not exist: { $share }. From { $limit } on, providers begin to turn away all our mail.
sending-paused-bounces-do = See where these people’s addresses come from and take out those that are old or bought. Then go on sending, or cancel.
sending-paused-complaints = Of { $accepted } people who received it, { $complained } called it spam: { $share }. From { $limit } on, providers begin to put all our mail among spam.
sending-paused-complaints-do = See whether these people agreed to hear from us, and how easily they find the unsubscribe link. Then go on sending, or cancel.
sending-paused-early = It was stopped early, before there were many messages: in a mailing that keeps to the limit, chance alone would bring so many less than once in a thousand times.
sending-paused-resume = When it goes on, what was counted so far is not held against it again.
sending-unsendable-title = The letter could not be made, so the system has stopped
sending-unsendable-text = Nothing wrong has left. Please ask an administrator to look at the line below; when it is mended go on sending, and cancel when it cannot be.

# How it may go out
sending-terms-title = Tests and comparisons
sending-terms-lead = All of this is optional. It is signed together with the letter, so choose it before sign-off; a change asks for a new signature.
sending-terms-link = Test two versions, hold some people out
sending-terms-signed = The letter is with its reviewer or signed. Saving a change here takes it back to the desk.
sending-terms-save = Save
sending-terms-saved = Saved.
sending-terms-trial = Test versions
sending-terms-trial-on = Send two or more versions to some people first, and the better one to the others
sending-terms-trial-hint = The versions differ in whatever you write differently: the subject, the opening, the whole letter. Each begins as a copy of the first. The reviewer signs all of them.
sending-terms-arms = How many versions
sending-terms-share = Share of people in the test, in per cent
sending-terms-share-hint = From { $least } to { $most }. It is divided evenly among the versions. With few people even a large share shows little.
sending-terms-measure = What makes a version better
sending-terms-measure-open = More people open it
sending-terms-measure-open-hint = Quick, but only a hint: some mail programs hide it. Opens by machines are left out.
sending-terms-measure-click = More people click
sending-terms-measure-click-hint = People who followed a link. Machines that check links are left out.
sending-terms-measure-reply = More people reply
sending-terms-measure-reply-hint = On any channel. The surest sign, and the rarest.
sending-terms-hours = Decide after how many hours
sending-terms-hours-hint = From { $least } to { $most }. Most people who open a letter do so within a day.
sending-terms-default = When no version is surely better
sending-terms-default-person = A person decides
sending-terms-default-arm = Version { $arm } goes to the others
sending-terms-holdout = People held out
sending-terms-holdout-label = Share who get nothing, in per cent
sending-terms-holdout-hint = 0 for nobody, at most { $most }. They are chosen by chance when the letter is submitted. The report then shows what the letter changed: orders, replies and unsubscribing of those who got it against those who did not.
sending-terms-added = People who join later
sending-terms-added-on = May also go to people who join the segment after sign-off
sending-terms-added-until = Until this day
sending-terms-added-hint = You press the button; each new letter is checked first. Without this, or when the check finds something new, a reviewer is asked.

# The terms in words, before sending
sending-says-trial = { $share } % of the people get one of the versions { $arms }; { $hours ->
    [one] one hour
   *[other] { $hours } hours
 } later the better one goes to the others.
sending-says-rule = The better version is the one that { $measure }. When no version is surely better: { $otherwise }.
sending-says-holdout = { $people ->
    [0] Nobody is held out; there are too few people.
    [one] One person is held out and gets nothing, for comparison.
   *[other] { $people } people are held out and get nothing, for comparison.
 }
sending-says-added = People who join the segment may get it until { $day }.

# When
sending-hour-whose = Whose clock
sending-hour-whose-one = The clock of the chosen time zone
sending-hour-whose-one-hint = Everybody at the same moment.
sending-hour-whose-each = Each recipient’s own clock
sending-hour-whose-each-hint = By the recipient’s time zone, else by the country, else by the zone chosen above. Where the clocks skip that hour (summer time begins), it comes as much later as they are put forward.
sending-hour-late = If the hour has passed somewhere
sending-hour-late-next_day = They get it the next day at that hour
sending-hour-late-at_once = They get it at once
sending-hour-at = It leaves on { $day } at { $time } by the clock of { $zone }.
sending-hour-at-each = It leaves on { $day } at { $time } by each recipient’s own clock.
sending-hour-late-says-next_day = Where that hour had passed when it was chosen: the next day.
sending-hour-late-says-at_once = Where that hour had passed when it was chosen: at once.
sending-hour-twice = The clocks show { $time } twice in that night (summer time ends). It leaves the first time.
sending-missed-new-time = New time
sending-missed-paused-title = Some people’s hour was missed
sending-missed-paused-text = The machine was not running at the hour of some recipients, so sending has paused. Go on, and they get it at once; or cancel.

# Trial
sending-trial-title = The test
sending-trial-version = Version { $arm }
sending-trial-reached = Reached
sending-trial-hits-open = Opened
sending-trial-hits-click = Clicked
sending-trial-hits-reply = Replied
sending-trial-running = The better version is chosen at { $when }. Until then the others wait.
sending-trial-asks = No version is surely better. The others wait for your choice.
sending-trial-decided-rule = Version { $arm } was better and goes to the others.
sending-trial-decided-default = No version was surely better, so version { $arm } goes to the others, as agreed beforehand.
sending-trial-decided-person = { $name } chose version { $arm } for the others.
sending-trial-clear = Version { $best } is surely better than { $nearest }: by { $difference } percentage points (95 % interval { $low } to { $high }); chance alone would make so large a difference in fewer than { $p } of cases.
sending-trial-close = Version { $best } leads { $nearest } by { $difference } percentage points (95 % interval { $low } to { $high }). That may well be chance.
sending-trial-few = There is too little data to say anything yet: each version needs at least five people who did it and five who did not.
sending-trial-choose = Send version { $arm } to the others
sending-trial-chosen = Version { $arm } goes to the others.
sending-trial-early = You may choose before the time; the figures are not final then.

# Retry
sending-retry-title = Could not be sent
sending-retry-lead = { $count ->
    [one] One could succeed on another try.
   *[other] { $count } could succeed on another try.
 }
sending-retry-none = None of these would succeed on another try.
sending-retry-do = { $count ->
    [one] Try that one again
   *[other] Try these { $count } again
 }
sending-retry-hint = Nothing that arrived, or may have arrived, is sent again. Consent and limits are checked again.
sending-retry-yes = Try again
sending-retry-no = Leave it
sending-retry-why = Why
sending-retry-count = How many
sending-retry-what = What to do
sending-retry-expired = The server did not take it in time
sending-retry-sender_refused = Our own mail server refused the sender
sending-retry-passing = Mailbox full, or trouble at the recipient’s server
sending-retry-rhythm = Want advertising less often, and had some lately
sending-retry-daily_limit = Had as many advertisements that day as the law allows
sending-retry-no_address = The address does not exist
sending-retry-address_gone = The address is no longer kept
sending-retry-content_refused = The server refused what it says
sending-retry-recipient_refused = The server refused this recipient
sending-retry-too_large = Too large for the server
sending-retry-cannot_write = The letter could not be made for this person
sending-retry-not_allowed = May not be written to
sending-retry-other = Other reasons
sending-retried = { $count ->
    [one] One is tried again.
   *[other] { $count } are tried again.
 }

# Added since
sending-counted-at = Counted at { $when }.
sending-added-title = People added since
sending-added-counting = Counting those added.
sending-added-count-now = Count now
sending-added-count = { $count ->
    [0] Everybody in the segment is among the recipients.
    [one] One person in the segment is not among the recipients. Whoever may be written to gets the letter.
   *[other] { $count } people in the segment are not among the recipients. Those who may be written to get the letter.
 }
sending-added-covered = The signature covers them. Each letter is checked before it leaves.
sending-added-not-covered = The signature does not cover them, so a reviewer is asked first.
sending-added-note = A note to the reviewer
sending-added-note-hint = Needed when the check finds something that was not there before.
sending-added-send = Send to those added
sending-added-ask = Ask a reviewer
sending-added-waits = The request waits for a reviewer.
sending-added-see = See the request
sending-added-signed = A reviewer has signed for them.
sending-added-sent-back = The reviewer sent it back: { $reason }
sending-added-sent = It goes out to those added.
sending-added-blocked = The check found something that was not there before: { $what } Write a note, and a reviewer is asked.
sending-mailings = In { $count } sendings: the first, and those to people added since.

# In the report
sending-compare-holdout = What the letter changed
sending-compare-lead = { $sent } people who were to get it against { $held } who got nothing. They were divided by chance, so what differs is due to the letter, or to chance.
sending-compare-what = Within { $days } days
sending-compare-got = Got it
sending-compare-held = Held out
sending-compare-difference = Difference
sending-compare-orders = Ordered
sending-compare-replies = Wrote to us
sending-compare-unsubscribes = Unsubscribed
sending-compare-points = { $difference } points ({ $low } to { $high })
sending-compare-more = Surely more than without the letter.
sending-compare-fewer = Surely fewer than without the letter.
sending-compare-unclear = The difference may be chance.
sending-compare-few = Too few people to say.
sending-compare-note = In brackets the interval that holds the true difference in 95 of 100 such comparisons.
sending-compare-arms = The versions in the test

# Why it does not leave yet
sending-waits-server = { $count ->
    [one] One: the receiving server asked to wait; tried again from { $when }.
   *[other] { $count }: the receiving server asked to wait; tried again from { $when }.
 }
sending-waits-hour = { $count ->
    [one] One waits for its recipient’s hour, at { $when }.
   *[other] { $count } wait for their recipients’ hour, the first at { $when }.
 }
sending-waits-quiet = { $count ->
    [one] One waits for the end of quiet hours, at { $when }.
   *[other] { $count } wait for the end of quiet hours, from { $when }.
 }
sending-waits-limit = { $count ->
    [one] One waits because of a sending limit, until { $when }.
   *[other] { $count } wait because of a sending limit, until { $when }.
 }
sending-waits-winner = { $count ->
    [one] One waits for the winner of the test.
   *[other] { $count } wait for the winner of the test.
 }
sending-says-measure-open = more people open
sending-says-measure-click = more people click
sending-says-measure-reply = more people reply to
sending-says-default-arm = version { $arm } goes to the others
sending-says-default-person = a person decides
sending-trial-column = Version

# Why it stands still
sending-stalled-smtp = The mail server does not answer. Mail waits, nothing is lost, and it goes on by itself when the server answers. If it lasts, please tell an administrator.
sending-stalled-redis = The queue server does not answer. Mail waits, nothing is lost, and it goes on by itself when it is back. Please tell an administrator.
sending-stalled-beat = The scheduler stands still, so nothing starts or is tried again by itself. Nothing is lost. Please tell an administrator.
sending-stalled-workers = No sending program is running. Mail waits and nothing is lost. Please tell an administrator.
sending-trial-ask = Send version { $arm } to all the others?
sending-trial-ask-text = The test ends at once, and the choice cannot be changed.
