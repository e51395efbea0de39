home-title = Today
home-hello-morning = Good morning, { $name }
home-hello-afternoon = Good afternoon, { $name }
home-hello-evening = Good evening, { $name }
home-progress = { $done } of { $total } letters
home-waiting-since = Waiting:

home-marketer-title = The marketer’s desk
home-marketer-sentence = <strong>{ $drafts }</strong> { $drafts ->
    [one] draft
   *[other] drafts
}, <strong>{ $waiting }</strong> with the reviewer, <strong>{ $ready }</strong> signed and not sent, <strong>{ $moving }</strong> { $moving ->
    [one] campaign
   *[other] campaigns
} on the way.
home-marketer-clear = No campaign is under way.
home-marketer-empty = A campaign is one letter to one segment. For example: invite those who bought tea in the last three months to taste the season’s first lotus tea.
home-marketer-new = Start a campaign
home-marketer-all = All campaigns
home-campaign-draft = Draft
home-campaign-sent-back = Sent back
home-campaign-in_review = In review
home-campaign-approved = Signed, not sent
home-campaign-scheduled = Scheduled
home-campaign-running = Sending
home-campaign-paused = Paused
home-campaign-doubt = { $count } to decide
home-marketer-doubt = Nobody knows of some messages whether they left. Decide about them on the page of their campaign.

home-care-title = The care desk
home-care-sentence = <strong>{ $replies }</strong> { $replies ->
    [one] reply waits
   *[other] replies wait
}, <strong>{ $greetings }</strong> { $greetings ->
    [one] person
   *[other] people
} to greet in the next seven days{ $occasions ->
    [0] .
    [one] , and <strong>{ $occasions }</strong> holiday.
   *[other] , and <strong>{ $occasions }</strong> holidays.
}
home-care-clear = Nobody waits for an answer, and this week holds no occasion.
home-care-empty = Birthdays, founding days and holidays appear here seven days ahead.
home-care-greet = See the calendar of greetings
home-care-replies = All replies
home-reply-waiting = Waits for an answer
home-reply-unknown = Unknown sender
home-greeting-count = { $count ->
    [one] one person
   *[other] { $count } people
}

home-reviewer-title = The reviewer’s desk
home-reviewer-sentence = <strong>{ $waiting }</strong> { $waiting ->
    [one] letter waits
   *[other] letters wait
} for you to read and sign.
home-reviewer-clear = No letter waits for a signature.
home-reviewer-empty = What colleagues submit lies here, the longest waiting on top.
home-reviewer-read = Read the one that waits longest
home-reviewer-all = The reviewer’s desk
home-review-waiting = To be signed
home-review-from = Submitted by { $name }

home-admin-title = The administrator’s desk
home-admin-sentence = <strong>{ $people }</strong> { $people ->
    [one] person works
   *[other] people work
} here, and letters go out in the name of <strong>{ $senders }</strong> { $senders ->
    [one] sender
   *[other] senders
}.
home-admin-clear = There is nothing here yet.
home-admin-empty = Add the first person and the first sender.
home-admin-no-sender = There is no sender yet, so nobody can write. Describe the first one with name and address.
home-admin-no-reviewer = Nobody can sign off yet: nobody signs what they wrote. Add a reviewer.
home-admin-add-sender = Add a sender
home-admin-add-person = Add a person
home-admin-audit = See the audit log
