"""Who lives in a seat: households, kin, lives, traits."""
