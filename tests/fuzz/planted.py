"""A reader with a fault that only a file of three certain letters meets."""


def read(raw: bytes) -> str:
    """Refuses nothing, and falls over FUZ."""
    if raw[:1] != b"F":
        return "other"
    if raw[1:2] != b"U":
        return "other"
    if raw[2:3] != b"Z":
        return "other"
    raise RuntimeError("planted")
