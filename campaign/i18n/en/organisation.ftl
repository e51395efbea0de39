# the organisation of a person, in the form of a profile
organisation-hint = For a contact person of an organisation. Type its name or code; leave it empty when there is none.
organisation-found = Which organisation do you mean?
organisation-which = “{ $name }” does not say which organisation. Choose one, or type its whole name.
organisation-none = There is no organisation “{ $name }” yet. Type another word, or add the organisation first.
