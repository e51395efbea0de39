# How long things are kept

retention-title = How long things are kept
retention-lede = What has served its purpose is deleted once a day, and the audit log says how much. An empty field keeps it until somebody deletes it.
retention-to = How long things are kept
retention-kind-raw-mail = Replies as raw mail (days)
retention-hint-raw-mail = Their words stay among the replies; the original with its headers and attachments goes.
retention-kind-import-files = Files uploaded for import (days)
retention-hint-import-files = The people imported stay, and an import can still be taken back. A file that was never taken in goes as a whole.
retention-kind-refused-rows = Rows that imports refused (days)
retention-hint-refused-rows = Their number stays; what stood in them goes.
retention-kind-sign-ins = Sign-ins of colleagues (days)
retention-hint-sign-ins = Network addresses and browsers of failed sign-ins and ended sessions.
retention-kind-silent-contacts = Propose silent people for erasure after (days)
retention-hint-silent-contacts = Who never agreed or refused, bought nothing and wrote nothing. Nobody is erased by itself.
retention-default = Default: { NUMBER($days) } days.
retention-would = Now { NUMBER($count) } would go.
retention-save = Save
retention-saved = Saved. The next clearing goes by it.
retention-error-days = Enter a number of days from { $least } to { NUMBER($most) }, or leave it empty.
retention-error-kind = There is no such kind of data.
retention-never = What is never deleted by itself
retention-never-text = The ledger of consents, refusals and the audit log are proof and stay. Opens and clicks are kept without anybody’s network address or browser, so there is nothing to delete.
retention-source = Law 91/2025/QH15 (read in a summary) asks for a period that fits the purpose, and so does article 5(1)(e) of the GDPR; neither gives a number. The defaults are the program’s: ask your counsel.
retention-silent = { $count ->
    [one] One person to look at: need they be kept?
   *[other] { NUMBER($count) } people to look at: need they be kept?
}
retention-nobody-silent = Nobody has been silent long enough to be proposed for erasure.
retention-silent-text = Nothing has happened between them and the house for long. Open the profile and erase their data with a reason, or ask them to agree.
retention-since = Last changed
