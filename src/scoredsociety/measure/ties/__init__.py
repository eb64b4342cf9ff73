"""What a scheme does to ties between people."""
