"""Why one person's score is what it is, and what would have changed it."""
