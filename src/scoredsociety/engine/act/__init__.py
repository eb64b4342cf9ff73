"""Who has an occasion to act this month, and which occasions become acts."""
