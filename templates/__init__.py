"""Layouts of e-mails and letters that staff write; data of the package."""
