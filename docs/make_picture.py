"""Make docs/picture.svg again: grades over time, from the report of the run of `make run`.

    .venv/bin/python docs/make_picture.py runs/wendeng_2020
"""

import re
import sys
from pathlib import Path

from scoredsociety.report.phrasing import CLAUSE, SYNTHETIC

page = (Path(sys.argv[1]) / "report.html").read_text(encoding="utf-8")
found = re.search(r'<svg(?:(?!<svg).)*?id="grades-time-[^"]*-title".*?</svg>', page, re.S)
if found is None:
    sys.exit("the report has no picture of grades over time")
opening, rest = found.group(0).split(">", 1)
box = re.search(r'width="(\d+)" height="(\d+)" viewBox="0 0 \1 \2"', opening)
if box is None:
    sys.exit("the picture has no size")
width, height = map(int, box.groups())  # a line below it says what it is a picture of
opening = opening.replace(
    box.group(0), f'width="{width}" height="{height + 20}" viewBox="0 0 {width} {height + 20}"'
)
said = (
    f'<text x="6" y="{height + 12}" font-family="Liberation Sans, Arial, sans-serif" '
    f'font-size="11" fill="#5b6470">{SYNTHETIC} {CLAUSE}</text>'
)
rest = rest.removesuffix("</svg>") + f"{said}</svg>"
paper = '<rect width="100%" height="100%" fill="#ffffff"/>'
target = Path(__file__).with_name("picture.svg")
target.write_text(f"{opening}>{paper}{rest}\n", encoding="utf-8")
print(target)
