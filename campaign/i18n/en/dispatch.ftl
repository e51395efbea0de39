dispatch-not-approved = This message is not signed off as it stands. Submit it for review first.
dispatch-not-startable = This mailing was started before.
dispatch-not-running = This mailing is not running, so it cannot be paused.
dispatch-not-paused = This mailing is not paused, so it cannot go on.
dispatch-already-over = This mailing is over; there is nothing left to cancel.
dispatch-not-unknown = Somebody has decided on this delivery, or the server's answer came after all.
dispatch-too-early = Wait ten minutes after the sending broke off: until then the first copy may still arrive.
dispatch-not-locked = Sending is not locked.
