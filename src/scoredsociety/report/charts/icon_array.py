"""Icon arrays: of 100 (or 1,000) marks, as many filled as people counted.

A large square against a small dot: shape and size carry the meaning, not colour.
"""

from __future__ import annotations

from html import escape

from scoredsociety.report import phrasing
from scoredsociety.report.elements import IconArray

_ACROSS = {100: 20, 1_000: 50}
_STEP = {100: 12, 1_000: 5}


def icon_array(label: str, count: int, of: int, who: str, base: int, says: str) -> IconArray:
    """One group's array of ``base`` marks (100 or 1,000); ``who`` names the denominator."""
    if of < phrasing.FEW:
        return IconArray(label, says, f"n = {phrasing.number(of)} {who}", "")
    filled = (count * base * 2 + of) // (2 * of) if of else 0
    if count and not filled:
        filled = 1
    note = f"Each mark stands for 1 of {phrasing.number(base)}."
    return IconArray(
        label=label,
        says=says,
        n=f"n = {phrasing.number(of)} {who}",
        svg=_drawing(filled, base, f"{label}: {says}. {note}"),
    )


def _drawing(filled: int, base: int, description: str) -> str:
    """Squares and dots as dashed lines, one line a row, so that a thousand marks stay small."""
    across, step = _ACROSS[base], _STEP[base]
    mark = step - max(1, step // 6)
    rows, rest = divmod(filled, across)
    squares = [f"M0 {row * step + step // 2}h{across * step}" for row in range(rows)]
    dots = []
    if rest:
        squares.append(f"M0 {rows * step + step // 2}h{rest * step}")
        dots.append(_dots(rest, across, rows, step))
        rows += 1
    dots.extend(_dots(0, across, row, step) for row in range(rows, base // across))
    width, height = across * step, base // across * step
    return (
        f'<svg class="icons" role="img" aria-label="{escape(description)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path d="{"".join(dots)}" fill="none" stroke="#5b6470" stroke-linecap="round" '
        f'stroke-width="{step / 3:g}" stroke-dasharray="0 {step}"/>'
        f'<path d="{"".join(squares)}" fill="none" stroke="#7a1f3d" stroke-width="{mark}" '
        f'stroke-dasharray="{mark} {step - mark}"/></svg>'
    )


def _dots(start: int, end: int, row: int, step: int) -> str:
    middle = step / 2
    return f"M{start * step + middle:g} {row * step + middle:g}h{(end - start - 1) * step + 0.1:g}"
