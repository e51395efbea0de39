lint-title = Checks
lint-none = Nothing found.
lint-count = { $count ->
    [0] No remarks
    [one] { $count } remark
   *[other] { $count } remarks
}
lint-blocking = { $count ->
    [0] Nothing blocks sign-off
    [one] { $count } thing to mend before sign-off
   *[other] { $count } things to mend before sign-off
}
lint-severity-error = Must be mended
lint-severity-warning = Should be mended
lint-severity-information = Hint
lint-recipients = { $count ->
    [one] { $count } recipient
   *[other] { $count } recipients
}
lint-recipients-example = { $count ->
    [one] { $count } recipient: { $name }
   *[other] { $count } recipients, for example { $name }
}
lint-line = Line { $line }
lint-words = { $count }/{ $limit } words
lint-widest = Widest line { $count }/{ $limit }
lint-offers = { $count ->
    [one] { $count } offer
   *[other] { $count } offers
}
lint-why = Why?
lint-apply-fix = Fix it for me
lint-part-subject = Subject
lint-part-text = Text
lint-part-html = HTML
lint-part-typeset = Letter page
lint-rendering-failed = The message could not be filled for { $name }: { $error }
