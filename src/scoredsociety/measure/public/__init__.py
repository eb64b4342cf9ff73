"""What a scheme does to what people say, support and do for each other."""
