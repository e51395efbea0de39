# The writing desk
editor-title = Write
editor-lead = One letter, one thing to do. It is checked whenever you pause.
editor-save = Save
editor-saved = Saved at { $time }
editor-unsaved = Not saved yet
editor-not-saved = Not saved: { $why }
editor-saved-voids = This letter is at sign-off. Saving a change takes it away from there and voids the signature.
editor-save-and-void = Save and void the signature
editor-locked = It has been sent; now it can only be read.
editor-next = On to the check
editor-languages = Languages
editor-language-vi = Vietnamese
editor-language-en = English
editor-language-zh = Chinese
editor-variant-arm = { $name } · version { $arm }
editor-language-add = Add { $name }
editor-language-remove = Remove { $name }
editor-language-added = Added. It begins with the words of the first version, to be translated.
editor-language-removed = Removed.
editor-language-unknown = This language is not supported yet.
editor-language-there = The letter has this language already.
editor-language-last = A letter needs at least one language.
editor-language-used = This version was submitted once and is kept as evidence.

editor-hint-subject = Say at once what the reader gains. For example “Save 30% on Bát Tràng teapots”.
editor-hint-preheader = Stands beside the subject in the inbox. Go on from it; do not repeat it.
editor-hint-salutation = For example “Dear Ms …,”
editor-hint-hook = One or two sentences: what does the reader gain?
editor-hint-body = Bear out the opening with facts. An empty line begins a new paragraph.
editor-hint-offer = One offer, complete enough to decide without asking. Leave it empty when you sell nothing.
editor-fact-product = What
editor-fact-price = Price
editor-fact-deadline = Until
editor-fact-delivery = Delivery
editor-fact-code = Code
editor-hint-action = Exactly one thing to do, beginning with a verb. For example “Order your teapot before 31 March”.
editor-action-url = Link
editor-action-url-hint = Begins with https://
editor-hint-closing = For example “Kind regards,” and the writer’s name.
editor-hint-postscript = Optional, but everybody reads it: say again what the reader gains. Begin with “P.S.”, as it will stand in the message.
editor-keep-breaks = Keep my own line breaks
editor-add-body = Add a paragraph
editor-remove-body = Remove this paragraph
editor-fields = Insert personal facts
editor-fields-hint = Click to insert at the cursor. Each recipient sees their own.
editor-fields-uncertain = may be empty
editor-field-contact-full_name = Full name
editor-field-contact-given_name = Given name
editor-field-contact-form_of_address = Form of address
editor-field-contact-code = Customer code
editor-field-contact-email = E-mail
editor-field-contact-phone = Phone
editor-field-contact-position = Position
editor-field-contact-organisation = Organisation
editor-field-contact-province = Province
editor-field-contact-birth_year = Year of birth
editor-field-system-reply_code = Reply code
editor-field-system-today = Day of sending
editor-field-system-unsubscribe_url = Link to unsubscribe
editor-field-system-view_url = Link to the letter as a page
editor-default-word = valued customer
editor-layout-email = E-mail layout
editor-layout-letter = Letter layout
editor-layout-choose = Choose a layout
editor-layout-use = Use this one
editor-layout-now = In use
editor-layout-saved = The layout is changed.

editor-count-words = { $count } / { $limit } words
editor-count-line = widest line { $width } / { $limit }
editor-count-offers = { $count ->
    [0] no offer yet
    [1] one offer
   *[other] { $count } offers
 }
editor-counters = Words, widest line, offers
editor-mend = Mend it
editor-mended = Mended.
editor-mend-undo = Undo
editor-mend-gone = That place has changed since it was checked, so there was nothing to mend.
editor-findings-none = Nothing to mend.
editor-findings-count = { $count ->
    [one] One remark
   *[other] { $count } remarks
 }{ $blocking ->
    [0] {""}
   *[other] , { $blocking } to be mended
 }
editor-findings-elsewhere = About the letter as a whole

editor-conflict-title = Somebody else has just saved a newer version
editor-conflict-text = Your words are all still here. See where the other version differs, then choose.
editor-conflict-mine = Save mine
editor-conflict-theirs = Take theirs
editor-conflict-their-text = The version that is saved

editor-problems-left = { $count ->
    [one] One place in the copy cannot be understood. Mend it in the step “What”, then submit again.
   *[other] { $count } places in the copy cannot be understood. Mend them in the step “What”, then submit again.
 }
editor-place = { $part }, line { $line }
editor-preview-title = What the recipient sees
editor-preview-as = Seen as
editor-preview-search = Find a recipient
editor-preview-find = Find
editor-preview-nobody = Nobody in this segment matches that name.
editor-preview-no-people = There is nobody to try it with yet. Choose a segment in the step “Whom”.
editor-preview-desktop = Computer
editor-preview-phone = Phone
editor-preview-text = Plain text
editor-preview-letter = Letter
editor-preview-page = Page { $page } of { $pages }
editor-preview-frame = The letter as its recipient sees it
editor-preview-broken = The letter cannot be shown yet
editor-preview-broken-text = Mend what is noted beside the field, and it appears here again.
editor-test-send = Send me a test
editor-test-sent = A test is on its way to { $address }. Tests are counted nowhere.
editor-test-failed = The test could not be sent: { $why }
editor-test-subject = [Test] { $subject }

editor-check-title = Check
editor-check-lead = Everything the checks found, place by place. What is marked “to be mended” stands in the way of sign-off.
editor-check-clean-title = Nothing to mend
editor-check-clean-text = The letter passes every rule. Let somebody else read and sign it.
editor-check-next = On to sign-off
editor-check-fix = Mend it here
editor-check-why = Why
editor-check-everything = This was checked on the copy; when you submit, every single recipient’s letter is checked.
editor-greetings-title = Greetings
editor-greetings-lead = Each greeting is signed once for an occasion; then the care desk sends it to each person when their day comes.
editor-greetings-new = Write a new greeting
editor-greetings-empty-title = No greetings yet
editor-greetings-empty-text = Write a birthday greeting, let somebody else sign it, and the care desk can send it.
editor-greetings-name = Name of the greeting
editor-greetings-name-hint = Only people here see it. For example “Birthday, regular customers”.
editor-proposal-accept = Accept these words
editor-proposal-accepted = Accepted. The letter has to be submitted again.
editor-proposal-decline = Decline
editor-proposal-answer = Why?
editor-proposal-decline-do = Answer
editor-remark-resolve = Mended
