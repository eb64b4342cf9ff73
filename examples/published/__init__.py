"""Published results as small pure models, reproduced with this package's own pieces.

Each is a check of the tools on a case whose answer is known, not evidence about any system.
"""
