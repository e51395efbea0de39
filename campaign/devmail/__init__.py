"""The development mailbox: takes mail by SMTP and keeps it in files."""
