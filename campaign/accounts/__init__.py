"""The people who work here: sign-in, roles, sessions. In: names and passwords; out: accounts."""
