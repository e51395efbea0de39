# Reading and saving copy
compose-error-schema = The message could not be read: its form is wrong. Reload the page and try again.
compose-error-blocks = The message has too many parts; { $limit } at most.
compose-error-duplicate-id = Two parts of the message bear the same id. Reload the page and try again.
compose-error-duplicate-part = Each part occurs once in a message; only paragraphs of the body may be several.
compose-error-part = A part of the message is not valid. Reload the page and try again.
compose-error-id = The id of a part is not valid (plain letters and digits, { $limit } characters at most).
compose-error-text = This part has to be text.
compose-error-too-long = This part has { $length } characters; { $limit } at most. Please shorten it.

# Names of the parts
compose-part-subject = Subject
compose-part-preheader = Preview line
compose-part-salutation = Salutation
compose-part-hook = Opening
compose-part-body = Body
compose-part-offer = Offer
compose-part-action = Call to action
compose-part-closing = Closing
compose-part-postscript = P.S.

# Merge fields and conditions in copy
compose-problem-syntax = The braces of a merge field are not right. Write {"{{ contact.given_name }}"}: two braces to open, two to close.
compose-problem-unknown-field = There is no field “{ $name }”. Choose one from the list beside the text.
compose-problem-unknown-field-near = There is no field “{ $name }”. Did you mean “{ $near }”?
compose-problem-underscore = “{ $name }” starts with an underscore; copy may not use such names.
compose-problem-loop = Copy has no loops. Write out what you want to say.
compose-problem-call = Copy calls no functions. Use merge fields and filters, such as {"{{ contact.given_name|default('friend') }}"}.
compose-problem-arithmetic = Copy does no arithmetic. Write the figure or the words.
compose-problem-bracket = Copy has no lists and no square brackets. Write the field's name with dots: contact.given_name.
compose-problem-statement = This tag cannot stand in copy. Use merge fields, filters and if … else … endif.
compose-problem-filter = There is no filter “{ $name }”. Try “{ $near }”.
compose-problem-filter-arguments = The filter “{ $name }” takes one value in its brackets.
compose-problem-filter-bare = The filter “{ $name }” takes nothing in brackets.
compose-problem-number = This number is too large for a letter.
compose-problem-comparison = A condition compares with == or !=, once.
compose-problem-else = A short condition needs its “else”.
compose-problem-too-deep = The conditions are nested too deeply. Make two messages of it, or write it more simply.
compose-problem-too-much = This part has too many merge fields and conditions. Write it more simply.
compose-problem-if-across = A condition opens in this paragraph and ends in another. Keep if and endif in one paragraph, or put each on a line of its own with blank lines around it.
compose-problem-url = A link starts with https:// (or mailto:, tel:) and names its host.
