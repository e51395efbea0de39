# The rights of people in our data and of those who work with them: erasing, exporting, how long things are kept

rights-was-erased = This person’s data were erased at the person’s request, so they are not taken in again. Only they themselves can come back, by signing up and confirming it.
rights-may-be-erased = This may be somebody whose data were erased at their own request: name, street and province are the same, and one of the two addresses names no ward. So it is not taken in by itself. If it is surely somebody else, add them by hand and say so there.
rights-somebody-else = This is somebody else, not the person who was erased
rights-somebody-else-hint = The log keeps who said so.

# -- the table of rights
rights-title = Who may do what with customers’ data
rights-lede = The house’s rule: who may see, change, bring in, take out and erase. Everybody may read it.
rights-to = Who may do what
rights-action = What
rights-yes = yes
rights-no = no
rights-back = Back
rights-reason = Every export and every erasure asks for a reason; the audit log keeps it with the name. Roles are changed on the page People.
rights-action-see-people = See customers and what they received
rights-action-change-people = Change profiles, record consent and refusal
rights-action-import = Import files and undo an import
rights-action-export-figures = Download a campaign’s figures (nobody’s name)
rights-action-export-recipients = Download recipients, or the people of a segment, with their addresses
rights-action-export-refused = Download the rows an import refused
rights-action-export-message = Download one e-mail as one person received it
rights-action-export-person = Export everything held on a person
rights-action-export-evidence = Download the evidence of a sign-off
rights-action-erase = Erase a person’s data
rights-action-retention = Set how long things are kept

# -- the reason before an export
rights-export-reason = Reason
rights-export-reason-hint = What you need the file for, and who gets it. The audit log keeps this; write no customer’s name or address.
rights-export-no-reason = Give the reason: what you need the file for, and who gets it.
rights-export-do = Download
rights-export-export-figures = The campaign’s figures, without anybody’s name.
rights-export-export-recipients = The file has the name and address of every recipient. Download it only when you need it, and delete it when you are done.
rights-export-export-refused = The file has the refused rows as they were, with customers’ data. Delete it when you have mended and imported them.
rights-export-refused-title = Refused rows
rights-export-export-message = The file is the very e-mail that the person received, with their own links: do not follow them.
rights-export-export-person = The file has everything held on this person. Give it to nobody else.
rights-export-export-evidence = The file has what was signed, with the consents behind it.
