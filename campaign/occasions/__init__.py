"""Solar and lunar calendars, holidays of the countries we write to. Pure; low in the house."""
