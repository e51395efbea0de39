asked-import-choice = No: ask these people first
asked-import-choice-hint = Each gets exactly one mail that asks; only who presses its button hears from us. Who ever refused is not asked.
asked-import-preview = { $count ->
    [one] One person will be asked by mail
   *[other] { $count } people will be asked by mail
 }
asked-title = Asked by mail
asked-sentence = { $count ->
    [one] One person is asked, once.
   *[other] { $count } people are asked, once each.
 }
asked-waiting = Waiting for their turn
asked-sent = Asked, no answer yet
asked-confirmed = Agreed
asked-silent = Silent, and not asked again
asked-closed = Not asked: the address is blocked
asked-hint = At most { $hour } such mails an hour, so that nobody takes them for a mailing.
