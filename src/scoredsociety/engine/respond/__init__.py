"""How people respond to a scheme, and what restrictions do to a life: one mechanism a file.

Each file holds the rival forms of one response; ``none`` leaves no trace, bit for bit. Forms and
coefficients come from ``conduct/responses.py``; docs/model.md says whose literature they are.
"""
