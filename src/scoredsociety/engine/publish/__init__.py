"""Whom a scheme scores, what is published of a person, and what crosses between people."""
