# The people of a segment as CSV

segpeople-link = Download people (CSV)
segpeople-title = Download the people of “{ $name }”
segpeople-text = The file has the name, addresses and telephone of everybody who is in the segment today, also of those who have not agreed to mail: to write to them, make a campaign. Download it only when you need it, and delete it when you are done.
