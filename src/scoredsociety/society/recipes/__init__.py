"""A recipe: margins, rates and likenesses, and the tables that they become."""
