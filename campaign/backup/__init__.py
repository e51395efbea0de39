"""One file that holds an installation: its database as of one moment, its stored files, and a manifest.

`sealed` is the container (plain or encrypted), `contents` what lies in it, `sqlite` and `postgres` copy the
database, `make` writes a backup, `restore` reads one. Keys are not in it: keep `secret_key` and
`evidence_key.pem` apart from it, or whoever finds the file has both.
"""
