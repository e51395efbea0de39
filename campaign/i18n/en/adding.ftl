# Preparing what goes to people who joined the segment later

adding-title = Checking the letters of people added since
adding-freezing = The list of people added since is being frozen.
adding-text = You may leave this page. When nothing stands in the way the letters leave by themselves, or go to the reviewer where one has to be asked.
adding-stop = Stop preparing
adding-stopped = Stopped. Nobody who was added since has got the letter.
adding-nothing-went = Nothing was sent to people added since
adding-changed = The letter or the segment was edited while it was checked. Press again to have the new version checked.
