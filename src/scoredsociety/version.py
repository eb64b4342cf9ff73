"""The version of the package: its only place; pyproject.toml and every module read it here."""

__version__ = "0.1.0"
