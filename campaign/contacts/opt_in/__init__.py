"""Double opt-in: who writes an address into a form is asked at that address whether it is really them.

`forms` keeps the forms and their versions, `asking` takes what strangers write, `importing` asks the people
of a file, `confirming` writes the ledger when the button was pressed, `waiting` says what is due and what is
over. The mail itself is `campaign.dispatch.confirmations`.
"""
