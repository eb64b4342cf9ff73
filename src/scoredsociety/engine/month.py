"""One month of one block: the articles' data flow, person by person.

acts → collect → structure → score → publish → control, in the order of docs/architecture.md.
A person reads only a function of the seed, or what was exchanged last month; what the month
gives is a list of changes to the exchange, messages, and counts.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.engine import act, collect, control, exchange, structure, tally
from scoredsociety.engine.respond import cutting, joining, person, seeking
from scoredsociety.engine.respond.mind import M_WANTED
from scoredsociety.engine.respond.stakes import SPEECH
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
from scoredsociety.engine.world import Outputs, Scratch, World, know
from scoredsociety.fixed import Ints, threshold
from scoredsociety.kernel import inner, int64, kernel
from scoredsociety.keyed import draw
from scoredsociety.scheme import tables as t
from scoredsociety.society import seats, ties
from scoredsociety.society.tables import AGE, CELLS, COARSE_FRAILTY

GROUP = 32
FLAG_FALSE = 1


@inner
def is_eligible(world: World, dense: int, s: int, scratch: Scratch) -> bool:
    """Whether scheme ``s`` may score this person (traits are filled)."""
    row = world.schemes.schemes[s]
    if scratch.traits[AGE] < row[t.S_MIN_AGE]:
        return False
    region = world.seats.region[dense >> world.seats.community_bits]
    if row[t.S_SUBJECT_REGION] >= 0 and region != row[t.S_SUBJECT_REGION]:
        return False
    trait = row[t.S_SUBJECT_TRAIT]
    if trait < 0:
        return True
    value = scratch.traits[trait]
    return row[t.S_SUBJECT_MIN] <= value and value <= row[t.S_SUBJECT_MAX]


@inner
def is_subject(world: World, dense: int, seat: int, s: int, scratch: Scratch) -> bool:
    """Whether scheme ``s`` scores this person from the start (traits are filled)."""
    if not is_eligible(world, dense, s, scratch):
        return False
    row = world.schemes.schemes[s]
    if row[t.S_PARTICIPATION]:
        word, _, _, _ = draw(world.k0, world.k1, seat, 0, row[t.S_STREAM], 0)
        return word < row[t.S_JOIN]
    return True


@inner
def subjects(
    world: World, dense: int, seat: int, status: int, open_slots: int, scratch: Scratch
) -> int:
    """Bits of the schemes that score this person this month."""
    mask = 0
    for s in range(world.schemes.schemes.shape[0]):
        graded = grade_in(status, s) != t.NO_GRADE
        if world.first:  # a dated version may govern others; who was in and still may be, stays
            if is_eligible(world, dense, s, scratch) and (
                graded or is_subject(world, dense, seat, s, scratch)
            ):
                mask |= 1 << s
        elif graded:
            mask |= 1 << s
        elif world.responses.forms[c.JOINING] and world.schemes.schemes[s, t.S_PARTICIPATION]:
            joined = joining.joins(world, dense, seat, s, open_slots, scratch)
            if joined and is_eligible(world, dense, s, scratch):
                mask |= 1 << s
    return mask


@inner
def newly(world: World, subject_of: int, status: int) -> bool:
    """Whether a scheme scores this person that did not last month."""
    for s in range(world.schemes.schemes.shape[0]):
        if (subject_of >> s) & 1 and grade_in(status, s) == t.NO_GRADE:
            return True
    return False


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
    world: World, dense: int, seat: int, life: int, open_slots: int, coarse: int,
    scratch: Scratch,
) -> tuple[int, int]:
    """What the person does this month, into scratch.acts; (acts, life)."""
    n = 0
    if life & 255:
        know(world, dense, scratch)
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
                life, n = meet(world, dense, seat, cell, place, life, open_slots, n, scratch)
    return n, life


@inner
def meet(
    world: World, dense: int, seat: int, cell: int, place: int, life: int, open_slots: int,
    n: int, scratch: Scratch,
) -> tuple[int, int]:  # fmt: skip
    """Candidate ``place`` fell into ``cell``: act on it or not; (life, number of acts)."""
    which, false = cell >> 1, cell & 1
    ordinal = place + act.FALSE_ORDINAL if false else place
    stream = world.conduct.acts[which, c.A_STREAM]
    w0, w1, _, _ = draw(world.k0, world.k1, seat, world.month, stream, ordinal)
    know(world, dense, scratch)  # rules look at traits, also for a record without an act
    if false:
        n = act.file_false(which, w0, w1, ordinal, world.conduct, scratch.acts, n)
        return life, n
    ready = act.readiness(which, world.conduct, scratch.traits)
    wishes = w0 < threshold(ready, world.exp2)
    does = wishes
    if world.responding:
        more = person.shift(world, dense, seat, which, life, scratch)
        does = w0 < threshold(ready + more, world.exp2)
        if world.stakes.kind[which] == SPEECH and (wishes or does):
            person.note(which, 0, scratch)
        if does:
            does = not person.stays_silent(
                world, dense, seat, which, place, open_slots, scratch
            )
        if wishes and not does:
            person.note(which, 1, scratch)
    if does:
        life, n = act.do(which, w1, ordinal, life, world.conduct, scratch.acts, n)
    return life, n


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
    world: World, dense: int, s: int, n: int, status: int, scratch: Scratch
) -> int:
    """Rules of scheme ``s`` that follow a list or a grade published last month.

    Returns the number of records.
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
            know(world, dense, scratch)
            member = structure.fits(rule, scratch.traits, world.schemes)
        member = member and structure.in_force(rule, world.month, world.schemes)
        n = structure.stand(scratch.records, n, rule, member, now, world.schemes)
    return n


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
    world: World, dense: int, n: int, subject_of: int, status: int, open_slots: int,
    scratch: Scratch,
) -> tuple[int, int]:  # fmt: skip
    """Score and publish: fills scratch.scores; (new status, records)."""
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
        n = follow_lists(world, dense, s, n, status, scratch)
        if world.first == 0 and world.month % world.schemes.schemes[s, t.S_EVERY] != 0:
            continue
        lists = lists & ~world.derived.own_lists[s] | own_lists(world, s, n, scratch)
        if world.derived.always[s]:
            know(world, dense, scratch)
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
    return grades | lists << LIST_SHIFT | gravity << GRAVITY_SHIFT | flags, n


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
    world: World, dense: int, s: int, n: int, status: int, open_slots: int, scratch: Scratch
) -> int:
    """As the rules intend, through an error in the records, or for protected conduct."""
    if world.derived.always[s]:
        know(world, dense, scratch)
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
    world: World, dense: int, n: int, status: int, coarse: int, open_slots: int,
    scratch: Scratch, tallies: Tallies,
) -> int:  # fmt: skip
    """Count the person in the month's tallies, under what is published of them now.

    Returns 0 where nothing is denied, 1 where something is, 2 where it is through an error.
    """
    cell = coarse & (CELLS - 1)
    tally.count(tallies.persons, coarse)
    restricted = 0
    for s in range(world.schemes.schemes.shape[0]):
        grade = grade_in(status, s)
        tallies.cells[s, cell, grade] += 1
        if grade == t.NO_GRADE:
            continue
        tallies.scores[s, cell] += scratch.scores[s]
        if world.scalars[s, person.SUSPENDED]:
            continue
        mask = control.of_scheme(
            s, grade, scratch.scores[s], lists_in(status), world.schemes, world.derived
        )
        if mask == 0:
            continue
        for place in range(world.schemes.consequences.shape[0]):
            if (mask >> place) & 1:
                tally.count(tallies.consequences[place], coarse)
        if control.denied(mask, world.derived):
            cause = why_denied(world, dense, s, n, status, open_slots, scratch)
            tally.count(tallies.restricted[s, 0], coarse)
            tally.count(tallies.restricted[s, 1 + cause], coarse)
            restricted = max(restricted, 2 if cause == control.THROUGH_ERROR else 1)
    lists = lists_in(status)
    if lists:
        for bit in range(t.MOST_LISTS):
            if (lists >> bit) & 1:
                tally.count(tallies.listed[bit], coarse)
    return restricted


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
    reads_ties = max(world.derived.reads_ties[0], world.responding)
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
        open_slots = int64(tie_bits[own])
        out.ties[own] = np.uint32(turn_and_cut(world, dense, open_slots, scratch, tallies))
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
    before = n
    if world.first:
        know(world, dense, scratch)
    scratch.mind[:] = 0
    subject_of = subjects(world, dense, seat, status, open_slots, scratch)
    if n > 0:
        n = structure.forget(
            scratch.records, n, world.month - world.origin, world.origin % 12, world.schemes
        )
    if world.responding and subject_of:
        n, life = person.begin(
            world, dense, seat, n, life, open_slots, coarse, scratch, tallies
        )
    if mail_last > mail_first:
        know(world, dense, scratch)
        n = read_inbox(
            world, contents, mail_first, mail_last, n, subject_of, coarse, scratch, tallies
        )
    done, life = live(world, dense, seat, life, open_slots, coarse, scratch)
    if world.responding and subject_of:
        done = seek(world, dense, seat, done, coarse, scratch, tallies)
    for place in range(done):
        n, messages = record_act(
            world, dense, seat, place, n, subject_of, coarse, outbox, messages, scratch, tallies
        )
    joined = newly(world, subject_of, status)
    if n > 0 or before > 0 or world.first or joined or world.derived.restless[0]:
        status, n = evaluate(world, dense, n, subject_of, status, open_slots, scratch)
    else:
        for row in range(scratch.scores.shape[0]):
            scratch.scores[row] = int64(world.exchange.score[row, dense])
    restricted = tally_person(world, dense, n, status, coarse, open_slots, scratch, tallies)
    if world.responding and subject_of:
        if joined and not world.first:
            tally.count(tallies.responses[tally.V_JOINED], coarse)
        status = person.flags(
            world, seat, status, restricted, spoke(world, done, scratch), life, scratch
        )
        person.count(
            world, dense, seat, status, life, 1 if restricted == 2 else 0, open_slots, coarse,
            scratch, tallies,
        )  # fmt: skip
    return n, life, status, messages


@inner
def seek(
    world: World, dense: int, seat: int, done: int, coarse: int, scratch: Scratch,
    tallies: Tallies,
) -> int:  # fmt: skip
    """Add an act done for points, if any; returns the number of acts."""
    extra, word = seeking.sought(world, dense, seat, scratch.mind[M_WANTED], scratch)
    if extra < 0:
        return done
    know(world, dense, scratch)
    tally.count(tallies.responses[tally.V_SOUGHT], coarse)
    _, done = act.do(extra, word, seeking.ORDINAL, 0, world.conduct, scratch.acts, done)
    return done


@inner
def spoke(world: World, done: int, scratch: Scratch) -> int:
    """1 where the person spoke this month: an act of protected speech that was done."""
    for place in range(done):
        said = world.stakes.kind[scratch.acts[place, act.X_ACT]] == SPEECH
        if said and not scratch.acts[place, act.X_FALSE]:
            return 1
    return 0


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


@inner
def turn_and_cut(
    world: World, dense: int, open_slots: int, scratch: Scratch, tallies: Tallies
) -> int:
    """The tie bits after this month's cuts and turnover; both ends reach the same."""
    seat = int64(seats.id_of(world.seats, dense))
    if world.responses.forms[c.TIES]:
        open_slots, cuts = cutting.cut(world, dense, seat, open_slots, scratch)
        coarse = int64(world.persons.coarse[dense])
        for _ in range(cuts):
            tally.count(tallies.responses[tally.V_CUT], coarse)
        for _ in range(control.count_bits(open_slots)):
            tally.count(tallies.responses[tally.V_TIES], coarse)
    return exchange.turn_ties(world, dense, seat, open_slots, False, scratch)


@kernel
def account(
    world: World, dense: int, s: int, n: int, open_slots: int, scratch: Scratch
) -> int:
    """Score of scheme ``s`` for scratch.records; the ledger is in scratch.parts."""
    enter_group(world, dense // GROUP, 1, scratch)
    know(world, dense, scratch)
    ties_for(world, dense, s, open_slots, scratch)
    return score_one(world, s, n, scratch)


@kernel
def acts_of(
    world: World, dense: int, life: int, open_slots: int, scratch: Scratch, tallies: Tallies
) -> int:
    """What a person does this month, into scratch.acts; the number of acts."""
    enter_group(world, dense // GROUP, 1, scratch)
    seat = int64(seats.id_of(world.seats, dense))
    coarse = int64(world.persons.coarse[dense])
    status = int64(world.exchange.status[dense])
    scratch.mind[:] = 0
    subject_of = 0
    if world.first:
        know(world, dense, scratch)
    if world.responding:
        subject_of = subjects(world, dense, seat, status, open_slots, scratch)
    if subject_of:
        _, life = person.begin(world, dense, seat, 0, life, open_slots, coarse, scratch, tallies)
    done, _ = live(world, dense, seat, life, open_slots, coarse, scratch)
    if subject_of:
        done = seek(world, dense, seat, done, coarse, scratch, tallies)
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

