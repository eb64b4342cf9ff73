"""The space of what is assumed: every number and rival form over which an answer ranges.

An axis is a number with two ends, or a list of rival forms. Of people: every coefficient of every
response and life effect within its declared bounds (conduct/responses.py), and every rival form.
Of conduct: the assumed rates of acts and their gravity by context, the coverage of each source
that the scheme reads, how often sources err, and how far places differ beyond who lives there.
Of the scheme: what it marks as assumed itself. What has no declared bounds runs from half to twice
what it is; errors, of which less is known, from a quarter to four times. Both are assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoredsociety.conduct.localities import MOST as MOST_BETWEEN
from scoredsociety.conduct.model import Conduct
from scoredsociety.conduct.parts import Act, Source
from scoredsociety.conduct.responses import BY_ID, KINDS
from scoredsociety.errors import UserError
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.patch import document_kind, document_of, patched, set_values
from scoredsociety.study.ensemble.assumed_parameters import Number, of_scheme
from scoredsociety.study.ensemble.cases import Case

HALF, TWICE = 0.5, 2.0
OFTEN = 4.0  # errors: from a quarter to so many times
# Candidates (conduct/envelopes.py) must carry twice a rate, where places act most 1.45 times that:
# headroom is 1.25 in the document.
# Assumed like the envelopes themselves; the luck of all points is then the same, and not that of
# a run without it.
WIDER = Decimal("2.35")
# Leaving one out is a rival view; without one of the others, what it is asked about is not there.
MAY_BE_NONE = ("deterrence", "silence", "seeking", "ties", "shame", "appeal", "authority",
               "loyalty", "discretion")  # fmt: skip
# Cuts whatever the other's score, to compare with: a control, and no view of what people do.
CONTROLS = {"ties": ("random",)}
MOST_CLUSTERING = 4.0


@dataclass(frozen=True)
class FormAxis(Number):
    """The rival forms of a response, each as likely as the others."""

    response: str = ""
    forms: tuple[str, ...] = ()

    def form(self, share: float) -> str:
        """The form at a share of the way through the list."""
        return self.forms[min(int(share * len(self.forms)), len(self.forms) - 1)]

    def sets(self, share: float) -> tuple[str, ...]:
        """The ``--set`` of the form."""
        return (f"{KINDS[self.response]}.{self.response}.form={self.form(share)}",)


@dataclass(frozen=True)
class Factor(Number):
    """Several numbers of the conduct times one factor, even on the scale of its logarithm."""

    numbers: tuple[tuple[str, Decimal], ...] = ()

    def at(self, share: float) -> float:
        """The factor at a share of the way."""
        return float(self.low * (self.high / self.low) ** share)

    def sets(self, share: float) -> tuple[str, ...]:
        """A ``--set`` of each number."""
        factor = Decimal(f"{self.at(share):.6g}")
        return tuple(f"{key}={self.of(number, factor)}" for key, number in self.numbers)

    def of(self, number: Decimal, factor: Decimal) -> str:
        """One number times the factor."""
        return f"{number * factor:f}"


@dataclass(frozen=True)
class Gravity(Factor):
    """Gravities are whole, and none becomes 0: that would say that nothing is wrong with it."""

    def of(self, number: Decimal, factor: Decimal) -> str:
        """Rounded, from 1 to 9."""
        return str(min(9, max(1, round(number * factor))))


@dataclass(frozen=True)
class Odds(Factor):
    """Shares whose odds are multiplied, so that they stay between 0 and 1."""

    def of(self, number: Decimal, factor: Decimal) -> str:
        """The share at so many times its odds."""
        return f"{number * factor / (1 - number + number * factor):.6f}"


@dataclass(frozen=True)
class Late(Factor):
    """Shares one, two and three months late, three numbers a source."""

    def sets(self, share: float) -> tuple[str, ...]:
        """The three shares of each source anew."""
        factor = Decimal(f"{self.at(share):.6g}")
        rows: dict[str, list[str]] = {}
        for key, number in self.numbers:
            rows.setdefault(key, []).append(f"{number * factor:f}")
        return tuple(f"{key}=[{', '.join(row)}]" for key, row in rows.items())


def space_of(first: Case) -> tuple[list[Number], list[str]]:
    """Every axis for a scheme, and what is assumed and cannot be moved alone, with the reason."""
    head = first.prepared.versions.schemes[first.main][0][1]
    of_rules, other = of_scheme(document_of(head))
    return [*of_forms(), *of_coefficients(), *of_conduct(first), *of_rules], other


def wide(base: Scenario, first: Case) -> Scenario:
    """The scenario with envelopes that carry twice every rate, wherever one lives."""
    conduct = first.prepared.versions.conduct[0][1]
    sets = tuple(
        f"envelope.{one.id}.candidates_a_year={min(Decimal(24), one.candidates_a_year * WIDER):f}"
        for one in conduct.envelope
    )
    return replace(base, sets=(*sets, *base.sets))


def of_forms() -> list[Number]:
    """An axis for each response that has rivals."""
    found: list[Number] = []
    for spec in BY_ID.values():
        forms = tuple(
            form for form in spec.forms if form not in CONTROLS.get(spec.id, ())
            and (form != "none" or spec.id in MAY_BE_NONE)
        )  # fmt: skip
        if len(forms) > 1:
            found.append(FormAxis(f"{spec.id}.form", 0, 1, response=spec.id, forms=forms))
    return found


def of_coefficients() -> list[Number]:
    """Every coefficient of every response and life effect, within its declared bounds."""
    return [
        Number(f"{KINDS[spec.id]}.{spec.id}.values.{value.id}", float(value.low),
               float(value.high))
        for spec in BY_ID.values() for value in spec.values
    ]  # fmt: skip


def of_conduct(first: Case) -> list[Number]:
    """Rates and gravity by context, coverage of what the scheme reads, places, and errors."""
    conduct = first.prepared.versions.conduct[0][1]
    contexts = dict.fromkeys(act.context for act in conduct.act)
    found: list[Number] = []
    for context in contexts:
        acts = [act for act in conduct.act if act.context == context]
        found += filled(Factor, f"rates of acts: {context}", HALF, TWICE, _assumed(acts, "rate"))
    for context in contexts:
        acts = [act for act in conduct.act if act.context == context]
        found += filled(Gravity, f"gravity of acts: {context}", HALF, TWICE,
                        _assumed(acts, "gravity"))  # fmt: skip
    for source in _read_by(first):
        found += filled(Odds, f"coverage: {source.id}", HALF, TWICE,
                        _assumed([source], "coverage"))  # fmt: skip
    for name in ("acts", "collectors"):
        if name in conduct.between_places.assumed:
            found.append(Number(f"between_places.{name}", 0, float(MOST_BETWEEN)))
    return [*found, *of_errors(conduct)]


def of_errors(conduct: Conduct) -> Iterator[Number]:
    """How often records are missing, late, false, on the wrong person; how far errors cluster."""
    for name in ("missing", "misattributed", "stale", "duplicated"):
        yield from filled(Factor, f"errors: {name}", 1 / OFTEN, OFTEN,
                          _assumed(conduct.source, name))  # fmt: skip
    late = [(f"source.{one.id}.late", share) for one in conduct.source for share in one.late
            if "late" in one.assumed and any(one.late)]  # fmt: skip
    yield from filled(Late, "errors: late", 1 / OFTEN, OFTEN, late)
    yield from filled(Factor, "errors: false", 1 / OFTEN, OFTEN,
                      _assumed(conduct.act, "false_rate"))  # fmt: skip
    if "clustering" in conduct.errors.assumed:
        yield Number("errors.clustering", 0, MOST_CLUSTERING)


def filled(
    kind: type[Factor], key: str, low: float, high: float, numbers: Iterable[tuple[str, Decimal]]
) -> list[Number]:
    """The axis, unless it would move nothing."""
    given = tuple(numbers)
    return [kind(key, low, high, numbers=given)] if given else []


def _assumed(rows: Sequence[Act | Source], name: str) -> list[tuple[str, Decimal]]:
    """The numbers of this name that are other than 0 and marked as assumed, by their keys."""
    table = "act" if rows and isinstance(rows[0], Act) else "source"
    return [
        (f"{table}.{row.id}.{name}", Decimal(getattr(row, name)))
        for row in rows if name in row.assumed and getattr(row, name)
    ]  # fmt: skip


def _read_by(first: Case) -> list[Source]:
    """Sources that see an act on which the scheme has a rule."""
    conduct, tables = first.prepared.versions.conduct[0][1], first.prepared.inputs.schemes[-1][1]
    ids = {
        name for place, act in enumerate(conduct.act) for name in act.seen_by
        if tables.act_rules[place + 1] > tables.act_rules[place]
    }  # fmt: skip
    return [one for one in conduct.source if one.id in ids]


def axis_words(one: Number) -> str:
    """An axis in words."""
    if isinstance(one, FormAxis):
        return f"the rival form of “{BY_ID[one.response].title}”"
    parts = one.key.split(".")
    if parts[0] in ("response", "life_effect"):
        return f"{parts[3].replace('_', ' ')} in “{BY_ID[parts[1]].title}”"
    return one.key.replace("_", " ")


BETWEEN = 0.3721  # a share of the way at which a number has many digits


def movable(first: Case, every: Sequence[Number]) -> tuple[list[Number], list[str]]:
    """Axes that the scheme accepts at both ends and between, and the others with the reason.

    Only the scheme's own can be refused; bounds of people and conduct are checked by tests. A
    number whose digits are refused is moved in hundredths, as points are.
    """
    moved, unmoved = [], []
    for one in every:
        why = _refusal(first, one)
        if why and _refusal(first, hundredths := replace(one, places=2)) == "":
            one, why = hundredths, ""
        if why:
            unmoved.append(f"{one.key}: {why}")
        else:
            moved.append(one)
    return moved, unmoved


def _refusal(first: Case, one: Number) -> str:
    """Why the scheme does not accept an axis, in one line; empty: it does."""
    if document_kind(one.sets(0.0)[0].split("=")[0]) != "scheme":
        return ""
    head = first.prepared.versions.schemes[first.main][0][1]
    try:
        for share in (0.0, BETWEEN, 1.0):
            patched(head, set_values(one.sets(share)), first.prepared.conduct)
    except UserError as error:
        return str(error).splitlines()[0]
    return ""
