"""A run folder: written whole or not at all, sealed, read again."""
