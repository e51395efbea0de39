"""Will strangers' servers trust mail of this domain? SPF, DKIM, DMARC, reverse names, the way back, and the
relay: looked at before the first campaign, by `campaign doctor` and by a page.

`remark` is what a check says, `names` asks the DNS, `spf`, `dkim`, `dmarc`, `addresses` and `relay` check one
thing each, `check` does all of it and keeps what it found.
"""
