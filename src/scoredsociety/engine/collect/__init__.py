"""What becomes of an act: seen or not, by whom, filed on whom, and how wrongly."""
