# Letters on paper: print runs, job tickets, errors of typesetting.

letters-error-missing-glyph = The fonts of our letters cannot print “{ $character }” ({ $name }). Please remove or replace it.
letters-error-run-state = This print run has been marked already.
letters-ticket =
    PRINT JOB TICKET

    Run:         { $run }
    Sender:      { $house }
    Made at:     { $made_at }

    Letters:     { $letters }
    Pages:       { $pages }
    Sheets:      { $sheets }

    Paper:       { $paper }, one-sided, every letter starts on a new sheet
    Folds:       at the two marks on the left edge, 105 mm and 210 mm
    Envelope:    window of 90 x 45 mm, the address shows through
    PDF:         { $pdf }
    SHA-256:     { $pdf_sha256 }
    List:        { $manifest } (in the order of the PDF)

    The small number printed upright on the left edge is the letter's place in the run.
letters-runs-title = Print runs
letters-runs-intro = A print run is one ZIP file: the pages, the list of letters and the job ticket. Once printed and posted, record it here.
letters-runs-empty-title = No print runs yet
letters-runs-empty = When a campaign or a greeting goes out by letter, its print run appears here.
letters-runs-empty-action = See whom to greet
letters-run-title = Print run { $id }
letters-run-of = { $name }
letters-column-run = Run
letters-column-message = Message
letters-column-letters = Letters
letters-column-sheets = Sheets
letters-column-made = Made
letters-column-state = State
letters-run-count = { $letters ->
    [one] { $letters } letter, { $pages } A4 sheets
   *[other] { $letters } letters, { $pages } A4 sheets
  }
letters-state-made = To be printed
letters-state-printed = Printed
letters-state-posted = Posted
letters-download-zip = Download the ZIP for the printer
letters-open-pdf = Open the PDF
letters-files-deleted = The files of this run were deleted, for the days of keeping them were over; the numbers, the dates and the hash are left.
letters-mark-printed = Record as printed
letters-mark-posted = Record as posted
letters-printed-done = Recorded: this run is printed.
letters-posted-ask = { $count ->
    [one] Is the letter of print run { $id } at the post?
   *[other] Are all { $count } letters of print run { $id } at the post?
  }
letters-posted-sure = From then on they count as sent; this cannot be taken back.
letters-posted-done = { $count ->
    [one] Recorded: { $count } letter is posted.
   *[other] Recorded: { $count } letters are posted.
  }
letters-step-made = Made
letters-step-printed = Printed
letters-step-posted = Posted
letters-next-made = Download the ZIP, print one-sided on A4, then record it.
letters-next-printed = Fold at the two marks, put into window envelopes, take to the post, then record it.
letters-next-posted = The letters are on their way. When a customer answers, enter the letter's code in the reply inbox.
letters-sheet-title = The first sheet
letters-sheet-alt = First page of the first letter in this print run
letters-list-title = Letters in this run
letters-column-sequence = No.
letters-column-to = Recipient
letters-column-code = Reply code
letters-list-more = { $count ->
    [one] and { $count } more letter, listed in the ZIP.
   *[other] and { $count } more letters, listed in the ZIP.
  }
letters-fact-sha256 = SHA-256 of the PDF
letters-fact-made = Made
letters-fact-printed = Printed
letters-fact-posted = Posted
