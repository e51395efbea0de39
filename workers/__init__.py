"""RQ jobs: thin, take ids, call one function of campaign."""
