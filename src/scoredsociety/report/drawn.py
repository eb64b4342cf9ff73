"""The process that draws: Vega-Lite in, SVG out, one JSON line each (see drawing.py).

It imports nothing of the package, so it starts fast, and draws once before it is asked: starting
the drawing engine takes longer than all charts of a report.
"""

import json
import sys

import vl_convert

FIRST = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a"}}}


def main() -> None:
    """Answer each line of the input until it ends."""
    vl_convert.vegalite_to_svg(FIRST)
    for line in sys.stdin:
        asked = json.loads(line)
        drawn = vl_convert.vegalite_to_svg(asked["chart"], vl_version=asked["version"])
        sys.stdout.write(json.dumps(drawn) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
