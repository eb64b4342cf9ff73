"""The figures of docs/questions/: each stands in a kept table, and says what it is claimed to show.

A value is ``(number, places)``, or a word that is the same in every language (a command, an id).
"""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docs.build.figures import rows_of
from docs.build.question_runs import COMMANDS, KEPT, SIZES

DOCS = Path(__file__).resolve().parents[1]
POINT_PEOPLE = int(COMMANDS["answers"][COMMANDS["answers"].index("--point-people") + 1])
Value = tuple[float, int] | str
Row = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """One bar of a picture; ``key``: its name in the table of strings."""

    key: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Figures:
    """What a page fills in, its bars, and what its sentences claim of them."""

    values: dict[str, Value]
    bars: tuple[Bar, ...]
    places: int = 0  # after the point, beside a bar
    claims: dict[str, bool] = field(default_factory=dict)


def kept(name: str) -> Any:
    """A table of docs/build/questions/."""
    return json.loads((KEPT / f"{name}.json").read_text("utf-8"))


def spread(values: dict[str, Value], key: str, bar: Bar, places: int) -> None:
    """``key``, ``key_low`` and ``key_high``."""
    values |= {key: (bar.value, places), f"{key}_low": (bar.low, places),
               f"{key}_high": (bar.high, places)}  # fmt: skip


def command(name: str) -> str:
    """The command that made a kept table."""
    return shlex.join(("scored", *COMMANDS[name]))


def sizes(name: str) -> dict[str, Value]:
    """People, years and seeds of a kept table."""
    size = SIZES[name]
    return {"people": (size["people"], 0), "years": (size["months"] // 12, 0),
            "seeds": (size["seeds"], 0), "command": command(name)}  # fmt: skip


def unfriending() -> Figures:
    """Ties a subject by the weight of friends (docs/friends.csv), and parts (docs/model.md)."""
    from studies.friends import kept as table
    from studies.friends_page import COST, DOCUMENTED, GAP, HALF, cell

    frame = table(DOCS / "friends.csv")
    values: dict[str, Value] = {}
    bars = []
    for form, ties_are in (("cost", COST), ("gap", GAP)):
        for weight, key in (("0", "none"), (DOCUMENTED, "documented"), (HALF, "half")):
            row = cell(frame, ties_are, weight, "ties")
            bar = Bar(f"{form}_{key}", row["value"], row["low"], row["high"])
            bars.append(bar)
            spread(values, bar.key, bar, 2)
            values[f"fewer_{form}_{key}"] = (-row["change"], 2)
            values[f"fewer_{form}_{key}_low"] = (-row["change_high"], 2)
            values[f"fewer_{form}_{key}_high"] = (-row["change_low"], 2)
    parts = {}
    for form in ("worth", "gap"):
        words = f"share in the largest part, cut less kept (`sesame_press`, form {form}, high)"
        [line] = [row for row in rows_of((DOCS / "model.md").read_text("utf-8"), "signs")
                  if row[0] == "V20" and row[1] == words]  # fmt: skip
        parts[form] = float(line[3])
        values[f"parted_{form}"] = (-parts[form], 3)
    cost = {bar.key: bar for bar in bars}
    return Figures(values, tuple(bars), 2, {
        "ties become fewer as friends weigh more, where people look at what a tie costs":
            cost["cost_none"].low > cost["cost_documented"].high
            and cost["cost_documented"].low > cost["cost_half"].high,
        "they do not where people react to the gap alone":
            cost["cost_none"].low > cost["gap_half"].value >= cost["gap_none"].value,
        "hardly anybody is cut off from the largest circle": max(
            abs(value) for value in parts.values()) < 1,
    })  # fmt: skip


def silence() -> Figures:
    """Speech given up over what is assumed, and added to what the law alone silences."""
    rows = {row["indicator"]: row for row in kept("answers")}
    values: dict[str, Value] = sizes("answers")
    bars = []
    for key in ("silent_news", "silent_petitions"):
        row = rows[key]
        bars.append(Bar(key, row["value"], row["range_low"], row["range_high"]))
        spread(values, key, bars[-1], 1)
        values[f"{key}_luck_high"] = (row["high"], 1)
        values[f"{key}_kept_low"] = (row["kept_low"], 0)
        values[f"{key}_kept_high"] = (row["kept_high"], 0)
        values[f"{key}_range_high"] = (row["range_high"], 0)
        values["settings"], values["kept"] = (row["settings"], 0), (row["kept"], 0)
    values["point_people"] = (POINT_PEOPLE, 0)
    given_up = necessity("acts of speech wished for and given up")
    values |= {f"law_{key}": (given_up[key], 0) for key in NECESSITY}
    values["law_command"] = command("law")
    values["law_people"] = (SIZES["law"]["people"], 0)
    news = rows["silent_news"]
    return Figures(values, tuple(bars), 1, {
        "a few of a hundred at the default": all(bar.value < 10 for bar in bars),
        "the range goes from nothing to more than half": all(
            bar.low == 0 and bar.high > 50 for bar in bars),
        "it follows the rival theory of keeping quiet more than any number":
            "Wishing to speak and not speaking" in str(news["moved_most_by"]),
        "more falls silent with the scheme than with the law alone": given_up["least"] > 0,
    })  # fmt: skip


def error() -> Figures:
    """Wrong records planted on people, and what they did to them (studies/one_error.py)."""
    from scoredsociety.conduct.responses import BY_ID

    made = kept("error")
    rows = {(row["act"], row["measure"]): row for row in made["rows"]}
    values: dict[str, Value] = {
        "people": (made["people"], 0), "years": (made["months"] // 12, 0),
        "seeds": (made["seeds"], 0), "records": (made["records"], 0),
    }  # fmt: skip
    appeal = {one.id: float(one.default) for one in BY_ID["appeal"].values}
    values |= {key: (100 * appeal[key], 0) for key in ("files", "upheld")}
    bars = []
    for act in dict.fromkeys(act for act, _ in rows):
        for measure in dict.fromkeys(measure for _, measure in rows):
            row = rows[act, measure]
            bar = Bar(act, row["value"], row["least"], row["most"])
            spread(values, f"{act}_{measure}", bar, 2 if measure == "others" else 1)
            bars += [bar] if measure == "months" else []
    through = next(row for row in kept("answers") if row["indicator"] == "through_error")
    values |= {"through": (through["value"], 1), "through_low": (through["range_low"], 0),
               "through_high": (through["range_high"], 0), "settings": (through["settings"], 0),
               "answers_command": command("answers")}  # fmt: skip
    by_act = {act: {name: rows[act, name] for _, name in rows} for act, _ in rows}
    straight = (by_act["administrative_detention"], by_act["judgment_unpaid"])
    small = (by_act["parking_ticket"], by_act["judged_in_breach"])
    return Figures(values, tuple(bars), 1, {
        "a wrong ticket restricts nobody": small[0]["restricted"]["most"] == 0,
        "a record that leads straight to a grade restricts nearly everybody": all(
            one["restricted"]["least"] > 95 for one in straight),
        "few of those who lost points only are restricted": small[1]["restricted"]["most"] < 10,
        "it costs about a year": all(9 < one["months"]["value"] < 18 for one in straight),
        "fifty points are still missing at the end": small[1]["still_lower"]["least"] > 90,
        "others are hardly touched": all(one["others"]["most"] < 1 for one in (*straight, *small)),
    })  # fmt: skip


NECESSITY = ("without", "with", "difference", "least", "most")


def necessity(what: str, scheme: str = "") -> Row:
    """One row of the necessity table; ``scheme``: how the title of the scheme begins."""
    found = [row for row in kept("law")["necessity"]
             if row["what"] == what and row["scheme"].startswith(scheme)]  # fmt: skip
    if len(found) != 1:
        raise ValueError(f"the necessity table has {len(found)} rows of {what!r}, not one")
    row: Row = found[0]
    return row


def law() -> Figures:
    """Aim and cost of the scheme on top of the law."""
    values = sizes("law")
    asked = {
        "harm": ("harmful acts that no right protects", ""),
        "speech": ("acts of speech wished for and given up", ""),
        "restricted": ("persons under at least one restriction, last month", "Wendeng"),
        "protected": ("of them for protected conduct", "Wendeng"),
        "error": ("of them through an error in the records", "Wendeng"),
        "months": ("person-months of restriction", "Wendeng"),
        "by_law": ("persons under at least one restriction, last month", "Ordinary"),
    }
    rows = {key: necessity(*words) for key, words in asked.items()}
    for key, row in rows.items():
        values |= {f"{key}_{name}": (row[name], 0) for name in NECESSITY}
    harm, restricted = rows["harm"], rows["restricted"]
    per = 1000 / SIZES["law"]["people"]
    of_thousand = -1000 * harm["difference"] / harm["without"]
    values |= {"fewer": (-harm["difference"], 0), "fewer_low": (-harm["most"], 0),
               "fewer_high": (-harm["least"], 0), "of_thousand": (of_thousand, 0),
               "months_each": (rows["months"]["with"] / -harm["difference"], 0),
               "by_law_fewer": (-rows["by_law"]["difference"], 0)}  # fmt: skip
    alone = next(row for row in kept("answers") if row["indicator"] == "harmful_acts")
    values |= {"alone": (alone["value"], 2), "alone_low": (alone["range_low"], 2),
               "alone_high": (alone["range_high"], 2), "settings": (alone["settings"], 0),
               "answers_command": command("answers")}  # fmt: skip
    bars = (
        Bar("harm", -harm["difference"] * per, -harm["most"] * per, -harm["least"] * per),
        Bar("speech", *(rows["speech"][key] * per for key in ("difference", "least", "most"))),
        Bar("restricted", *(restricted[key] * per for key in ("difference", "least", "most"))),
        Bar("protected", *(rows["protected"][key] * per for key in ("difference", "least",
                                                                    "most"))),
    )  # fmt: skip
    return Figures(values, bars, 1, {
        "harmful acts become fewer, by about one in a hundred":
            harm["most"] < 0 and 5 <= of_thousand <= 20,
        "more acts of speech are given up than harmful acts avoided":
            rows["speech"]["least"] > -harm["least"],
        "what is assumed could turn the direction": alone["range_low"] < 0 < alone["range_high"],
        "it follows the rival theory of avoiding what is punished":
            "rival form of “Doing less of what rules punish”" in str(alone["moved_most_by"]),
    })  # fmt: skip


def gains() -> Figures:
    """Who is better off with the scheme on top of the law, and who worse, by income."""
    values = sizes("law")
    rows = {(row["dimension"], row["group"]): row for row in kept("law")["winners"]}
    everybody = rows["all", "all"]

    def of(row: Row, name: str) -> Bar:
        shares = (row[f"share_{name}{end}"] for end in ("", "_low", "_high"))
        return Bar("", *(1000 * share for share in shares))

    # a is the law alone: who is worse off there gains by the scheme
    gain, lose = of(everybody, "worse"), of(everybody, "better")
    spread(values, "gain", gain, 1)
    spread(values, "lose", lose, 0)
    values |= {"persons": (everybody["persons"], 0),
               "ratio": (lose.value / gain.value, 0)}  # fmt: skip
    bars = [Bar("lose", lose.value, lose.low, lose.high),
            Bar("gain", gain.value, gain.low, gain.high)]  # fmt: skip
    fifths = {key: of(rows["income", key], "worse") for key in "15"}
    for key, name in (("1", "lowest"), ("5", "highest")):
        one = fifths[key]
        spread(values, f"gain_{name}", one, 1)
        bars.append(Bar(f"gain_{name}", one.value, one.low, one.high))
        spread(values, f"lose_{name}", of(rows["income", key], "better"), 0)
    giving = next(row for row in kept("answers") if row["indicator"] == "giving")
    spread(values, "giving", Bar("", giving["value"], giving["range_low"], giving["range_high"]), 1)
    values |= {"settings": (giving["settings"], 0), "answers_command": command("answers")}
    reward = necessity("person-months of reward")
    months = necessity("person-months of restriction", "Wendeng")
    values |= {f"reward_{name}": (reward[name], 0) for name in NECESSITY}
    values |= {f"months_{name}": (months[name], 0) for name in NECESSITY}
    return Figures(values, tuple(bars), 1, {
        "more lose than gain": lose.low > gain.high,
        "the highest and the lowest fifth cannot be told apart":
            fifths["1"].low <= fifths["5"].value and fifths["5"].low <= fifths["1"].value,
        "there is less reward than restriction": reward["most"] < months["least"],
    })  # fmt: skip


def children() -> Figures:
    """Children who came of age at home, of the tables in docs/model.md."""
    from scoredsociety.measure.statistics.intervals import wilson
    from scoredsociety.measure.statistics.zero_counts import none_of

    page = (DOCS / "model.md").read_text("utf-8")
    first = next(row for row in rows_of(page, "generations-paired") if row[0] == "18")
    grades = {row[2]: row for row in rows_of(page, "generations-grades")
              if row[0] == "`wendeng_2020`" and row[1] == "18"}  # fmt: skip
    outcomes = rows_of(page, "generations-outcomes")
    theirs = next(int(row[2]) for row in outcomes if row[0] == "18" and row[1].startswith("parent"))
    grown, out, lowered = (int(first[place]) for place in (2, 3, 4))
    parents = theirs + out
    bars = []
    values: dict[str, Value] = {"grown": (grown, 0), "parents_count": (parents, 0),
                                "out_count": (out, 0),
                                "kappa": (float(grades["all parents"][6]), 2)}  # fmt: skip
    for key, count in (("parents", parents), ("out", out), ("lowered", lowered)):
        found = wilson(count, grown)
        high = found.high if count else none_of(grown)
        bars.append(Bar(key, 1000 * found.value, 1000 * found.low, 1000 * high))
        spread(values, key, bars[-1], 0)
    values["lowered_most"] = (100 * none_of(out), 0)
    return Figures(values, tuple(bars), 0, {
        "nobody came of age with a level less": lowered == 0,
        "whose child one is says next to nothing of the grade":
            abs(float(grades["all parents"][6])) < 0.1,
    })  # fmt: skip
