"""What makes the generated part of the documentation; the package never imports it."""
