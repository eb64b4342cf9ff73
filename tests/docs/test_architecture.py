"""The architecture page and its picture are those of the code as it is."""

from __future__ import annotations

import pytest

from docs.build import architecture


def test_the_page_and_the_picture_are_current() -> None:
    text = architecture.PAGE.read_text(encoding="utf-8")
    again = "python -m docs.build.architecture"
    assert architecture.page(text) == text, again
    assert architecture.picture() == architecture.PICTURE.read_text(encoding="utf-8"), again


def test_a_circle_of_rooms_has_no_floors() -> None:
    with pytest.raises(ValueError, match="one another: report -> study -> report"):
        architecture.floors({"report": {"study"}, "study": {"report"}})


def test_every_file_that_the_page_names_exists() -> None:
    words = architecture.PAGE.read_text(encoding="utf-8").split("`")[1::2]
    files = [one for one in words if one.endswith(".py") and "/" in one]
    assert len(files) > 8
    assert [one for one in files if not (architecture.PACKAGE / one).exists()] == []
