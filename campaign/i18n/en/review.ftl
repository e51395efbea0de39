# Sign-off: the reviewer's desk, the reading page, the seal, history
review-title = Letters to sign
review-lead = Read it as the recipient will, then sign it or send it back. Your signature is bound to exactly what you read: one word changed and it is gone.
review-queue-waiting = { $count ->
    [one] One letter waits for you
   *[other] { $count } letters wait for you
 }
review-empty-title = Nothing waits for a signature
review-empty-text = When somebody submits a letter it appears here, the one that has waited longest on top.
review-row-by = { $name } submitted it { $when }
review-row-people = { $count ->
    [one] one recipient
   *[other] { $count } recipients
 }
review-row-both = { $emails } e-mails, { $letters } letters
review-row-standing = Standing approval: { $occasion }, until { $until }
review-row-own = You wrote or changed part of it, so somebody else has to sign.
review-read = Read it
review-decided = Decided recently

review-page-by = { $name } submitted it at { $when }
review-note = What the author asks you to know
review-audience = Whom it goes to
review-audience-counts = { $people ->
    [one] One person
   *[other] { $people } people
 }: { $email } by e-mail, { $letter } by post.
review-audience-left-out-email = { $count ->
    [one] One person or organisation of the segment gets
   *[other] { NUMBER($count) } people or organisations of the segment get
} no e-mail.
review-audience-left-out-letter = { $count ->
    [one] One person or organisation of the segment gets
   *[other] { NUMBER($count) } people or organisations of the segment get
} no letter.
review-audience-segment = Segment “{ $name }”
review-audience-standing = To each person on the occasion “{ $occasion }”, until { $until }. Each letter is checked again when it is planned.
review-sender = Sender
review-sheet = The letter
review-as = Read it as
review-as-show = Show this person’s letter
review-findings = What the checks found
review-findings-none = The checks found nothing to mend.
review-changes = What changed since the last time
review-changes-first = This is the first time it is submitted.
review-changes-none = The words are the same.
review-changes-added = added
review-changes-removed = removed
review-changes-other = Also changed: { $what }.
review-changes-sender = sender
review-changes-layouts = layout
review-changes-audience = audience
review-changes-kind = kind
review-changes-offer = what it offers
review-changes-channels = channels
review-changes-terms = tests, people held out or later additions
review-changes-variants = languages
review-history = History of sign-off
review-history-empty = Never submitted so far.
review-history-submitted = { $name } submitted it
review-history-approved = { $name } signed it
review-history-sent_back = { $name } sent it back
review-history-withdrawn = Withdrawn
review-history-voided = Void, because something was changed
review-history-waiting = Waiting for a reviewer

review-decide = Your decision
review-sign = Sign
review-sign-hint = The seal bears your name, the time, and the code of exactly this content.
review-send-back = Send back
review-reason = What should be mended?
review-reason-hint = So that the author knows at once which place you mean.
review-signed = Signed.
review-sent-back = Sent back to its author.
review-checklist = Before you sign

review-seal-approved = Approved
review-seal-voided = Void
review-seal-hash = code { $hash }

review-own = You wrote or changed part of this letter, so somebody else has to sign it. That holds for administrators, too.
review-own-title = You cannot sign this letter
review-own-who = These people can sign: { $names }.
review-not-reviewer = Only reviewers sign or send back.
review-not-waiting = This letter no longer waits: it was decided, or its author withdrew it.
review-changed = It was changed after it was submitted, so it can no longer be signed. The author has to submit it again.
review-changed-title = It was changed after it was submitted
review-reason-missing = Please write what to mend, so that the author knows.
review-not-open = There is nothing left to withdraw.
review-not-yours = Only its author can withdraw it.
review-nobody = There is nobody to send it to: the sender may not write to anyone in this segment.
review-blocked = { $count ->
    [one] One thing has to be mended before it can be submitted.
   *[other] { $count } things have to be mended before it can be submitted.
 }
review-standing-end = The last day has to be after today, and within { $days } days.
review-standing-occasion = Please choose an occasion.
review-not-standing = This is not a request for a standing approval.

# The author's side
review-step-title = Sign-off
review-step-lead = Somebody else reads and signs, then the letter may go. Submitting freezes the list of people and every word.
review-submit = Submit for review
review-submit-note = A word to the reviewer
review-submit-note-hint = For example: “Has to leave before Friday; prices are confirmed.”
review-check-title = Checking every recipient’s message
review-check-begun = Noted. This segment is large, so it is checked in the background.
review-check-freezing = The list of recipients is being frozen.
review-check-reading = { $done } of { $total } messages checked.
review-check-text = You may leave this page: when nothing stands in the way it goes to the reviewer by itself. An edit now means checking all of it again.
review-check-stop = Stop checking
review-check-stopped = Checking was stopped. The message is still yours to edit.
review-check-over = This check is over already.
review-check-changed = The message was edited while it was checked. Submit again to have the new words checked.
review-submitted = Submitted. { $names } can read and sign it.
review-submitted-nobody = Submitted, but nobody can sign it yet.
review-withdraw = Withdraw it to edit
review-withdrawn = Withdrawn. It is a draft again.
review-alone-title = A second person is needed
review-alone-text = Nobody signs what they wrote themselves. Invite one more person as a reviewer; an account is all they need.
review-alone-invite = Invite somebody
review-alone-ask = Please ask an administrator to invite a reviewer.
review-signers = { $names } can sign this letter.
review-state-waiting = Waiting to be read and signed
review-state-approved = Signed
review-state-sent_back = Sent back
review-state-voided = The signature is void
review-state-withdrawn = Withdrawn
review-waiting-text = Submitted { $when }. If you edit it now it leaves the reviewer’s desk and has to be submitted again.
review-voided-text = Something was changed after it was submitted. Look it over, then submit it again.
review-sent-back-text = { $name } sent it back { $when }:
review-approved-next = On to sending
review-back-to-write = Edit the letter
review-blocked-title = It cannot be submitted yet
review-blocked-text = Mend the places below, then submit again. Nothing is lost.

# Standing approvals
review-standing-title = Standing approval
review-standing-lead = For greetings that go out whenever their day comes: signed once, used until the last day.
review-standing-field-occasion = Occasion
review-standing-field-until = Last day of use
review-standing-revoke = Stop using it
review-standing-revoked = Stopped. No more greetings go out under this approval.
review-standing-holds = In use for “{ $occasion }” until { $until }.

# The desk: waivers, remarks, proposals, questions before signing
review-writers = Who wrote it
review-part-sender = sender
review-part-segment = segment
review-part-channels = channels
review-part-kind = kind
review-part-offer-type = what it offers
review-part-name = name
review-part-email-layout = e-mail layout
review-part-letter-layout = letter layout
review-part-terms = tests and comparisons
review-findings-blocking = { $count ->
    [one] One finding must be mended or waived.
   *[other] { $count } findings must be mended or waived.
 }
review-findings-letter = What cannot be underlined on the printed page, such as something missing, stands in this list only; what concerns the e-mail leads there.
review-findings-elsewhere = In the other languages
review-jump = Show the place in the letter
review-unwaived = { $count ->
    [one] It cannot be signed yet: one finding must be mended or waived.
   *[other] It cannot be signed yet: { $count } findings must be mended or waived.
 }
review-unwaived-text = Waive each with a reason, or send the letter back. Then you can sign.
review-waive = Waive this finding
review-waive-do = Waive it
review-waiver-why = Why may it be waived?
review-waiver-last-day = Counts until the end of
review-waiver-until = until { $until }
review-waiver-granted = Waived. An edit of these words ends the waiver.
review-waiver-ended = The waiver has ended; the finding counts again.
review-waiver-by = Waived by { $name } until { $until }.
review-waiver-asked = { $name } asks to waive it:
review-waiver-expired = The waiver that { $name } asked for has expired:
review-waiver-voided = What { $name } asked for was refused or taken back:
review-waiver-refuse = Refuse
review-waiver-end-do = Take the waiver back
review-waiver-never = Nobody may waive this one.
review-waiver-reason = Please write why it may be waived.
review-waiver-end = Choose a day from today on, within { $days } days.
review-waivers-unused = Waivers that nothing needs any more
review-remarks = Remarks at their places
review-remarks-lead = Open a part of the letter to remark on it or to propose other words. The author sees it beside that part.
review-remark-text = Remark
review-remark-add = Add the remark
review-remark-written = Remark added.
review-remark-empty = The remark is empty.
review-remark-place = This part of the letter is gone.
review-remark-settled = This remark was answered already.
review-remark-of = { $name } remarks
review-remark-state-resolved = Mended
review-remark-state-accepted = Accepted
review-remark-state-declined = Declined
review-propose = Remark, or propose other words
review-propose-fix = Take the rule’s own fix, or write other words
review-proposal-words = Proposed words
review-proposal-why = Why
review-proposal-send = Propose these words
review-proposal-made = Proposed. The author accepts with one click.
review-proposal-of = { $name } proposes
review-proposal-same = These are the words that stand there already.
review-proposal-stale = This part was changed after the proposal was made; please edit it by hand.
review-proposal-answer = Please write a word about why not.
review-sent-back-remarks = See the remarks beside each part of the letter.
review-checklist-missing = { $count ->
    [one] One question is not ticked. Signing means “yes” to all of them.
   *[other] { $count } questions are not ticked. Signing means “yes” to all of them.
 }
review-checklist-signed = What { $name } checked before signing
review-question-understood = Will the recipient understand it?
review-question-sincere = Is the voice natural and sincere?
review-question-tone = Is the tone right for the reader and the matter?
review-question-details = Are all details correct: names, price, deadline, delivery?
review-question-concise = Is it concise and courteous?
review-question-spelling = Is the spelling right?
review-question-grammar = Are grammar and form of address right?
review-question-layout-email = Is the e-mail’s layout reasonable, consistent and attractive, on computer and phone?
review-question-layout-letter = Is the printed page’s layout reasonable, consistent and attractive?
review-question-mutual = Will both sides understand the same about what happens next?
review-question-read-again = Did you read all of it once more before signing?
review-changes-size = Recipients
review-changes-rule = Rule of the segment
review-ask-title = Submit without mending
review-ask-lead = Where there is a good reason, write it for each finding. The reviewer decides whether to waive it; the letter cannot be signed before.
review-ask-why = Why should this be waived?
review-ask-never = One of these can be waived by nobody, so it has to be mended first.
review-submit-asking = Submit and ask for it
review-standing-list = In use until further notice
review-standing-soon = { $count ->
    [0] Its last day is today.
    [one] It ends in one day.
   *[other] It ends in { $count } days.
 }
