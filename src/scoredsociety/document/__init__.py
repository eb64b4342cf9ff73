"""Any document of the house is read here: TOML text, its lines, its shape, and what is wrong."""
