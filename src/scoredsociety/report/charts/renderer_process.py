"""The process that draws: Vega-Lite in, SVG out, one JSON line each (see renderer.py).

It imports nothing of the package, so it starts fast, and draws once before it is asked: starting
the drawing engine takes longer than all charts of a report.
"""

import json
import sys

import vl_convert

FIRST = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a"}}}


def _main(version: str) -> None:
    """Answer each line of the input until it ends; charts are of this version of Vega-Lite."""
    vl_convert.vegalite_to_svg(FIRST, vl_version=version)
    for line in sys.stdin:
        drawn = vl_convert.vegalite_to_svg(json.loads(line), vl_version=version)
        sys.stdout.write(json.dumps(drawn) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
