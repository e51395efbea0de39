# Forms and the mail that confirms: read by people outside, so there is Chinese as well.
subscribe-email = E-mail address
subscribe-name = Name
subscribe-name-optional = Not required
subscribe-topics = What would you like to hear about?
subscribe-agree-legend = Consent
subscribe-again = Please look it over and press the button once more, so that we know it is you.
subscribe-missing-email = Please write your address, such as an@example.com.
subscribe-missing-agree = Please tick the box: without it we may not write.
subscribe-too-many = Too many people have signed up from this network just now. Please try again in an hour.
subscribe-asked-title = Please look into your mailbox
subscribe-asked-text = We have just sent a mail to the address you wrote. Open it and press the button in it; until then we send nothing. Nothing there? Please look among the spam.
subscribe-law = You can refuse at any time, with one click in each mail.
subscribe-closed-title = This form is closed
subscribe-closed-text = Please ask whoever gave you the link.
subscribe-trap = Please leave this field empty
subscribe-confirm-title = Hear from { $sender }?
subscribe-confirm-text = Press the button to confirm { $address } and to agree to this:
subscribe-confirm-do = Yes, it was me
subscribe-confirm-leave = It was not you? Just close this page: nothing happens, and the address will be deleted.
subscribe-content = What it is about
subscribe-frequency = How often
subscribe-done-title = Confirmed, thank you
subscribe-done-text = { $sender } will write to { $address }. Every mail has a link to stop it.
subscribe-done-choices = Choose what you hear, and how often
subscribe-over-title = This link is too old
subscribe-over-text = A link to confirm is good for some days only. Please sign up again and we send a new mail.
subscribe-blocked-title = This address is blocked
subscribe-blocked-text = We may not write to this address. If you would like to hear from us, please write a line to { $email }.

subscribe-default-title = News from { $sender }
subscribe-default-lead = What is new and what is on offer, in one short mail.
subscribe-default-wording = I agree to receive e-mail from { $organisation } about new products and offers, one a week at most. I can refuse at any time.
subscribe-default-content-kind = new products and offers
subscribe-default-frequency = one a week at most
subscribe-default-button = Sign up
subscribe-default-thanks = Thank you. We look forward to writing to you.
subscribe-default-mail-subject = Please confirm your e-mail address
subscribe-default-mail-text =
    Dear reader,

    This address was just written into the form for news of { $sender }. If it was you, please press the button below within { $days } days. You will have agreed to this:
subscribe-default-mail-button = Yes, it was me
subscribe-default-mail-closing =
    It was not you? Please leave this mail alone: we send nothing more and delete the address after { $days } days.

    Kind regards,
    { $sender }
subscribe-asked-mail-subject = Would you like to hear from { $sender }?
subscribe-asked-mail-text =
    Dear reader,

    We have your address and never sent you any news. We do so only if you want it: please press the button below within { $days } days. You will have agreed to this:
subscribe-asked-mail-button = Yes, please write to me
subscribe-asked-mail-closing =
    You would rather not? Then do nothing: we ask this once and never again.

    Kind regards,
    { $sender }
subscribe-wishes-mail-text =
    Dear reader,

    Somebody has just switched the news of { $sender } on again, on the page of your choices. If it was you, please press the button below within { $days } days. You will have agreed to this:
