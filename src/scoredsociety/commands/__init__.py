"""The commands of ``scored``: one file each. Heavy imports stand inside the functions."""
