"""Contacts: profile, import, consent, suppression, holds. In: forms and files; out: dated rows."""
