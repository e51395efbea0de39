# The care desk: whom to greet, on which occasion.

care-occasion-birthday = Birthday
care-occasion-founding = Founding day
care-occasion-tet = Tết, Lunar New Year
care-occasion-women-8-3 = Women's Day, 8 March
care-occasion-reunification = Reunification Day
care-occasion-national-day = National Day
care-occasion-mid-autumn = Mid-Autumn Festival
care-occasion-entrepreneurs = Entrepreneurs' Day
care-occasion-women-20-10 = Vietnamese Women's Day
care-occasion-teachers = Teachers' Day
care-occasion-spring-festival = Spring Festival (China)
care-occasion-zhongqiu = Mid-Autumn (China)
care-occasion-thanksgiving = Thanksgiving
care-occasion-christmas = Christmas
care-occasion-new-year = New Year

care-title = Whom do I greet this week?
care-title-days = { $days ->
    [one] Whom do I greet tomorrow?
   *[other] Whom do I greet in the next { $days } days?
  }
care-lede = { $open ->
    [0] Nobody is waiting for a greeting in these days.
    [one] { $open } person is waiting for a greeting.
   *[other] { $open } people are waiting for a greeting.
  }
care-span-week = 7 days
care-span-fortnight = 14 days
care-span-month = 30 days
care-span-quarter = 90 days
care-span-label = How far ahead
care-mine = My customers
care-everyone = All customers
care-whose-label = Whose customers
care-letters = Print runs
care-greetings = Written greetings
care-empty-title = Nobody to greet in these days
care-empty = Enter birthdays and founding days in the profiles of your customers, or look further ahead.
care-empty-action = Look at the next 30 days
care-day-today = Today
care-day-tomorrow = Tomorrow
care-day-weekday = { $weekday ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
  }
care-lunar-day = { $leap ->
    [yes] { $day }/{ $month } leap month, lunar
   *[no] { $day }/{ $month } lunar
  }
care-years-old = { $years ->
    [one] turns { $years }
   *[other] turns { $years }
  }
care-years-house = { $years ->
    [one] { $years } year
   *[other] { $years } years
  }
care-lunar = by the lunar calendar
care-on-behalf = for { $name }
care-in-charge = { $name } is in charge
care-nobody-in-charge = nobody in charge yet
care-greet-one = Send a greeting
care-holiday-people = { $total ->
    [one] { $total } person
   *[other] { $total } people
  }
care-holiday-greeted = { $greeted ->
    [0] nobody greeted yet
   *[other] { $greeted } greeted
  }
care-all-greeted = All greeted
care-greeted = Greeted
care-greeted-by = { $channel ->
    [email] Greeted by e-mail
   *[letter] Greeted by letter
  }
care-channel-letter = Letter
care-channel-email = E-mail
care-reach-open = can be sent
care-reach-no_address = no address
care-reach-erased = profile erased
care-reach-deceased = has died
care-reach-suppressed = address takes no mail
care-reach-held = not to be written to for now
care-reach-no_consent = has not agreed

care-occasion-title = { $occasion }, { $date }
care-occasion-lede = { $total ->
    [0] No customers on this occasion.
    [one] { $total } person, { $greeted } greeted.
   *[other] { $total } people, { $greeted ->
        [0] nobody greeted yet.
       *[other] { $greeted } greeted.
    }
  }
care-back = Whom do I greet this week?
care-channel-label = Send by
care-words = The words: “{ $name }”, approved by { $who } until { $until }.
care-no-words-title = No approved greeting for this occasion yet
care-no-words = { $channel ->
    [email] Write a greeting that has an e-mail and submit it for a standing approval for “{ $occasion }”; once approved it serves everybody.
   *[letter] Write a greeting that has a letter and submit it for a standing approval for “{ $occasion }”; once approved it serves everybody.
  }
care-no-words-action = Write a greeting
care-greet-all = { $count ->
    [one] Send the greeting to { $count } person
   *[other] Send the greeting to all { $count } people
  }
care-greet-this = Send the greeting to { $name }
care-greet-people = Whom to greet
care-nobody-left = { $channel ->
    [email] Nobody is left who can be greeted by e-mail.
   *[letter] Nobody is left who can be greeted by letter.
  }
care-waits = The e-mail goes out at 8 in the morning of { $date }.
care-letter-when = Letters are typeset at once; print and post them at least three days ahead.
care-preview-of = As { $name } will get it
care-preview-alt = Page of the letter to { $name }
care-preview-none = Choose somebody who can be reached to look at their letter.
care-preview-missing = This person's greeting cannot be made yet: { $why }
care-done-letter = { $count ->
    [one] { $count } letter is being typeset. See Print runs.
   *[other] { $count } letters are being typeset. See Print runs.
  }
care-done-email = { $count ->
    [one] { $count } greeting is on its way.
   *[other] { $count } greetings are on their way.
  }
care-done-waits = { $count ->
    [one] { $count } greeting will be sent on { $date }.
   *[other] { $count } greetings will be sent on { $date }.
  }
care-people-shown = { $shown } of { $total } people are listed; the greeting goes to all of them.

care-error-no-words = There is no approved greeting for this occasion. Write one and submit it first.
care-error-nobody = Nobody is left to greet: everybody was greeted or cannot be reached.
care-error-already = Somebody has just sent this greeting. Please look at the list again.
care-error-new-finding = The linter finds something new in this greeting: { $what } Nothing was sent to anybody; mend the greeting and submit it again.
