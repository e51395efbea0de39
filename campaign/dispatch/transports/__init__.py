"""How a delivery leaves: SMTP (the development mailbox is SMTP as well); letters leave by print run."""
