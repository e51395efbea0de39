"""Lint: messages and renderings in; findings from lint_rules out."""
