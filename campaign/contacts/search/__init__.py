"""Finding people by what a clerk types: which words a contact has, what a question asks of them, pages."""
