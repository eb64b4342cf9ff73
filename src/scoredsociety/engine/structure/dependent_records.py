"""Records that rest on others: repeats, and what a calendar year has used up (O-R0).

What a record carries may depend on earlier ones: a repeat counts twice because one was valid when
it was booked; a year's cap and a year's brackets go on from where earlier records left them.
Nothing of it is written into the record. It follows from the list whenever somebody asks, so it
is the same whatever the order in which records arrived, and it is worked out anew where one is
struck. A record whose memory is over therefore stays on the list, and carries nothing, as long as
one that is not over rests on it; what used up some of a year's cap or brackets stays until that
year is over.
"""

from __future__ import annotations

from scoredsociety.engine.layout import DOUBLED, amount_of, flags_of, month_of, rule_of
from scoredsociety.engine.structure.records import ends
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables


@inner
def comes_before(word: int, other: int, tie: bool) -> bool:
    """Whether ``word`` is before ``other``: by month, then rule, then amount; else ``tie`` says."""
    if month_of(word) != month_of(other):
        return month_of(word) < month_of(other)
    if rule_of(word) != rule_of(other):
        return rule_of(word) < rule_of(other)
    if amount_of(word) != amount_of(other):
        return amount_of(word) < amount_of(other)
    return tie


@inner
def same_year(word: int, other: int, year_offset: int) -> bool:
    """Whether both are booked in one calendar year; ``year_offset``: month of the year of 0."""
    return (month_of(word) + year_offset) // 12 == (month_of(other) + year_offset) // 12


@inner
def repeats(word: int, earlier: int, year_offset: int, scheme: SchemeTables) -> bool:
    """Whether ``earlier``, of the same rule, is valid in the month in which ``word`` is booked."""
    row = scheme.rules[rule_of(word)]
    if not row.doubles or scheme.rules.counts_as[rule_of(earlier)] != row.counts_as:
        return False
    if month_of(earlier) > month_of(word) or month_of(word) >= ends(earlier, scheme):
        return False
    anew = scheme.schemes.yearly_start[row.scheme]
    return anew == 0 or same_year(word, earlier, year_offset)


@inner
def is_repeat(
    place: int, records: Ints, n: int, year_offset: int, scheme: SchemeTables, left_out: Ints
) -> bool:
    """Whether record ``place`` counts twice: an earlier one of its rule was valid."""
    word = records[place]
    if not scheme.rules.doubles[rule_of(word)]:
        return False
    for other in range(n):
        if other == place or left_out[other]:
            continue
        held = records[other]
        if repeats(word, held, year_offset, scheme) and comes_before(held, word, other < place):
            return True
    return False


@inner
def counts_twice(
    place: int, records: Ints, n: int, year_offset: int, scheme: SchemeTables, left_out: Ints
) -> bool:
    """A repeat, or a rating by somebody whose ratings count twice (DOUBLED)."""
    if flags_of(records[place]) & DOUBLED:
        return True
    return is_repeat(place, records, n, year_offset, scheme, left_out)


@inner
def rests(word: int, earlier: int, year_offset: int, scheme: SchemeTables) -> bool:
    """Whether what ``word`` carries depends on ``earlier``, of another month or amount."""
    if not comes_before(earlier, word, False):
        return False
    one, other = scheme.rules[rule_of(word)], scheme.rules[rule_of(earlier)]
    capped = one.cap >= 0 and one.cap == other.cap
    yearly = one.bracket_of == t.BRACKET_OF_YEAR and one.counts_as == other.counts_as
    if (capped or yearly) and same_year(word, earlier, year_offset):
        return True
    return repeats(word, earlier, year_offset, scheme)


@inner
def is_past(word: int, now: int, year_offset: int, scheme: SchemeTables) -> bool:
    """Whether an earlier year booked the record, and its scheme starts anew each year."""
    if scheme.schemes.yearly_start[scheme.rules.scheme[rule_of(word)]] == 0:
        return False
    return (month_of(word) + year_offset) // 12 < (now + year_offset) // 12


@inner
def uses_up(word: int, now: int, year_offset: int, scheme: SchemeTables) -> bool:
    """Whether the record has used up some of a cap or of brackets of a year that is not over.

    A later record of that year, booked when this one is over, goes on from where it left them.
    """
    row = scheme.rules[rule_of(word)]
    if row.cap < 0 and row.bracket_of != t.BRACKET_OF_YEAR:
        return False
    return (month_of(word) + year_offset) // 12 >= (now + year_offset) // 12


@inner
def is_needed(
    word: int, records: Ints, first: int, last: int, now: int, year_offset: int,
    scheme: SchemeTables,
) -> bool:  # fmt: skip
    """Whether a record of records[first:last] that is not over rests on ``word``."""
    for place in range(first, last):
        held = records[place]
        if (
            now < ends(held, scheme)
            and rests(held, word, year_offset, scheme)
            and not is_past(held, now, year_offset, scheme)
        ):
            return True
    return False


@inner
def forget(records: Ints, n: int, now: int, year_offset: int, scheme: SchemeTables) -> int:
    """Drop records whose memory is over, unless one that is not over rests on them, or may yet.

    Where the scheme starts anew each year, what an earlier year booked goes in any case.
    """
    kept = 0
    for place in range(n):
        word = records[place]
        if is_past(word, now, year_offset, scheme):
            continue
        # what stands was moved to the front as far as it was looked at
        if (
            now >= ends(word, scheme)
            and not uses_up(word, now, year_offset, scheme)
            and not is_needed(word, records, 0, kept, now, year_offset, scheme)
            and not is_needed(word, records, place + 1, n, now, year_offset, scheme)
        ):
            continue
        records[kept] = word
        kept += 1
    return kept
