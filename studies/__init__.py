"""Studies made with the package: each a script with its page. The package never imports them."""
