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
review-audience-left-out = { $count } of the segment are left out.
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
review-changes-channels = channels
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
review-checklist-1 = Will the recipient understand it at once?
review-checklist-2 = Is the voice natural and sincere?
review-checklist-3 = Are price, deadline and delivery right?
review-checklist-4 = Spelling, grammar, form of address?

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
