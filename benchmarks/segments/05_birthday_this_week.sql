-- Solar or lunar birthday within seven days of 9 March 2026; the lunar days were looked up in a calendar.
SELECT count(*) FROM contact AS c WHERE c.erased_at IS NULL AND (
    c.birth_calendar = 'solar' AND c.birth_month = 3 AND c.birth_day BETWEEN 9 AND 16
    OR c.birth_calendar = 'lunar' AND c.birth_month = 1 AND c.birth_day BETWEEN 21 AND 28
)
