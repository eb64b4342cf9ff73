"""A finished page inside a notebook: a frame of its own, so that its style stays its own."""

from __future__ import annotations

from html import escape

HEIGHT = 720  # pixels


def framed(page: str, title: str = "Report of Scored Society (synthetic)") -> str:
    """HTML for ``_repr_html_``: the page in a sandboxed frame, without scripts or network."""
    return (
        f'<iframe sandbox="" title="{escape(title)}" srcdoc="{escape(page)}" '
        f'style="width:100%;height:{HEIGHT}px;border:1px solid #5b6470"></iframe>'
    )
