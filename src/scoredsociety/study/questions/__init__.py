"""The thirteen questions, and what each is answered by."""
