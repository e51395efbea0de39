# Rules: to look up, with examples, and as this house applies them
rules-title = Rules
rules-lead = Every letter is checked by these. Each says why, where it comes from, and what is good.
rules-search = Find a rule
rules-family = Family
rules-severity = Severity
rules-count = { $count ->
    [one] { $count } rule
   *[other] { $count } rules
 }
rules-changed = changed here
rules-none = There is no such rule
rules-none-text = Try fewer words, or fewer filters.
rules-show-all = Show all
rules-to-settings = Adapt to our house
rules-family-subject = Subject
rules-family-hook = Opening
rules-family-offer = Offer
rules-family-action = Call to action
rules-family-layout = Length and layout
rules-family-tone = Tone
rules-family-structure = Structure
rules-family-postscript = Postscript
rules-family-personalisation = Merge fields
rules-family-links = Links and images
rules-family-html = HTML
rules-family-delivery = Delivery
rules-family-law = Law
rules-family-others = Rules added
rules-severity-error = Must change
rules-severity-warning = Look again
rules-severity-information = Note
rules-severity-off = Off
rules-severity-default = As shipped ({ $word })
rules-severity-by-kind = Differs by kind of message
rules-channel-email = e-mail
rules-channel-letter = letter
rules-channels = Applies to
rules-code = Code
rules-source = Source
rules-article = art. { $article }
rules-status-verified = Compared with the text, { $when }.
rules-status-third-party = By somebody's summary, { $when }.
rules-status-unverified = Not compared with the text yet, { $when }.
rules-bad = Not like this
rules-good = Like this
rules-no-examples = No examples in this language yet.
rules-here = In our house
rules-locked = Cannot be changed
rules-locked-text = It protects people who did not agree to hear from you, so nobody can switch it off or lower it.
rules-law-hint = How much a rule of law weighs, only an administrator changes.
rules-law-admin = How much a rule of law weighs, only an administrator changes. A reviewer may change everything else.
rules-not-editor = Only reviewers and administrators adapt the rules.
rules-too-long = The settings are longer than { $most } characters.
rules-error = Not taken: { $why }.
rules-error-at = Not taken, at { $where }: { $why }.
rules-why-number = a number from { $least } to { $most } is expected
rules-why-choice = “{ $given }” is not one of these: { $choices }
rules-why-unknown = there is no such entry{ $near ->
    [none] {""}
   *[other] ; did you mean { $near }?
 }
rules-why-shape = entries are expected here, as in the example
rules-why-phrase = “{ $given }” is no word or phrase of 1 to { $most } characters without # ( ) |
rules-why-phrases = a list takes at most { $most } words or phrases
rules-why-locked = it protects people who did not agree to hear from you, and cannot be changed

rules-settings-title = Adapt the rules
rules-settings-lead = Counts at once for what is being written and what is submitted next. Seals stay whole; the evidence names the settings that a message was signed under.
rules-settings-newest = { $name } changed them last at { $when }.
rules-settings-wrong = Not saved: see the place that is marked below.
rules-limits = Limits
rules-limit-default = Empty: { $default }.
rules-limit-hint = Empty: { $default }. From { $least } to { $most }.
rules-limit-max_words = Words, { $tongue }
rules-limit-line_width = Width of a line
rules-limit-line_unit = Lines are measured in
rules-unit-columns = columns (Chinese takes two)
rules-unit-graphemes = characters
rules-limit-subject_columns = Width of the subject, columns
rules-limit-exclamation_marks = Exclamation marks in a message
rules-limit-paragraph_lines = Lines of a paragraph
rules-limit-sentence_words_vi = Words of a sentence, Vietnamese
rules-limit-sentence_words_en = Words of a sentence, English
rules-limit-sentence_words_zh = Characters of a sentence, Chinese
rules-limit-calls_to_action = Places to go
rules-limit-copies = People in copy (Cc)
rules-limit-words_beside_images = Fewest words beside images
rules-weights = Severity of each rule
rules-weights-hint = “Must change” stops sign-off. To set it by kind of message, open the rule's page.
rules-words = Word lists
rules-words-lead = Words of our own: add what should be found, take out what we use on purpose.
rules-words-list = List
rules-words-open = Open
rules-words-changed = { $added } added, { $removed } taken out
rules-words-add = Add
rules-words-add-hint = One word or phrase a line, with all its marks. A line that begins with ! is a longer phrase that is let pass.
rules-words-remove = Take out
rules-words-remove-hint = Spelled as in the list beside.
rules-words-shipped = { $count ->
    [one] { $count } entry as shipped
   *[other] { $count } entries as shipped
 }
rules-toml = As TOML
rules-toml-hint = To take to another machine, keep with your code, or use with campaign lint --config.
rules-toml-lead = All that our house changed, as text. Another text put here replaces all of it.
rules-toml-text = Text
rules-toml-open = Look and edit
rules-toml-download = Download
rules-toml-example = Example
