"""What happened to people."""
