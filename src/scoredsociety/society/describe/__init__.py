"""What was drawn of a society, beside what is published."""
