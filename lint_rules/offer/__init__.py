"""What is offered, for how much, until when, how it comes."""
