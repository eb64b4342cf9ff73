"""Charts, from numbers to a drawn picture."""
