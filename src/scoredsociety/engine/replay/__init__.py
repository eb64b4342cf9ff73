"""A household lived again alone, as it was or with one thing otherwise."""
