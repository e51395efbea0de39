common-product = Campaign
common-skip = Skip to the content
common-settings = Preferences
common-places = Pages
common-my-account = My account
common-sign-out = Sign out
common-language = Language
common-language-vi = Tiếng Việt
common-language-en = English
common-theme = Paper
common-theme-auto = As the device
common-theme-light = Light
common-theme-dark = Dark
common-optional = (optional)

common-nav-desk = Today
common-nav-contacts = Customers
common-nav-segments = Segments
common-nav-campaigns = Campaigns
common-nav-care = Care
common-nav-replies = Replies
common-nav-review = Review
common-nav-rules = Rules
common-nav-letters = Print runs
common-nav-mailbox = Test mailbox
common-nav-report = Results
common-nav-people = People
common-nav-senders = Senders
common-nav-sending = Sending limits
common-nav-worth = Customer worth
common-nav-operations = Operations
common-nav-audit = Audit log

common-role-admin = Administrator
common-role-marketer = Marketer
common-role-care = Customer care
common-role-reviewer = Reviewer

common-steps = Steps
common-step-open = not yet
common-step-here = you are here
common-step-done = done
common-step-stop = something is in the way

common-severity-blocking = Must change
common-severity-warning = Look again
common-severity-info = Note
common-waived = waived

common-seal-signed = Signed off
common-seal-broken = The seal no longer holds
common-seal-waiting = Waiting for sign-off
common-seal-line-1 = READ
common-seal-line-2 = SIGNED

common-pager = Pages of the list
common-pager-range = { $total ->
    [0] No entries
   *[other] { $first }–{ $last } of { $total }
}
common-pager-previous = Previous
common-pager-next = Next
common-search = Search
common-search-do = Search
common-filter-do = Filter
common-save = Save
common-back = Back
common-cancel = Cancel
common-leave-it = No, leave it as it is
common-just-now = just now
common-all = All
common-yes = Yes
common-no = No
common-saved = Saved.

common-channel-email = E-mail
common-channel-letter = Letter
common-channel-both = E-mail and letter

common-error-home = To the first page
common-error-number = Error { $number }
common-error-400-title = We could not read this request
common-error-400-text = Something in it is missing or malformed. Go back, check the form and send it again.
common-error-csrf-title = This form is too old
common-error-csrf-text = The page was open for long, or the browser blocks cookies; nothing was saved. Go back, reload the page and send it again.
common-error-401-title = Please sign in
common-error-401-text = This page is for people who are signed in.
common-error-403-title = This page is not part of your work
common-error-403-text = If you need it, ask an administrator to give your account another role.
common-error-404-title = There is no such page
common-error-404-text = The address may be mistyped, or what was here has been removed.
common-error-token-title = This link does not work
common-error-token-text = Part of the link was lost or changed on the way. Please open it again from the message.
common-error-405-title = This page does not take that
common-error-405-text = Go back to the page before and start again from there.
common-error-409-title = This cannot be done now
common-error-409-text = It has just changed. Reload the page and try again.
common-error-413-title = The file is too large
common-error-413-text = At most 32 MB at a time. Please split it into smaller parts.
common-error-429-title = Please wait a moment
common-error-429-text = There were too many attempts in a short time. Wait a little and try again.
common-error-500-title = Something went wrong on our side
common-error-500-text = It has been noted, and nothing of this request was saved. Try again in a few minutes; if it stays, tell your administrator.
