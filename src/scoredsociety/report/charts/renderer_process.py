"""The process that draws: Vega-Lite in, SVG (or a PNG in base64) out, one JSON line each.

See renderer.py. It imports nothing of the package, so it starts fast, and draws once before it is
asked: starting the drawing engine takes longer than all charts of a report.
"""

import base64
import json
import sys
from typing import Any

import vl_convert

FIRST = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a"}}}


PNG = "png"  # a chart under this key is wanted as a picture of pixels


def drawn(asked: dict[str, Any], version: str) -> str:
    """The SVG of a chart, or the PNG of one under ``PNG``, in base64, two pixels for one."""
    if PNG in asked:
        pixels = vl_convert.vegalite_to_png(asked[PNG], vl_version=version, scale=2)
        return base64.b64encode(pixels).decode()
    return str(vl_convert.vegalite_to_svg(asked, vl_version=version))


def _main(version: str) -> None:
    """Answer each line of the input until it ends; charts are of this version of Vega-Lite."""
    vl_convert.vegalite_to_svg(FIRST, vl_version=version)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(drawn(json.loads(line), version)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
