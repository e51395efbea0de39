suppressions-title = Never write to
suppressions-lede = Addresses and domains that nobody here writes to, whatever the mailing, whatever list they are on.
suppressions-search = Find an address or domain
suppressions-channel = Channel
suppressions-channel-email = E-mail
suppressions-channel-letter = Letter by post
suppressions-domains = { $count ->
    [one] One domain
   *[other] { $count } domains
 }
suppressions-domain = Domain
suppressions-addresses = { $count ->
    [one] One address
   *[other] { $count } addresses
 }
suppressions-address = Address
suppressions-reason = Why
suppressions-since = Since
suppressions-because-unsubscribed = Unsubscribed
suppressions-because-bounced = The mailbox does not exist
suppressions-because-complained = Reported as spam
suppressions-because-returned = The post brought it back
suppressions-because-requested = Somebody asked for it
suppressions-also-dead = The address is dead as well
suppressions-none = Nobody is blocked yet
suppressions-none-text = Whoever unsubscribes and whatever bounces comes here by itself. By hand, for example: a competitor (example.com), or a customer who called and asked to be left alone.
suppressions-none-found = Nothing found
suppressions-none-found-text = No address or domain holds these words.
suppressions-show-all = Show all
suppressions-add = Add to the list
suppressions-entry = Address or domain
suppressions-entry-hint = an@example.com blocks one mailbox; example.com blocks every mailbox there, at shop.example.com too.
suppressions-why = Reason
suppressions-why-hint = Such as: competitor; called on 9 March and asked to stop.
suppressions-add-do = Block
suppressions-list = Add a whole list
suppressions-list-lines = One address or domain a line
suppressions-list-hint = What stands behind a comma is left out. At most 20,000 lines.
suppressions-list-file = Or choose a file
suppressions-list-do = Block them all
suppressions-list-taken = Blocked { $addresses } more addresses and { $domains } domains; { $known } stood there before.
suppressions-list-wrong = { $count ->
    [one] One line could not be read
   *[other] { $count } lines could not be read
 }
suppressions-list-line = Line { $number }: { $line }
suppressions-domain-added = Nobody writes to { $domain } any more.
suppressions-address-added = Nobody writes to this address any more.
suppressions-address-known = This address was blocked before; the stronger of the two reasons stays.
suppressions-sure-title = Block all of { $domain }?
suppressions-sure-text = { $count ->
    [one] One person in your contacts has
   *[other] { $count } people in your contacts have
 } a mailbox at { $domain } or below. They will get no advertising and no greeting any more.
suppressions-sure-do = Block the domain
suppressions-lift = Unblock
suppressions-lift-title = Unblock { $what }?
suppressions-lift-text = { $because }, since { $day }. Unblock only when they asked for it themselves, or when it was a mistake. A consent that was withdrawn stays withdrawn.
suppressions-lift-domain-text = Those there who agreed will get mail again. Addresses that are blocked by themselves stay blocked.
suppressions-lift-reason = Why it may be unblocked
suppressions-lift-reason-hint = Kept in the log. Such as: wrote on 9 March and asked for mail again.
suppressions-lifted = Unblocked; the reason is in the log.
suppressions-error-domain = “{ $value }” is no domain. Write it like example.com.
suppressions-error-whole-country = “{ $value }” belongs to a whole country or kind of body. Write the full name, like example.com.vn.
suppressions-error-entry = “{ $value }” is no e-mail address. Write it like an@example.com, or example.com for the whole domain.
suppressions-error-reason = Say why: somebody will have to understand it later.
suppressions-error-no-list = Paste some lines or choose a file.
suppressions-error-too-many = The list has more than { $limit } lines. Bring it in parts.
suppressions-error-encoding = The file is not UTF-8. Save it as UTF-8, or paste its lines.
suppressions-of-domain = The domain { $domain } is blocked: { $reason }
suppressions-folded = Nobody has this address any more; its marks were not kept.
