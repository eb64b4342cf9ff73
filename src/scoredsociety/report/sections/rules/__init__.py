"""What the rules are, and what each does."""
