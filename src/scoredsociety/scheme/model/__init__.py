"""A scheme as a document: the models that a file is read into."""
