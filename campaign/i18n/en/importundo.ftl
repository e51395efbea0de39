# what taking an import back would do, asked before it is done
importundo-ask = Take the import of { $file } back?
importundo-lede = If you do, this is what happens.
importundo-nothing = Nothing of this import is left to give back. Taking it back only notes that the file is withdrawn.
importundo-do = Take the import back
importundo-people-removed = { $count ->
    [one] One person whom the file brought in is
   *[other] { NUMBER($count) } people whom the file brought in are
} deleted.
importundo-people-changed = { $count ->
    [one] One person who was there before gets their
   *[other] { NUMBER($count) } people who were there before get their
} former facts back; what was changed since stays.
importundo-people-retracted = { $count ->
    [one] One consent of the file is
   *[other] { NUMBER($count) } consents of the file are
} retracted: nobody is written to because of it any more.
importundo-people-unasked = { $count ->
    [one] One person who has not got the mail that asks for consent yet is
   *[other] { NUMBER($count) } people who have not got the mail that asks for consent yet are
} not asked.
importundo-people-kept = { $count ->
    [one] One person whom the file brought in stays
   *[other] { NUMBER($count) } people whom the file brought in stay
}, because somebody has dealt with them or changed their facts since.
importundo-people-standing = { $count ->
    [one] One consent of the file is
   *[other] { NUMBER($count) } consents of the file are
} left alone, because the person has said something else since.
importundo-orders-removed = { $count ->
    [one] One order that the file brought in is
   *[other] { NUMBER($count) } orders that the file brought in are
} deleted; one that was changed since stays.
importundo-orders-changed = { $count ->
    [one] One order that the file changed becomes what it was
   *[other] { NUMBER($count) } orders that the file changed become what they were
}; one that was changed again since stays.
importundo-orders-kept = { $count ->
    [one] One order stays as it is, because a later file is about it
   *[other] { NUMBER($count) } orders stay as they are, because a later file is about them
}.
importundo-stays = Refusals and addresses never to write to stay as they are: taking an import back makes nobody writable.
