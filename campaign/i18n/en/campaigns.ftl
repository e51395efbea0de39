# Campaigns: list, new, whom, send
campaigns-title = Campaigns
campaigns-lead = A campaign is one letter to one group of people, by e-mail, by post, or both.
campaigns-new = Write a new campaign
campaigns-section-yours = Waiting for you
campaigns-section-moving = In review or being sent
campaigns-section-over = Done
campaigns-empty-title = No campaigns yet
campaigns-empty-text = Begin with a short letter to a small group. It leaves only after somebody else has read and signed it.
campaigns-empty-example = Try it with an example
campaigns-row-changed = changed { $when }
campaigns-row-to = To “{ $segment }” { $channels }
campaigns-row-no-segment = Nobody chosen yet
campaigns-row-progress = { $sent } of { $planned } are sent
campaigns-row-waits-send = Signed; waiting for you to say when
campaigns-row-scheduled = Leaves at { $when }
campaigns-row-missed = Missed its time, { $when }

campaigns-state-draft = Draft
campaigns-state-in_review = In review
campaigns-state-approved = Signed
campaigns-state-scheduled = Scheduled
campaigns-state-running = Sending
campaigns-state-paused = Paused
campaigns-state-finished = Sent
campaigns-state-cancelled = Cancelled

campaigns-channels-email = by e-mail
campaigns-channels-letter = by post
campaigns-channels-both = by e-mail and by post

# The five steps
campaigns-steps = Steps of the campaign
campaigns-step-whom = Whom
campaigns-step-write = What
campaigns-step-check = Check
campaigns-step-sign = Sign-off
campaigns-step-send = Send
campaigns-step-done = done
campaigns-step-now = in hand
campaigns-step-open = not yet
campaigns-step-waiting = waiting
campaigns-step-broken = look again

# New, and the head
campaigns-new-title = New campaign
campaigns-new-lead = A few lines to begin with; everything can be changed later.
campaigns-head-title = The campaign itself
campaigns-head-open = Edit name, kind and sender
campaigns-head-save = Save
campaigns-head-saved = Saved.
campaigns-field-name = Name of the campaign
campaigns-field-name-hint = Only people here see it. For example “Teapots in March”.
campaigns-field-goal = Goal
campaigns-field-goal-hint = One sentence that can be measured, so that you know later whether it was met. For example “40 teapot orders before 31 March”.
campaigns-field-kind = Kind of letter
campaigns-kind-marketing = Presents or offers something
campaigns-kind-marketing-hint = Holds an offer or asks to buy. Goes only to people who agreed to receive it.
campaigns-kind-greeting = Congratulates or greets
campaigns-kind-greeting-hint = Sells nothing. With an offer in it, it counts as marketing.
campaigns-kind-request = Invites or asks
campaigns-kind-request-hint = Surveys, invitations. Say at once what you ask for, and by when.
campaigns-kind-reply = Reply
campaigns-kind-transactional = Transactional
campaigns-field-offer = What it offers
campaigns-field-offer-hint = Say it, and the letter is checked for one more fact: how goods are delivered, where something digital is found, where an event takes place.
campaigns-offer-unsaid = Not said
campaigns-offer-goods = Goods to deliver
campaigns-offer-digital = Something digital: an e-book, an online course
campaigns-offer-event = An event or an appointment
campaigns-field-sender = Sender
campaigns-field-sender-hint = The name and address that recipients see.
campaigns-field-channels = How it travels
campaigns-channel-email = E-mail
campaigns-channel-letter = Letter by post
campaigns-channel-both = Both
campaigns-create = Create and choose people
campaigns-created = The campaign is made. Now choose whom it goes to.
campaigns-no-sender-title = There is no sender yet
campaigns-no-sender-text = A letter needs a sender: a name, an e-mail address and a postal address. Please ask an administrator to add one.
campaigns-example-name = Teapots in March
campaigns-example-goal = 40 teapot orders before 31 March
campaigns-name-missing = Please give the campaign a name.
campaigns-name-long = The name is longer than { $limit } characters. Please shorten it.
campaigns-channels-missing = Please choose how it travels: e-mail, post, or both.
campaigns-kind-missing = Please choose the kind of letter.
campaigns-offer-unknown = Please choose what it offers from the list.
campaigns-sender-missing = Please choose a sender.
campaigns-kind-no-campaign = This kind of letter does not go out as a campaign.

# Whom
campaigns-whom-title = Whom does it go to?
campaigns-whom-lead = Choose one segment. The number is of people whom this sender may write to at this moment.
campaigns-whom-choose = Choose a segment
campaigns-whom-save = Choose this segment
campaigns-whom-saved = “{ $name }” is chosen.
campaigns-whom-next = On to writing
campaigns-whom-new-segment = Make a new segment
campaigns-whom-empty-title = No segments yet
campaigns-whom-empty-text = A segment is a rule that picks people, such as “customers in Hà Nội who bought within 90 days”. Make one, then come back here.
campaigns-whom-reach = { $people ->
    [0] Nobody in this segment can be written to
    [one] One person can be written to
   *[other] { $people } people can be written to
 }
campaigns-whom-of = of { $total } in the segment
campaigns-whom-email = { $count } by e-mail
campaigns-whom-letter = { $count } by post
campaigns-whom-left-out = { $count ->
    [one] One is
   *[other] { NUMBER($count) } are
} left out: no consent, unsubscribed, or no address
campaigns-whom-sample = Some of them
campaigns-whom-nobody = Choose another segment, change the channel, or ask for consent first.
campaigns-whom-counting = Counting…
campaigns-no-segment = Nobody is chosen yet. Please choose a segment in the step “Whom”.

# Send
campaigns-send-title = Send
campaigns-send-not-signed-title = It cannot go yet
campaigns-send-not-signed-text = The letter needs another person’s signature before it leaves.
campaigns-send-to-sign = On to sign-off
campaigns-send-lead = { $people ->
    [one] Signed, and ready to go to one person.
   *[other] Signed, and ready to go to { $people } people.
 }
campaigns-send-now = Send now
campaigns-send-now-hint = It asks once more before anything leaves. You can still pause it.
campaigns-send-later = Schedule
campaigns-send-later-hint = The time counts in the time zone that you choose.
campaigns-send-day = Day
campaigns-send-time = Time
campaigns-send-zone = Time zone
campaigns-send-at = It leaves at { $when } ({ $zone }).
campaigns-send-scheduled-title = Scheduled
campaigns-send-unschedule = Take off the schedule
campaigns-send-missed-title = It missed its time
campaigns-send-missed-text = The machine was not running at { $when }, so nothing left. The moment may be wrong by now: send it, or choose another time.
campaigns-started = Sending has begun.
campaigns-scheduled = Scheduled.
campaigns-unscheduled = Taken off the schedule. It stays signed.
campaigns-paused = Paused. What is on the wire still arrives.
campaigns-resumed = Sending goes on.
campaigns-cancelled = The campaign is cancelled.
campaigns-schedule-past = That time has passed. Please choose one to come.
campaigns-schedule-unreadable = Please fill in both day and time.
campaigns-schedule-gap = In this time zone the clocks skip that hour on that day. Please choose another time.
campaigns-schedule-zone = That time zone is not known.
campaigns-pause = Pause
campaigns-resume = Go on sending
campaigns-cancel = Cancel the campaign
campaigns-cancel-sure = Cancelling is for good: what has not been sent never will be, and what was sent cannot be taken back.
campaigns-cancel-yes = Cancel for good
campaigns-not-signed = The signature no longer holds, because something was changed after it was given. Please submit it again.

campaigns-progress-sentence = { $sent } of { $planned } are sent.
campaigns-progress-none = Nothing has been sent yet.
campaigns-progress-speed = About { $speed } a minute.
campaigns-progress-left = About { $minutes ->
    [one] one more minute
   *[other] { $minutes } more minutes
 }.
campaigns-progress-email = E-mail
campaigns-progress-letter = Letters
campaigns-progress-table = State
campaigns-progress-letters-wait = { $count ->
    [one] One letter waits to be printed.
   *[other] { $count } letters wait to be printed.
 }
campaigns-progress-print = See the print runs
campaigns-progress-report = See the report
campaigns-doubt-title = Yours to decide
campaigns-doubt-text = The mail server did not answer in time, so nobody knows whether these left. The machine does not send them again by itself, lest somebody gets it twice. Whom you send it again may get it twice.
campaigns-doubt-sent = Count as sent
campaigns-doubt-again = Send again
campaigns-doubt-settled = Your decision is recorded.
campaigns-doubt-all-sent = Count all { $count } as sent
campaigns-doubt-all-sent-ask = { $count ->
    [one] Count one message as sent?
   *[other] Count { $count } messages as sent?
 }
campaigns-doubt-all-sent-text = Nobody knows whether they left. Counted as sent, nobody gets anything more, and reports count them among what was sent.
campaigns-doubt-all-again-link = Send all of them again…
campaigns-doubt-all-again = { $count ->
    [one] Send one again
   *[other] Send { $count } again
 }
campaigns-doubt-all-again-ask = { $count ->
    [one] Send one message again?
   *[other] Send { $count } messages again?
 }
campaigns-doubt-all-again-text = Nobody knows whether they left the first time. Whoever got the first one gets it twice.
campaigns-doubt-all-later = { $count ->
    [one] One more cannot be sent again yet, and stays in the list.
   *[other] { $count } more cannot be sent again yet, and stay in the list.
 }
campaigns-doubt-all-settled = { $count ->
    [one] Your decision about one message is recorded.
   *[other] Your decision about { $count } messages is recorded.
 }
campaigns-refused-title = Who, and what the server said
campaigns-refused-text = The receiving server said no, or the letter could not be made for this person.
campaigns-refused-said = It said: { $reply }
campaigns-more = and { $count } more

campaigns-delivery-queued = Waiting
campaigns-delivery-claimed = Being sent
campaigns-delivery-in_print = In print
campaigns-delivery-deferred = Put off, goes by itself
campaigns-delivery-accepted = Sent
campaigns-delivery-rejected = Refused
campaigns-delivery-suppressed = May not be written to
campaigns-delivery-expired = Too late
campaigns-delivery-cancelled = Cancelled
campaigns-delivery-unknown = Not known

campaigns-cannot-submit = This campaign can no longer be submitted.
campaigns-cannot-approve = This campaign no longer waits for a signature.
campaigns-cannot-reopen = Sending has begun; the campaign cannot be reopened.
campaigns-cannot-schedule = Only a signed campaign can be scheduled.
campaigns-cannot-unschedule = This campaign is not scheduled.
campaigns-cannot-start = Only a signed campaign that was not sent yet can start.
campaigns-cannot-pause = Only a campaign that is sending can pause.
campaigns-cannot-resume = Only a paused campaign can go on.
campaigns-cannot-finish = The campaign was not sent, so it is not finished.
campaigns-cannot-cancel = The campaign is over; there is nothing to cancel.
campaigns-cannot-edit = Sending has begun; what has left cannot be edited. Please write a new campaign.
campaigns-cannot-go_on = Only a campaign that is finished can go on.
campaigns-cannot-send_again = Only after sending is finished can one go out again.
campaigns-cannot-retry = Only a campaign that was sent has something to try again.
campaigns-cannot-extend = Only a campaign that is sending or was sent can go to people added since.
campaigns-added-nobody = Nobody has joined who may be written to.
campaigns-added-asked = A reviewer was asked already. Please wait for the answer, or withdraw the request.
campaigns-added-undecided = The test is not decided yet. Those added since get the version that wins: please decide first.
campaigns-added-overlap = Some of these people got the letter by now. Please ask again; the people are counted anew.
campaigns-trial-arm = There is no such version. Please choose one of those in the test.
campaigns-trial-decided = The test is decided already.
campaigns-terms-arms = A test needs two to { $most } versions.
campaigns-terms-share = Please give a share from { $least } to { $most } per cent.
campaigns-terms-hours = Please give a number of hours from { $least } to { $most }.
campaigns-terms-default = Please choose one of the versions, or that a person decides.
campaigns-terms-measure = Please choose what is measured. Of letters by post only replies can be counted.
campaigns-terms-holdout = Please give a share from { $least } to { $most } per cent, or 0 for nobody.
campaigns-terms-role = Only a marketer chooses how a campaign may go out; { $name } is none.
campaigns-terms-until = Please give a day to come.

campaigns-send-confirm = { $people ->
    [one] Send it to one person now?
   *[other] Send it to { $people } people now?
 }
campaigns-send-confirm-text = What was sent cannot be taken back. What was not sent yet can still be paused or cancelled.
campaigns-send-confirm-campaign = Campaign
campaigns-send-confirm-from = From
campaigns-send-confirm-subject = Subject
campaigns-send-confirm-subject-arm = Subject of version { $arm }
campaigns-send-confirm-yes = Send now
campaigns-send-again-time = Another time
campaigns-send-here = That is { $when } by our clock.
campaigns-send-moments = Who gets it when
campaigns-send-moments-at = At, by our clock
campaigns-send-moments-where = Their clock
campaigns-send-moments-people = People
campaigns-send-began = Begun at { $when }.
campaigns-send-ended = Begun at { $began }, done at { $ended }.
campaigns-cancel-waiting = Not sent yet, and never will be
campaigns-cancel-sent = Sent
campaigns-doubt-again-from = Can be sent again from { $when }
campaigns-send-called-off = Begun at { $began }, cancelled at { $ended }.
