auth-sign-in-title = Sign in
auth-sign-in-hello = Good to see you
auth-sign-in-lede = Write to customers as one writes to people one knows: the right person, the right moment, read twice.
auth-email = E-mail address
auth-password = Password
auth-sign-in-do = Sign in
auth-sign-in-wrong = The e-mail address or password is not right. Check Caps Lock and the keyboard layout, then try again.
auth-sign-in-wait-seconds = Too many wrong tries. Wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}, then try again.
auth-sign-in-wait-minutes = Too many wrong tries. Wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}, then try again.
auth-sign-in-forgot = Forgot your password? An administrator can set a new one.
auth-demo-title = Demonstration
auth-demo-text = The data of a small invented company; no letter leaves this machine. Choose who you want to be:
auth-demo-as = Enter as { $name }
auth-demo-password = The password of all: { $password }
auth-letter-greeting = Dear Mrs Nguyễn Thị Ễn,
auth-letter-body = On your birthday we wish you good health and many glad days. Thank you for coming to this small tea house for seven lotus seasons.
auth-letter-closing = Warmly,
auth-letter-name = Trần Văn Hùng
auth-letter-ps = P.S. A pot of the season’s first lotus tea is waiting for you until the end of June.
auth-letter-label = A sample letter that was signed off

auth-first-run-title = Make the first administrator
auth-first-run-lede = Nobody has an account here yet. The first person is the administrator: invites colleagues, describes the senders and hands out roles.
auth-first-run-do = Make the account and enter
auth-first-run-over = The first account has been made already. Please sign in.
auth-first-run-elsewhere = The first account is made on the server itself. Run this command there, then sign in here.
auth-name = Full name
auth-name-hint = As it will stand under a sign-off.
auth-password-hint = At least { $least } characters. A short sentence is better than a strange word.

auth-email-invalid = This e-mail address is not complete; for example: mai@company.com.
auth-email-taken = Somebody has { $email } already.
auth-name-missing = Please write the full name, in at most 200 characters.
auth-password-short = The password needs at least { $least } characters.
auth-password-long = The password has at most { $most } characters.
auth-password-guessable = This password is too easy to guess. Choose a short sentence that is not your name or address.
auth-password-current-wrong = The present password is not right.
auth-roles-missing = Choose at least one role.
auth-language-unknown = There is no such language here.
auth-last-admin = { $name } is the last administrator. Give the role to somebody else first.

auth-settings-title = My account
auth-settings-lede = Your password, your language and where you are signed in.
auth-settings-me = About you
auth-settings-roles = Roles
auth-settings-name-note = Name, address and roles are changed by an administrator.
auth-password-change-title = Change the password
auth-password-change-note = Other browsers will have to sign in again.
auth-password-current = Present password
auth-password-new = New password
auth-password-change-do = Change the password
auth-password-changed = The password is changed. Other browsers are signed out.
auth-preferences-title = Language and paper
auth-sessions-title = Where you are signed in
auth-sessions-caption = { $count ->
    [one] This browser alone.
   *[other] { $count } browsers.
}
auth-sessions-browser = Browser
auth-sessions-since = Since
auth-sessions-until = Until
auth-sessions-end = Sign out everywhere else
auth-sessions-ended = Signed out everywhere else.
auth-browser-unknown = Unnamed browser

auth-factor-title = Code for signing
auth-factor-to = Confirm with your telephone when you sign
auth-factor-lead = Six digits on your telephone show that it is you who signs, even if somebody knows your password.
auth-factor-required = Our house asks for this code when somebody signs.
auth-factor-password-hint = To be sure that it is you who sits here.
auth-factor-begin = Set up my telephone
auth-factor-scan = Scan this code
auth-factor-scan-hint = With an authenticator app (Google Authenticator, Aegis, 2FAS …). It waits for fifteen minutes.
auth-factor-secret = Or type this key into the app:
auth-factor-code = Code
auth-factor-code-hint = The six digits on your telephone now.
auth-factor-sign-hint = The six digits on your telephone, or a recovery code. Each counts once.
auth-factor-confirm = Confirm
auth-factor-wrong = The code is wrong, or was used already. Wait for the next one on your telephone.
auth-factor-there = It is set up already. If you lost your telephone, ask an administrator to remove it.
auth-factor-late = The fifteen minutes are over. Please begin again.
auth-factor-on = Set up
auth-factor-on-text = Open the app on your telephone when you sign. Recovery codes left: { $left }.
auth-factor-lost = If you lose your telephone, use a recovery code, and ask an administrator to remove it before you set up another.
auth-factor-none-title = Set up your code first
auth-factor-none = Our house asks for a code when somebody signs. Setting up your telephone takes about a minute.
auth-factor-needed = Signing needs the code on your telephone.
auth-recovery-title = Recovery codes
auth-recovery-lead = Each stands in once for your telephone. Print them or write them down and keep them safe: this page is not shown again.
auth-factor-signed-out = Other browsers are signed out.
auth-recovery-done = I keep them safe
