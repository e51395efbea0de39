"""The people who work here: sign-in, roles, sessions. In: names and passwords; out: accounts.

`people` changes accounts, `passwords` hashes, `sessions` signs browsers in and out, `throttle` slows
guessing down, `demo` names the logins of the demonstration.
"""
