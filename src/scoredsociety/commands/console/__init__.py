"""What all commands share: their options, and what they print."""
