"""What a person's records come to: scores, ranks, and ratings by others."""
