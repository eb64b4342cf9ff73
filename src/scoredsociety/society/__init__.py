"""Who lives here: seats, traits, households and ties, made from a recipe and a seed."""
