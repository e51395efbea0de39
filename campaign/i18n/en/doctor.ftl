doctor-spf-none = { $domain } has no SPF record. Publish one as TXT: v=spf1 ip4:ADDRESS-OF-YOUR-RELAY -all
doctor-spf-two = There are { $count } SPF records at { $domain }; receivers then count none. Join them into one.
doctor-spf-syntax = “{ $term }” in the SPF record cannot be read; receivers then count the whole record as wrong.
doctor-spf-loop = The SPF record includes itself by way of { $at }.
doctor-spf-include = The SPF record includes { $at }, which has none; receivers then count the whole record as wrong.
doctor-spf-too-many = The SPF record asks the DNS more than { $most } times; receivers stop there. Replace includes by addresses.
doctor-spf-void = More than { $most } names in the SPF record lead nowhere; receivers stop there. Take them out.
doctor-spf-record = { $record } ({ $lookups } of { $most } questions)
doctor-spf-everybody = The SPF record lets everybody send in your name; end it with -all or ~all.
doctor-spf-pass = Mail from { $address } is covered.
doctor-spf-fail = Mail from { $address } is not covered at { $domain }: { $result }. Add ip4: or ip6: with this address.
doctor-no-addresses = Nobody knows from which addresses mail leaves: set CAMPAIGN_SENDING_ADDRESSES.
doctor-dkim-no-keys = No DKIM key was named: name its selector, or make a key.
doctor-dkim-none = There is no key at { $name }. Publish it as TXT.
doctor-dkim-two = There are several records at { $name }; keep one.
doctor-dkim-syntax = The record at { $name } is no DKIM key.
doctor-dkim-revoked = The key at { $name } is withdrawn (p= is empty).
doctor-dkim-other = The key at { $name } is not the one that mail is signed with.
doctor-dkim-broken = The key at { $name } cannot be read; it was probably cut when it was copied.
doctor-dkim-short = The key at { $name } has { $bits } bits; make one of 2048.
doctor-dkim-testing = The key at { $name } is marked as a test (t=y); take the mark away.
doctor-dkim-key = { $name }: { $kind }
doctor-dmarc-none = { $domain } has no DMARC policy. Publish at _dmarc.{ $domain }: v=DMARC1; p=none; rua=mailto:YOU
doctor-dmarc-syntax = The DMARC record of { $domain } cannot be read, or there are two.
doctor-dmarc-policy = { $domain }: p={ $policy }
doctor-dmarc-p-none = The policy is none: forged mail is not stopped. Go on to quarantine when the reports are clean.
doctor-dmarc-no-reports = No address for reports (rua=): you do not learn who sends in your name.
doctor-dmarc-aligned = The bounce domain { $envelope } belongs to the sender.
doctor-dmarc-by-dkim = The bounce domain { $envelope } is not of { $domain }; only the DKIM signature agrees.
doctor-dmarc-not-aligned = Neither the bounce domain { $envelope } nor a signature agrees with { $domain }: DMARC fails.
doctor-ptr-none = { $address } has no name (PTR); large receivers refuse its mail. Ask whoever gave you the address.
doctor-ptr-not-confirmed = { $address } is called { $name }, but { $name } does not lead back to it.
doctor-ptr-confirmed = { $address } is { $name }, both ways.
doctor-mx-none = { $domain } takes no mail: no MX and no address. Replies and bounces get lost.
doctor-mx-null = { $domain } says that it takes no mail (null MX).
doctor-mx-a = { $domain } has no MX; its own address stands in for it. Publish one.
doctor-mx-nowhere = The MX of { $domain }, { $host }, has no address.
doctor-mx-there = Mail to { $domain } goes to { $host }.
doctor-relay-silent = { $relay } does not answer: { $why }
doctor-relay-there = { $relay } answers.
doctor-relay-offers = It offers { $feature }.
doctor-relay-lacks = It does not offer { $feature }; sending is slower or larger for it.
doctor-tls-none = { $relay } does not encrypt; passwords and mail travel in the open.
doctor-tls-local = { $relay } is this machine; nothing needs to be encrypted.
doctor-tls-unused = { $relay } can encrypt, but SMTP_URL does not ask it to: add ?starttls=1
doctor-tls-invalid = The certificate of { $relay } is not valid: { $why }
doctor-tls-soon = The certificate ends in { $days } days.
doctor-tls-valid = The certificate is valid for { $days } days.
doctor-dns-silent = The DNS does not answer: { $why }
