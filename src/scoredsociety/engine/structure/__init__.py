"""Records of a person under the rules: what counts, and what rests on what."""
