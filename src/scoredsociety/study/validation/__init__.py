"""Published figures beside what runs give."""
