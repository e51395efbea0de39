# Proposals: forms of address, and the name that a province has today
proposals-title = Proposals for profiles
proposals-lede = Only what a profile says is proposed, and nothing reaches a letter until you take it.
proposals-link = Forms of address, places
proposals-tab-form-of-address = Forms of address
proposals-tab-province = Provinces
proposals-rule-form-of-address = In Vietnamese, who turns { $age } this year or is older is Ông or Bà; younger people are Anh or Chị; below { $grown } nothing is proposed. A given name is no evidence: Hà, Linh, Thanh, Anh and Minh are women and men. Cô, Chú and Bác are proposed only where the name itself says so.
proposals-rule-province = Only the province changes. District, ward and postal code stay as they are kept, for wards were merged, too, and nobody can guess them.
proposals-none-form-of-address = No form of address to propose
proposals-none-form-of-address-text = Every profile has one, or says too little. Letters call those without one by name, or Quý khách.
proposals-none-province = No old provinces left
proposals-none-province-text = Every address names a province of today, or you left it as it is.
proposals-lacking = { $count ->
    [one] One person has
   *[other] { $count } people have
  } no form of address; { $proposed } can get a proposal. Letters greet the others neutrally.
proposals-old = { $count ->
    [one] One address names a province that is gone.
   *[other] { $count } addresses name a province that is gone.
  }
proposals-more = This page looks at the first { $count } profiles that could get a proposal. The next follow when these are answered.
proposals-people = { $count ->
    [one] one person
   *[other] { $count } people
  }
proposals-samples = For example
proposals-name-becomes = the name becomes “{ $name }”
proposals-take-all = Take all { $count }
proposals-take-only = Take
proposals-refuse-all = Take none
proposals-take-one = Take
proposals-take-one-label = Take { $value } for { $name }
proposals-refuse-one = Leave
proposals-refuse-one-label = Do not take { $value } for { $name }

# why: of a group
proposals-group-title = The name holds the title “{ $title }”
proposals-group-work = The occupation is { $work }
proposals-group-teacher = They teach, and the file says the sex
proposals-group-sex = The file says { $sex ->
    [male] male
   *[female] female
  }; they read { $language ->
    [en] English
   *[zh] Chinese
  }
proposals-group-sex-alone = The file says { $sex ->
    [male] male
   *[female] female
  } and no year of birth: the formal word, which fits every grown person
proposals-group-elder = The file says { $sex ->
    [male] male
   *[female] female
  }, born in { $year } or before
proposals-group-younger = The file says { $sex ->
    [male] male
   *[female] female
  }, born after { $year }
proposals-group-province = { $was } is now { $now }

# why: of one person
proposals-because-title = because the name is written “{ $name }”
proposals-because-work = because the occupation says “{ $work }”
proposals-because-teacher = because the occupation says “{ $work }”, the sex “{ $sex }”
proposals-because-sex = because the file says “{ $sex }”
proposals-because-sex-alone = because the file says “{ $sex }” and no year of birth
proposals-because-elder = because the file says “{ $sex }” and born { $born }
proposals-because-younger = because the file says “{ $sex }” and born { $born }
proposals-because-province = because { $was } is now { $now }

# answering and undoing
proposals-taken = { $value } is set for { $count ->
    [one] one person
   *[other] { $count } people
  }.
proposals-refused = { $value } is left out for { $count ->
    [one] one person
   *[other] { $count } people
  }.
proposals-undone = Undone for { $count ->
    [one] one person
   *[other] { $count } people
  }.
proposals-lately = Answered lately
proposals-lately-taken = { $value } taken for { $count ->
    [one] one person
   *[other] { $count } people
  }
proposals-lately-refused = { $value } left out for { $count ->
    [one] one person
   *[other] { $count } people
  }
proposals-undo = Undo
proposals-was-undone = undone
proposals-error-gone = Nobody is left to answer for: the profiles were changed, or somebody else has answered. Look at the page again.
proposals-error-undone = This was undone before.

# on one person's page
proposals-form-title = No form of address yet
proposals-form-proposed = Could be { $form }, { $because }.
proposals-form-proposed-name = Could be { $form }, { $because }; the name is then “{ $name }”.
proposals-take-form = Take { $form }
proposals-form-nothing = The profile says nothing that one could be proposed from.
proposals-form-letters = Until somebody chooses, letters greet this person with “{ $neutral }”.
proposals-form-neutral-vi = Quý khách
proposals-form-neutral-en = Dear { $name }
proposals-form-neutral-zh = 尊敬的客户
proposals-form-choose = Form of address
proposals-form-set = Set
proposals-form-set-done = The form of address is { $form }.

# the source of a fact
proposals-source = proposal, { $because }
proposals-source-plain = proposal
proposals-source-undo = a proposal undone
