"""Days on which one greets: in goes a date, out come birthdays, founding days and holidays near it.

Pure: no database, no clock. Lunar dates follow the Vietnamese calendar (new moons at UTC+7); Chinese
holidays follow the Chinese one (UTC+8), which now and then lies a day or a month apart.
"""
