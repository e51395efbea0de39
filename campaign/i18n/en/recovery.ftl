# one's own recovery codes, renewed
recovery-to = Renew the recovery codes
recovery-title = Renew the recovery codes
recovery-lead = You get ten new codes, and the old ones are void at once. { $left ->
    [0] None is left now.
    [one] One is left now.
   *[other] { $left } are left now.
}
recovery-code-hint = The six digits on your telephone now. A recovery code does not do here.
recovery-do = Make new codes
