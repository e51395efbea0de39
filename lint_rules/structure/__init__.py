"""What a letter is made of, from salutation to closing."""
