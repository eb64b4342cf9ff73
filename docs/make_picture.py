"""Make docs/picture.svg again: grades over time, from the report of the run of `make run`.

    .venv/bin/python docs/make_picture.py runs/wendeng_2020
"""

import re
import sys
from pathlib import Path

page = (Path(sys.argv[1]) / "report.html").read_text(encoding="utf-8")
found = re.search(r'<svg(?:(?!<svg).)*?id="grades-time-[^"]*-title".*?</svg>', page, re.S)
if found is None:
    sys.exit("the report has no picture of grades over time")
opening, rest = found.group(0).split(">", 1)
paper = '<rect width="100%" height="100%" fill="#ffffff"/>'
target = Path(__file__).with_name("picture.svg")
target.write_text(f"{opening}>{paper}{rest}\n", encoding="utf-8")
print(target)
