"""How a delivery leaves: SMTP and the print run."""
