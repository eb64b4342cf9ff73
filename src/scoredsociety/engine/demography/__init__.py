"""Lives that end and begin in a seat, and what passes on to children."""
