# Import: how a file is read
importread-sheet = Sheet
importread-sheet-hint = The workbook has several; each is imported by itself.
importread-header = Row with the headings
importread-header-hint = Rows above it, such as a title, are passed over.
importread-header-row = Row { $row }: { $cells }
importread-again = Read it this way
importread-no-sheet = The workbook has no sheet “{ $name }”. Choose one of the list.
importread-no-header = Row { $row } cannot hold the headings: it is empty, or too far down. Choose one of the first rows.
importread-column-file = File in the archive
importread-column-status = Standing, by the file’s name
importread-archive-empty = The ZIP holds no CSV file. Upload the file itself, or the ZIP as Mailchimp delivers it.
importread-archive-files = The ZIP holds more than { $limit } tables. Upload those that are needed.
importread-archive-unpacked = The ZIP unpacks to far more than it seems to hold (the limit is { $megabytes } MB). Unpack it and upload the files one after the other.
importread-empty-cells = The workbook consists almost wholly of empty cells. Copy the filled rows into a new workbook, or save the sheet as “CSV UTF-8”.
importread-too-many-cells = The sheet has too many cells: far more than a million rows of 20 columns. Split it into several files, or save the sheet as “CSV UTF-8”.
importread-long-text = The workbook has a text of more than { NUMBER($limit) } characters, which no cell holds. Look at the file again.
