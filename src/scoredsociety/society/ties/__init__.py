"""Who knows whom: ties without storage, ties in lists, loaded networks."""
