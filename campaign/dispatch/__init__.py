"""Dispatch: approved mailings in; one delivery per recipient out, its outcome known or in plain doubt."""
