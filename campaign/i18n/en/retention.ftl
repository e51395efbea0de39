# How long things are kept

retention-title = How long things are kept
retention-lede = What has served its purpose is deleted once a day, and the audit log says how much. An empty field keeps it until somebody deletes it.
retention-to = How long things are kept
retention-kind-raw-mail = Replies as raw mail (days)
retention-hint-raw-mail = Their words stay among the replies; the original with its headers and attachments goes.
retention-kind-reply-words = Words of replies (days)
retention-hint-reply-words = Of replies that were answered or closed: address, subject, words and the raw mail go; who replied to what on which day stays. Open ones stay. What the house answered stays.
retention-kind-opens-clicks = Who opened and clicked (days)
retention-hint-opens-clicks = Of mailings that are over. The figures of reports stay as they are; who it was and when goes, so segments that ask for an earlier time do not find these people any more.
retention-kind-print-files = PDF and ZIP files of print runs (days)
retention-hint-print-files = From the day they were posted. Then the letter that a customer received cannot be looked at any more; numbers, dates and the hash stay.
retention-kind-frozen-values = Addresses and frozen values of what was sent (days)
retention-hint-frozen-values = Of mailings that are over and of which no reply waits. Then it cannot be shown any more what exactly somebody received: outcome, times and hash are left.
retention-kind-unsent-lists = Frozen lists that were never sent (days)
retention-hint-unsent-lists = Of what was sent back, withdrawn, edited after it was submitted, or called off: addresses and values go, the counts stay.
retention-kind-erased-orders = Orders of erased people (days)
retention-hint-erased-orders = From the day of the erasure, of whole customers only. The house’s sales become less by them, and other customers are ranked among those who are left.
retention-kind-import-files = Files uploaded for import (days)
retention-hint-import-files = The people imported stay, and an import can still be taken back. A file that was never taken in goes as a whole.
retention-kind-refused-rows = Rows that imports refused (days)
retention-hint-refused-rows = Their number stays; what stood in them goes.
retention-kind-sign-ins = Sign-ins of colleagues (days)
retention-hint-sign-ins = Network addresses and browsers of failed sign-ins and ended sessions.
retention-kind-silent-contacts = Propose silent people for erasure after (days)
retention-hint-silent-contacts = Who never agreed or refused, bought nothing and wrote nothing. Nobody is erased by itself.
retention-default = Default: { NUMBER($days) } days.
retention-default-none = Default: kept until somebody deletes it.
retention-would = Now { NUMBER($count) } would go.
retention-look = See how much would go
retention-looked = Nothing was saved: each field says how much would go with these days.
retention-save = Save
retention-saved = Saved. The next clearing goes by it.
retention-error-days = Enter a number of days from { $least } to { NUMBER($most) }, or leave it empty.
retention-error-kind = There is no such kind of data.
retention-never = What is never deleted by itself
retention-never-text = The ledger of consents, refusals and the audit log are proof and stay; profiles, notes and orders of a customer stay until that person is erased. Opens and clicks are kept without anybody’s network address or browser.
retention-source = Law 91/2025/QH15 (read in a summary) asks for a period that fits the purpose, and so does article 5(1)(e) of the GDPR; neither gives a number. The defaults are the program’s: ask your counsel.
retention-silent = { $count ->
    [one] One person to look at: need they be kept?
   *[other] { NUMBER($count) } people to look at: need they be kept?
}
retention-nobody-silent = Nobody has been silent long enough to be proposed for erasure.
retention-silent-text = Nothing has happened between them and the house for long. Open the profile and erase their data with a reason, or ask them to agree.
retention-since = Last changed
