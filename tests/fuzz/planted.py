"""A reader with a fault that only a file of two certain letters meets."""


def read(raw: bytes) -> str:
    """Refuses nothing, and falls over FU."""
    if raw[:1] != b"F":
        return "other"
    if raw[1:2] != b"U":
        return "other"
    raise RuntimeError("planted")
