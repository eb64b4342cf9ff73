"""Every measure that has no test of its own on random data: a library, or the loop written out."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.calibration import calibration_curve

from scoredsociety.measure.persons import (
    appeals,
    children,
    intersections,
    proportionality,
    restriction_errors,
)
from scoredsociety.measure.persons.proportionality import Sanction
from scoredsociety.measure.public import cooperation, display, silence, support
from scoredsociety.measure.scoring import discretion, firms, prediction
from scoredsociety.measure.ties import segregation

FLAG, SMALL = st.booleans(), st.integers(0, 9)


def rows(*kinds, least=1, most=40):
    """Random rows, as a tuple of columns."""
    listed = st.lists(st.tuples(*kinds), min_size=least, max_size=most)
    return listed.map(lambda found: tuple(np.array(column) for column in zip(*found, strict=True)))


def same(ours, theirs):
    """Equal, or both unknown."""
    assert ours == pytest.approx(theirs, nan_ok=True)


def mean(values):
    return sum(values) / len(values) if values else float("nan")


def wilson(count, of):
    return stats.binomtest(count, of).proportion_ci(method="wilson")


@given(rows(FLAG, FLAG, FLAG, FLAG))
def test_spillover_equals_a_loop(made):
    scored, wished, without, with_it = made
    found = silence.spillover(scored, wished, without, with_it)
    for target, ours in ((True, found.scored), (False, found.unscored)):
        chosen = [int(a) - int(b) for s, w, a, b in zip(scored, wished, without, with_it,
                                                        strict=True) if w and s == target]
        same(ours.value, mean(chosen))


@given(rows(SMALL, SMALL))
def test_falsification_is_the_mean_gap(made):
    same(silence.falsification(*made), mean([int(b) - int(a) for a, b in zip(*made, strict=True)]))


@given(rows(SMALL, SMALL, st.sampled_from(("harmful", "rewarded", "unscored_good", "other"))),
       st.integers(1, 5000))
def test_conduct_and_display_equals_a_loop(made, months):
    with_it, without, kind = made
    found = display.conduct_and_display(with_it, without, kind, months)
    for name in ("harmful", "rewarded", "unscored_good"):
        change = sum(int(a) - int(b) for a, b, k in zip(with_it, without, kind, strict=True)
                     if k == name)
        assert getattr(found, name) == pytest.approx(100 * change / months)


@given(rows(st.integers(-5, 5), st.integers(-5, 5)))
def test_gain_without_conduct_equals_a_loop(made):
    same(display.gain_without_conduct(*made),
         mean([conduct >= 0 for score, conduct in zip(*made, strict=True) if score > 0]))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 60)), min_size=1, max_size=5))
def test_seen_share_and_abandonment_have_wilsons_interval_of_scipy(pairs):
    pairs = [(min(a, b), b) for a, b in pairs]
    for ours, (seen, done) in zip(display.seen_share(*zip(*pairs, strict=True)), pairs,
                                  strict=True):
        theirs = wilson(seen, done)
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    seen, done = pairs[0]
    ours = support.abandoned(np.arange(done) < seen)
    assert ours.value == seen / done
    assert (ours.low, ours.high) == pytest.approx(tuple(wilson(seen, done)), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=2, max_size=20))
def test_dispersion_of_collectors_equals_scipys_chi_square(pairs):
    booked = np.array([min(a, b) for a, b in pairs])
    seen = np.array([b for _, b in pairs])
    ours = discretion.collector_dispersion(booked, seen)
    if booked.sum() in (0, seen.sum()):
        assert np.isnan(ours)
        return
    theirs = stats.chi2_contingency(np.array([booked, seen - booked]), correction=False)
    assert ours == pytest.approx(theirs.statistic / theirs.dof)


@given(rows(st.integers(0, 1000), st.integers(0, 4), least=3))
def test_collectors_told_apart_by_scores_equals_scipys_f(made):
    scores, collector = made
    groups = [scores[collector == name] for name in np.unique(collector)]
    ours = discretion.between_collectors(scores, collector)
    if len(groups) < 2 or len(scores) <= len(groups) or not any(len(set(g)) > 1 for g in groups):
        assert np.isnan(ours)
    else:
        assert ours == pytest.approx(stats.f_oneway(*groups).statistic)


@given(rows(st.integers(-50, 50), st.integers(-50, 50), st.sampled_from("abc")))
def test_points_by_discretion_and_gap_equal_loops(made):
    one, two, group = made
    found = discretion.points_by_discretion(one, two, group)
    for name in set(group.tolist()):
        of = [int(a) - int(b) for a, b, g in zip(one, two, group, strict=True) if g == name]
        assert found[name] == pytest.approx(mean(of))
    inside = group == "a"
    same(discretion.gap(one, inside),
         mean(one[inside].tolist()) - mean(one[~inside].tolist()))


@given(rows(st.integers(0, 60)), st.integers(20, 40), st.integers(1, 10))
def test_bunching_equals_a_count(made, threshold, width):
    above = sum(threshold <= value < threshold + width for value in made[0].tolist())
    below = sum(threshold - width <= value < threshold for value in made[0].tolist())
    same(discretion.bunching(made[0], threshold, width),
         (above - below) / (above + below) if above + below else float("nan"))


@given(rows(FLAG, FLAG, st.sampled_from("AB")))
def test_cooperation_by_grade_equals_a_loop(made):
    shown, hidden, grade = made
    found = cooperation.cooperation_by_grade(shown, hidden, grade)
    for name in set(grade.tolist()):
        gain = [int(a) - int(b) for a, b, g in zip(shown, hidden, grade, strict=True) if g == name]
        assert found[name].value == pytest.approx(mean(gain)) and found[name].n == len(gain)


@given(rows(SMALL, SMALL, st.integers(0, 12), st.integers(0, 12), st.sampled_from("SL")))
def test_compliance_equals_a_loop(made):
    size = made[4]
    for row in firms.compliance(*made):
        mine = size == row.size
        with_it, without, lived, other = (int(column[mine].sum()) for column in made[:4])
        assert row.firms == int(mine.sum())
        same(row.offences_with, 100 * with_it / lived if lived else float("nan"))
        same(row.offences_without, 100 * without / other if other else float("nan"))


@given(rows(FLAG, st.sampled_from("SL"), least=30, most=120))
def test_exits_support_and_appeals_by_group_are_counted(made):
    flags, group = made
    counts = Counter(zip(flags.tolist(), group.tolist(), strict=True))
    for found in (firms.exits(flags, group), support.support_by_group(flags, group),
                  appeals.never_appealed(~flags, group)):
        for row in found:
            hit, of = counts[True, row.group], counts[True, row.group] + counts[False, row.group]
            assert row.of == of
            if row.count >= 0:
                assert row.rate.value == pytest.approx(hit / of)


@given(rows(st.integers(0, 24), st.integers(0, 24)), rows(FLAG, FLAG))
def test_children_are_counted(months, generations):
    out, seen = np.minimum(*months), np.maximum(*months)
    found = children.child_years(out, seen)
    assert (found.excluded, found.of) == pytest.approx((out.sum() / 12, seen.sum() / 12))
    assert found.children.value == pytest.approx(mean([month > 0 for month in out.tolist()]))
    later, others = children.second_generation(*generations)
    for ours, parent in ((later, True), (others, False)):
        same(ours.value, mean([c for p, c in zip(*generations, strict=True) if p == parent]))


@given(rows(FLAG, st.integers(0, 4), least=2))
def test_segregation_equals_its_definition(made):
    member, place = made
    total = Counter(zip(member.tolist(), place.tolist(), strict=True))
    a, b = int(member.sum()), int((~member).sum())
    places = set(place.tolist())
    if a and b:
        assert segregation.dissimilarity(member, place) == pytest.approx(
            sum(abs(total[True, p] / a - total[False, p] / b) for p in places) / 2
        )
    if a:
        others = [total[False, p] / (total[False, p] + total[True, p])
                  for m, p in zip(member.tolist(), place.tolist(), strict=True) if m]
        assert segregation.exposure(member, place) == pytest.approx(mean(others))
        assert segregation.isolation(member, place) == pytest.approx(1 - mean(others))


@given(rows(st.integers(0, 100), st.integers(0, 3), least=3))
def test_arbitrariness_is_one_less_eta_squared_of_scipys_f(made):
    sanction, gravity = made
    groups = [sanction[gravity == name] for name in np.unique(gravity)]
    between, within = len(groups) - 1, len(sanction) - len(groups)
    ours = proportionality.arbitrariness(sanction, gravity)
    if len(set(sanction.tolist())) == 1:
        assert np.isnan(ours)
    elif not between:
        assert ours == pytest.approx(1)
    elif not any(len(set(group)) > 1 for group in groups):
        assert ours == pytest.approx(0)
    else:
        f = stats.f_oneway(*groups).statistic
        assert ours == pytest.approx(within / (f * between + within))


@given(st.lists(st.tuples(SMALL, SMALL, st.integers(1, 24)), min_size=1, max_size=12))
def test_small_act_long_harm_equals_all_pairs(made):
    sanctions = [Sanction(str(k), g, s, float(m)) for k, (g, s, m) in enumerate(made)]
    expected = {
        one.rule: sum(two.gravity >= one.gravity + 3 and two.harm < one.harm for two in sanctions)
        for one in sanctions
    }
    found = proportionality.small_act_long_harm(sanctions)
    assert {f.sanction.rule: f.graver_treated_lighter for f in found} == {
        rule: count for rule, count in expected.items() if count
    }


@given(rows(st.integers(0, 3), st.integers(0, 3), st.integers(0, 24)))
def test_context_matrix_equals_a_loop(made):
    table = proportionality.context_matrix(*made, 4)
    count = Counter()
    for evidence, harm, months in zip(*(column.tolist() for column in made), strict=True):
        count[evidence, harm] += months
    assert {(a, b): table[a, b] for a in range(4) for b in range(4) if table[a, b]} == {
        cell: months for cell, months in count.items() if months
    }
    off = sum(months for (a, b), months in count.items() if a != b)
    whole = sum(count.values())
    same(proportionality.unrelated_share(table), off / whole if whole else float("nan"))


@given(st.lists(st.tuples(st.floats(0, 1), FLAG), min_size=1, max_size=60))
def test_calibration_equals_sklearn(made):
    chance, hit = (np.array(column) for column in zip(*made, strict=True))
    chance = np.floor(chance * 96) / 97 + 1 / 311  # no probability on the edge of a band
    bands = prediction.reliability(chance, hit)
    happened, predicted = calibration_curve(hit, chance, n_bins=10)
    assert [band.predicted for band in bands] == pytest.approx(predicted.tolist())
    for band, share in zip(bands, happened, strict=True):
        if band.happened.count >= 0:
            assert band.happened.rate.value == pytest.approx(share)
    assert prediction.calibration_gap(chance, hit) == pytest.approx(chance.mean() - hit.mean())


@given(rows(FLAG, st.sampled_from("ru"), st.sampled_from("12"), least=20, most=120))
def test_joint_cells_are_counted(made):
    flags, place, income = made
    found = intersections.intersections(flags, {"place": place, "income": income})
    count = Counter(zip(place.tolist(), income.tolist(), strict=True))
    assert {row.group: row.of for row in found} == {f"{a} x {b}": n for (a, b), n in count.items()}
    for row in found:
        if row.count >= 0:
            a, b = row.group.split(" x ")
            assert row.rate.value == pytest.approx(flags[(place == a) & (income == b)].mean())


@given(rows(st.integers(0, 20), st.integers(0, 20), st.integers(-1, 3)), st.data())
def test_reach_of_an_error_equals_a_loop(made, data):
    before, after, distance = made
    person = data.draw(st.integers(0, len(before) - 1))
    found = restriction_errors.reach(before, after, person, distance)
    moves = [abs(int(b) - int(a)) for a, b in zip(before, after, strict=True)]
    others = sum(moves) - moves[person]
    assert (found.others, found.own) == (others, after[person] - before[person])
    assert found.others_changed == sum(move > 0 for k, move in enumerate(moves) if k != person)
    same(found.amplification, (moves[person] + others) / moves[person] if moves[person]
         else float("nan"))
    steps = Counter(int(d) for d, move in zip(distance, moves, strict=True) if move and d >= 0)
    assert dict(enumerate(found.by_distance)) == {
        k: steps[k] for k in range(max(steps, default=-1) + 1)
    }


@given(rows(FLAG, FLAG, FLAG, st.integers(0, 24), FLAG))
def test_appeals_equal_a_loop(made):
    file = made[0]
    answer = made[1] & file
    won, wait, wrong = made[2] & answer, made[3], made[4]
    found = appeals.appeals(file, answer, won, wait, wrong)
    each = list(zip(file, answer, won, wait.tolist(), wrong, strict=True))
    same(found.filed.value, mean([one[0] for one in each]))
    same(found.upheld.value, mean([one[2] for one in each if one[1]]))
    assert found.harm_before_answer == sum(one[3] for one in each if one[2])
    same(found.errors_never_appealed.value, mean([not one[0] for one in each if one[4]]))
    same(appeals.mean_wait(wait, answer), mean([one[3] for one in each if one[1]]))


@given(rows(FLAG, FLAG, FLAG))
def test_three_bars_equal_a_loop(made):
    found = restriction_errors.causes(*made)
    kinds = Counter("error" if wrong else "protected" if right else "intended"
                    for hit, wrong, right in zip(*made, strict=True) if hit)
    for name in ("error", "intended", "protected"):
        assert getattr(found, name).value == pytest.approx(kinds[name] / len(made[0]))
    assert restriction_errors.person_months(np.array(made)) == sum(
        map(sum, (column.tolist() for column in made))
    )
