"""One month of one block: the articles' data flow, person by person.

acts → collect → structure → score → publish → control, in the order of docs/architecture.md.
A person reads only a function of the seed, or what was exchanged last month; what the month
gives is a list of changes to the exchange, messages, and counts.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.engine import act, collect, control, exchange, structure, tally
from scoredsociety.engine.score import (
    PART_GRADE,
    PART_MEANS,
    PART_OWN,
    PART_PEERS,
    score_person,
)
from scoredsociety.engine.state import (
    ERRORS,
    GRAVITY_SHIFT,
    LIST_SHIFT,
    MISATTRIBUTED,
    U8,
    U32,
    flags_of,
    grade_in,
    lists_in,
    month_of,
    pack_message,
    rule_of,
)
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.world import Outputs, Scratch, World
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner, int64, kernel
from scoredsociety.keyed import draw
from scoredsociety.scheme import tables as t
from scoredsociety.society import seats, ties, traits
from scoredsociety.society.tables import AGE, CELLS, COARSE_FRAILTY

GROUP = 32
FLAG_FALSE = 1


@inner
def know(world: World, dense: int, known: int, scratch: Scratch) -> int:
    """Fill the traits of person ``dense`` unless ``known``; returns 1."""
    if not known:
        traits.fill(
            world.society, world.seats, world.k0, world.k1, dense,
            int64(world.persons.household[dense]), scratch.traits,
        )  # fmt: skip
    return 1


@inner
def is_subject(world: World, dense: int, seat: int, s: int, scratch: Scratch) -> bool:
    """Whether scheme ``s`` scores this person (traits are filled)."""
    row = world.schemes.schemes[s]
    if scratch.traits[AGE] < row[t.S_MIN_AGE]:
        return False
    region = world.seats.region[dense >> world.seats.community_bits]
    if row[t.S_SUBJECT_REGION] >= 0 and region != row[t.S_SUBJECT_REGION]:
        return False
    trait = row[t.S_SUBJECT_TRAIT]
    if trait >= 0:
        value = scratch.traits[trait]
        if value < row[t.S_SUBJECT_MIN] or value > row[t.S_SUBJECT_MAX]:
            return False
    if row[t.S_PARTICIPATION]:
        word, _, _, _ = draw(world.k0, world.k1, seat, 0, row[t.S_STREAM], 0)
        return word < row[t.S_JOIN]
    return True


@inner
def subjects(world: World, dense: int, seat: int, status: int, scratch: Scratch) -> int:
    """Bits of the schemes that score this person."""
    mask = 0
    for s in range(world.schemes.schemes.shape[0]):
        if world.first:
            if is_subject(world, dense, seat, s, scratch):
                mask |= 1 << s
        elif grade_in(status, s) != t.NO_GRADE:
            mask |= 1 << s
    return mask


@inner
def read_inbox(
    world: World, content: Ints, first: int, last: int, n: int, subject_of: int, coarse: int,
    scratch: Scratch, tallies: Tallies,
) -> int:  # fmt: skip
    """Book what others' acts and errors sent here last month; returns the number of records."""
    now = world.month - world.origin
    for place in range(first, last):
        message = content[place]
        code, flags = (message >> 28) & 4095, (message >> 8) & 255
        amount, source = (message >> 16) & 15, (message >> 20) & 255
        late = message & 255
        if (message >> 40) & 1:
            scheme = world.schemes.rules[code, t.R_SCHEME]
            in_force = (
                world.schemes.rules[code, t.R_FROM] <= world.month
                and world.month < world.schemes.rules[code, t.R_UNTIL]
            )
            if (subject_of >> scheme) & 1 and in_force:
                n = structure.add_record(
                    scratch.records, n, code, now + late, flags, amount, world.schemes
                )
                tally.count(tallies.records[code], coarse)
        else:
            scratch.booked[:] = 0
            n, _ = structure.book_act(
                scratch.records, n, code, amount, source, flags, world.month, late,
                world.origin, scratch.traits, subject_of, scratch.booked, world.conduct,
                world.schemes, scratch.spill, scratch.spill.shape[0],
            )  # fmt: skip
            count_booked(scratch, tallies, coarse)
    return n


@inner
def count_booked(scratch: Scratch, tallies: Tallies, coarse: int) -> None:
    """Tally the rules under which an act was just booked."""
    for rule in range(tallies.records.shape[0]):
        if scratch.booked[rule]:
            tally.count(tallies.records[rule], coarse)


@inner
def live(
    world: World, dense: int, seat: int, life: int, coarse: int, known: int, scratch: Scratch
) -> tuple[int, int, int]:
    """What the person does this month, into scratch.acts; (acts, life, traits known)."""
    n = 0
    if life & 255:
        known = know(world, dense, known, scratch)
        life, n = act.episodes(
            world.k0, world.k1, seat, world.month, life, world.conduct, scratch.acts, n
        )
    frailty = coarse >> COARSE_FRAILTY
    for envelope in range(world.conduct.envelopes.shape[0]):
        count, w1, w2, w3 = act.candidates(
            world.k0, world.k1, seat, world.month, envelope, frailty, world.conduct
        )
        for place in range(count):
            cell = act.cell_of(
                world.k0, world.k1, seat, world.month, envelope, place, w1, w2, w3,
                world.conduct,
            )  # fmt: skip
            if cell >= 0:
                known = know(world, dense, known, scratch)
                life, n = act.accept(
                    world.k0, world.k1, seat, world.month, cell, place, life, world.conduct,
                    scratch.traits, scratch.shift, world.exp2, scratch.acts, n,
                )  # fmt: skip
    return n, life, known


@inner
def record_act(
    world: World, dense: int, seat: int, place: int, n: int, subject_of: int, coarse: int,
    outbox: Ints, messages: int, scratch: Scratch, tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """One act meets its sources; (records, messages)."""
    done = scratch.acts[place, act.X_ACT]
    amount, ordinal = scratch.acts[place, act.X_AMOUNT], scratch.acts[place, act.X_ORDINAL]
    false = scratch.acts[place, act.X_FALSE]
    scratch.booked[:] = 0
    seen = 0
    first = world.conduct.acts[done, c.A_SOURCES]
    for entry in range(first, first + world.conduct.acts[done, c.A_SOURCE_COUNT]):
        source = world.conduct.act_sources[entry]
        how, late, word = collect.see(
            world.k0, world.k1, seat, world.month, done, ordinal, false, source, world.conduct,
            scratch.traits, world.exp2,
        )  # fmt: skip
        if how == collect.NOT_SEEN:
            continue
        seen = 1
        if late:
            tally.count(tallies.errors[tally.E_LATE], coarse)
        if how == collect.ELSEWHERE:
            other = collect.somebody_else(
                dense, word, world.seats.community_size, world.seats.people
            )
            if other >= 0:
                tally.count(tallies.errors[tally.E_MISATTRIBUTED], coarse)
                content = pack_message(0, done, source, amount, MISATTRIBUTED, late)
                messages = exchange.send(outbox, messages, other, content, dense)
            continue
        n, spills = structure.book_act(
            scratch.records, n, done, amount, source, FLAG_FALSE if false else 0, world.month,
            late, world.origin, scratch.traits, subject_of, scratch.booked, world.conduct,
            world.schemes, scratch.spill, 0,
        )  # fmt: skip
        for spill in range(spills):
            content = pack_message(
                1, scratch.spill[spill, 0], source, scratch.spill[spill, 1],
                scratch.spill[spill, 2], late,
            )  # fmt: skip
            messages = exchange.send_home(
                world, dense, scratch.spill[spill, 3], content, outbox, messages, scratch
            )
        if not false:
            n = structure.correct(
                scratch.records, n, done, world.month - world.origin, world.schemes
            )
        if false:
            break  # one false record, at the first source
    if false:
        tally.count(tallies.errors[tally.E_FALSE], coarse)
    else:
        tally.count(tallies.acts[done], coarse)
        if not seen:
            tally.count(tallies.errors[tally.E_MISSING], coarse)
    count_booked(scratch, tallies, coarse)
    return n, messages


@inner
def follow_lists(
    world: World, dense: int, s: int, n: int, status: int, known: int, scratch: Scratch
) -> tuple[int, int]:
    """Rules of scheme ``s`` that follow a list or a grade published last month.

    Returns (records, traits known).
    """
    now = world.month - world.origin
    for place in range(world.derived.standing.shape[0]):
        rule = world.derived.standing[place]
        if world.schemes.rules[rule, t.R_SCHEME] != s:
            continue
        on = world.schemes.rules[rule, t.R_ON]
        if world.schemes.rules[rule, t.R_KIND] == t.ON_LIST:
            member = (lists_in(status) >> on) & 1 == 1
        else:  # on -1: a scheme that is not in the run
            member = on >= 0 and grade_in(status, on >> 4) <= on & 15
        if member and world.schemes.rules[rule, t.R_IF_TRAIT] >= 0:
            known = know(world, dense, known, scratch)
            member = structure.fits(rule, scratch.traits, world.schemes)
        member = member and structure.in_force(rule, world.month, world.schemes)
        n = structure.stand(scratch.records, n, rule, member, now, world.schemes)
    return n, known


@inner
def own_lists(world: World, s: int, n: int, scratch: Scratch) -> int:
    """List bits that the live records of scheme ``s`` set."""
    now = world.month - world.origin
    bits = 0
    for place in range(n):
        if scratch.left_out[place]:
            continue
        word = scratch.records[place]
        rule = rule_of(word)
        bit = world.schemes.rules[rule, t.R_LIST]
        listed = bit >= 0 and world.schemes.rules[rule, t.R_SCHEME] == s
        if listed and structure.counts_at(word, now, world.schemes):
            bits |= 1 << bit
    return bits


@inner
def latest_gravity(world: World, n: int, scratch: Scratch) -> int:
    """Gravity of the latest live violation; of several in a month, the gravest."""
    now = world.month - world.origin
    latest, gravity = -1, 0
    for place in range(n):
        word = scratch.records[place]
        weight = world.schemes.rules[rule_of(word), t.R_GRAVITY]
        if weight <= 0 or not structure.counts_at(word, now, world.schemes):
            continue
        if month_of(word) > latest or (month_of(word) == latest and weight > gravity):
            latest, gravity = month_of(word), weight
    return gravity


@inner
def ties_for(world: World, dense: int, s: int, open_slots: int, scratch: Scratch) -> None:
    """What scheme ``s`` reads of the ties: the points of its rules and the means of its parts."""
    for place in range(world.derived.peer_rules.shape[0]):
        rule = world.derived.peer_rules[place]
        row = world.schemes.rules[rule]
        scratch.parts[PART_PEERS + place] = 0
        if row[t.R_SCHEME] != s or not structure.in_force(rule, world.month, world.schemes):
            continue
        if structure.fits(rule, scratch.traits, world.schemes):
            count = exchange.peers_with_violation(
                world, dense, row[t.R_AMOUNT_MIN], row[t.R_LAYERS], open_slots, scratch
            )
            scratch.parts[PART_PEERS + place] = row[t.R_POINTS] * min(count, row[t.R_AMOUNT_MAX])
    first = world.schemes.schemes[s, t.S_COMPONENTS]
    for component in range(first, first + world.schemes.schemes[s, t.S_COMPONENT_COUNT]):
        row = world.schemes.components[component]
        if row[t.C_KIND] == t.PEERS:
            source = world.derived.own_row[s] if row[t.C_PEERS_OF] == 1 else s
            scratch.parts[PART_MEANS + component] = exchange.peers_mean(
                world, dense, s, source, row[t.C_LAYERS], open_slots, scratch
            )


@inner
def score_one(world: World, s: int, n: int, scratch: Scratch) -> int:
    """Score of scheme ``s``; the ledger is in scratch.parts."""
    return score_person(
        s, scratch.records, n, world.month - world.origin, world.month, world.origin % 12,
        scratch.traits, world.schemes, world.conduct, world.derived, scratch.left_out,
        scratch.parts,
    )  # fmt: skip


@inner
def evaluate(
    world: World, dense: int, n: int, subject_of: int, status: int, open_slots: int, known: int,
    scratch: Scratch,
) -> tuple[int, int, int]:  # fmt: skip
    """Score and publish: fills scratch.scores; (new status, records, traits known)."""
    lists = lists_in(status)
    grades = status & 0xFFFF
    for row in range(scratch.scores.shape[0]):
        scratch.scores[row] = int64(world.exchange.score[row, dense])
    for s in range(world.schemes.schemes.shape[0]):
        if not (subject_of >> s) & 1:
            grades |= t.NO_GRADE << (4 * s)
            lists &= ~world.derived.own_lists[s]
            if world.first:
                scratch.scores[s] = world.schemes.schemes[s, t.S_START]
            continue
        n, known = follow_lists(world, dense, s, n, status, known, scratch)
        if world.first == 0 and world.month % world.schemes.schemes[s, t.S_EVERY] != 0:
            continue
        lists = lists & ~world.derived.own_lists[s] | own_lists(world, s, n, scratch)
        if world.derived.always[s]:
            known = know(world, dense, known, scratch)
            if world.schemes.schemes[s, t.S_PEERS]:
                ties_for(world, dense, s, open_slots, scratch)
        scratch.scores[s] = score_one(world, s, n, scratch)
        grades = grades & ~(15 << (4 * s)) | scratch.parts[PART_GRADE] << (4 * s)
        own = world.derived.own_row[s]
        if own >= 0:
            low, high = world.schemes.schemes[s, t.S_LOW], world.schemes.schemes[s, t.S_HIGH]
            scratch.scores[own] = low + ((high - low) * scratch.parts[PART_OWN] >> 16)
    gravity = latest_gravity(world, n, scratch)
    flags = status >> 28 << 28
    return grades | lists << LIST_SHIFT | gravity << GRAVITY_SHIFT | flags, n, known


@inner
def denied_without(
    world: World, s: int, n: int, lists: int, which: int, scratch: Scratch
) -> bool:
    """Whether scheme ``s`` would still deny something without the records of kind ``which``.

    which 1: records through an error; 2: those and records of protected conduct.
    """
    found = False
    for place in range(n):
        word = scratch.records[place]
        out = flags_of(word) & ERRORS != 0
        if which == 2 and world.derived.protected[rule_of(word)]:
            out = True
        scratch.left_out[place] = 1 if out else 0
        found = found or out
    if not found:
        return True
    score = score_one(world, s, n, scratch)
    grade = scratch.parts[PART_GRADE]
    lists = lists & ~world.derived.own_lists[s] | own_lists(world, s, n, scratch)
    mask = control.of_scheme(s, grade, score, lists, world.schemes, world.derived)
    for place in range(n):
        scratch.left_out[place] = 0
    return control.denied(mask, world.derived) != 0


@inner
def why_denied(
    world: World, dense: int, s: int, n: int, status: int, open_slots: int, known: int,
    scratch: Scratch,
) -> int:  # fmt: skip
    """As the rules intend, through an error in the records, or for protected conduct."""
    if world.derived.always[s]:
        know(world, dense, known, scratch)
        if world.schemes.schemes[s, t.S_PEERS]:
            ties_for(world, dense, s, open_slots, scratch)
    lists = lists_in(status)
    if not denied_without(world, s, n, lists, 1, scratch):
        return control.THROUGH_ERROR
    if not denied_without(world, s, n, lists, 2, scratch):
        return control.PROTECTED
    return control.INTENDED


@inner
def tally_person(
    world: World, dense: int, n: int, status: int, coarse: int, open_slots: int, known: int,
    scratch: Scratch, tallies: Tallies,
) -> None:  # fmt: skip
    """Count the person in the month's tallies, under what is published of them now."""
    cell = coarse & (CELLS - 1)
    tally.count(tallies.persons, coarse)
    for s in range(world.schemes.schemes.shape[0]):
        grade = grade_in(status, s)
        tallies.cells[s, cell, grade] += 1
        if grade == t.NO_GRADE:
            continue
        tallies.scores[s, cell] += scratch.scores[s]
        mask = control.of_scheme(
            s, grade, scratch.scores[s], lists_in(status), world.schemes, world.derived
        )
        if mask == 0:
            continue
        for place in range(world.schemes.consequences.shape[0]):
            if (mask >> place) & 1:
                tally.count(tallies.consequences[place], coarse)
        if control.denied(mask, world.derived):
            cause = why_denied(world, dense, s, n, status, open_slots, known, scratch)
            tally.count(tallies.restricted[s, 0], coarse)
            tally.count(tallies.restricted[s, 1 + cause], coarse)
    lists = lists_in(status)
    for bit in range(t.MOST_LISTS):
        if (lists >> bit) & 1:
            tally.count(tallies.listed[bit], coarse)


@inner
def enter_group(world: World, group: int, every: int, scratch: Scratch) -> int:
    """Work out where the slots of a group of 32 seats lead; returns the group.

    Only the slots that turn over this month are needed, unless ``every`` is 1.
    """
    for slot in range(ties.slot_count(world.society)):
        scratch.phase[slot] = ties.phase_of(slot)
        if every or scratch.phase[slot] == world.month % 12:
            scratch.base[slot], scratch.mask[slot] = ties.group_slot(
                world.society, world.seats, world.k0, world.k1, group, slot
            )
    return group


@kernel
def advance(
    world: World, first: int, last: int, life: U32, tie_bits: U32, counts: U8, records: U32,
    targets: Ints, contents: Ints, out: Outputs, scratch: Scratch, tallies: Tallies,
) -> None:  # fmt: skip
    """One month of persons first..last, from the block's columns into ``out``.

    ``records`` are the block's records; ``targets`` and ``contents`` its part of the inbox.
    Where ``out`` has too little room, ``out.used`` says how much is needed and the rest of
    ``out`` must not be used.
    """
    messages, changes, written, read, mail = 0, 0, 0, 0, 0
    reads_ties = world.derived.reads_ties[0]
    group = -1
    for dense in range(first, last):
        own = dense - first
        if dense // GROUP != group:
            group = enter_group(world, dense // GROUP, reads_ties, scratch)
        n = int64(counts[own])
        for place in range(n):
            scratch.records[place] = int64(records[read + place])
        read += n
        mail_first = mail
        while mail < targets.shape[0] and targets[mail] == dense:
            mail += 1
        n, life_now, status, messages = person_month(
            world, dense, n, int64(life[own]), int64(tie_bits[own]), contents, mail_first, mail,
            out.outbox, messages, scratch, tallies,
        )  # fmt: skip
        changes = publish(world, dense, status, changes, out, scratch)
        out.life[own] = np.uint32(life_now)
        out.ties[own] = np.uint32(
            exchange.turn_ties(
                world, dense, int64(seats.id_of(world.seats, dense)), int64(tie_bits[own]), False,
                scratch,
            )  # fmt: skip
        )
        out.counts[own] = np.uint8(n)
        for place in range(n):
            if written + place < out.records.shape[0]:
                out.records[written + place] = np.uint32(scratch.records[place])
        written += n
    out.used[0], out.used[1], out.used[2] = written, changes, messages


@inner
def person_month(
    world: World, dense: int, n: int, life: int, open_slots: int, contents: Ints,
    mail_first: int, mail_last: int, outbox: Ints, messages: int, scratch: Scratch,
    tallies: Tallies,
) -> tuple[int, int, int, int]:  # fmt: skip
    """One person's month; (records, life, status published, messages).

    scratch.records holds the records before and after, scratch.scores the scores after.
    """
    seat = int64(seats.id_of(world.seats, dense))
    coarse = int64(world.persons.coarse[dense])
    status = int64(world.exchange.status[dense])
    before, known = n, 0
    if world.first:
        known = know(world, dense, known, scratch)
    subject_of = subjects(world, dense, seat, status, scratch)
    if n > 0:
        n = structure.forget(
            scratch.records, n, world.month - world.origin, world.origin % 12, world.schemes
        )
    if mail_last > mail_first:
        known = know(world, dense, known, scratch)
        n = read_inbox(
            world, contents, mail_first, mail_last, n, subject_of, coarse, scratch, tallies
        )
    done, life, known = live(world, dense, seat, life, coarse, known, scratch)
    for place in range(done):
        n, messages = record_act(
            world, dense, seat, place, n, subject_of, coarse, outbox, messages, scratch, tallies
        )
    if n > 0 or before > 0 or world.first or world.derived.restless[0]:
        status, n, known = evaluate(
            world, dense, n, subject_of, status, open_slots, known, scratch
        )
    else:
        for row in range(scratch.scores.shape[0]):
            scratch.scores[row] = int64(world.exchange.score[row, dense])
    tally_person(world, dense, n, status, coarse, open_slots, known, scratch, tallies)
    return n, life, status, messages


@inner
def publish(
    world: World, dense: int, status: int, changes: int, out: Outputs, scratch: Scratch
) -> int:
    """Note what changed in the exchange; returns the number of changes."""
    moved = world.first == 1 or status != int64(world.exchange.status[dense])
    for row in range(scratch.scores.shape[0]):
        moved = moved or scratch.scores[row] != int64(world.exchange.score[row, dense])
    if not moved:
        return changes
    out.person[changes] = np.uint32(dense)
    out.status[changes] = np.uint32(status)
    for row in range(scratch.scores.shape[0]):
        out.score[row, changes] = np.int32(scratch.scores[row])
    return changes + 1


@kernel
def account(
    world: World, dense: int, s: int, n: int, open_slots: int, scratch: Scratch
) -> int:
    """Score of scheme ``s`` for scratch.records; the ledger is in scratch.parts."""
    enter_group(world, dense // GROUP, 1, scratch)
    know(world, dense, 0, scratch)
    ties_for(world, dense, s, open_slots, scratch)
    return score_one(world, s, n, scratch)


@kernel
def acts_of(world: World, dense: int, life: int, scratch: Scratch) -> int:
    """What a person does this month, into scratch.acts; the number of acts."""
    seat = int64(seats.id_of(world.seats, dense))
    done, _, _ = live(world, dense, seat, life, int64(world.persons.coarse[dense]), 0, scratch)
    return done


@kernel
def start_ties(world: World, first: int, last: int, tie_bits: U32, scratch: Scratch) -> None:
    """The ties that are open at the start, from the seed."""
    group = -1
    for dense in range(first, last):
        if dense // GROUP != group:
            group = enter_group(world, dense // GROUP, 1, scratch)
        seat = int64(seats.id_of(world.seats, dense))
        tie_bits[dense - first] = np.uint32(
            exchange.turn_ties(world, dense, seat, int64(0), True, scratch)
        )

