"""`python -m campaign.cli` is the `campaign` command."""

from campaign.cli import main

main()
