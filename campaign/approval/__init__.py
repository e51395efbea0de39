"""Approval: submit, sign, send back; bound to the hash of what was seen."""
