"""What a scheme does to persons: exclusion, errors, mobility."""
