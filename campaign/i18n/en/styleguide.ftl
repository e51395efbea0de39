styleguide-title = Styleguide
styleguide-lede = Every part on one page, with real words: to look at, to test, to use again.
