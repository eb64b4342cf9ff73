"""What is wrong in a scheme, told all at once."""
