# Searching in the list of contacts

search-hint = A name with marks or without, in any order; a code; a phone number or its last digits; an e-mail address or what follows the @.
search-too-long = That is { NUMBER($length) } characters, longer than any name or address. Enter at most { $limit }.
search-too-many-words = Those are more words than a name has. Enter at most { $limit }.
search-refused = Nothing was looked for
search-count = { $count ->
    [0] Nobody found
    [one] One contact found
   *[other] { NUMBER($count) } contacts found
}
search-count-many = More than { NUMBER($limit) } contacts found; the best ones come first. Another word narrows it down.
search-range-many = { NUMBER($first) }–{ NUMBER($last) } of more than { NUMBER($limit) }
search-none-text = No name, code, e-mail address, phone number or organisation has “{ $text }”.
search-none-filters = Nobody is like that.
search-none-hint = Try the beginning of a word, fewer words, or the last digits of the phone number. Marks may be left out.
search-without-filters = Look among all contacts
