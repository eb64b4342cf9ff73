"""Traits of a seat: one person's whole vector from the tables and keyed draws, never stored.

Each trait has draws of its own at month 0. Where sources are joint, so are the draws: income is
a rank of the household; schooling, internet and savings take that rank with a declared share
(a mixture, so margins stay exact). Frailty is skewed: the rate of acts of class f is
2**((f - mean) / 2), and classes fall geometrically, so 5 to 10 % of people do about half of the
acts (Wolfgang et al. 1972 [M]; assumed). A domain's frailty is within two classes of it.
"""

from __future__ import annotations

from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw
from scoredsociety.society import tables as t
from scoredsociety.society.people.households import class_of
from scoredsociety.society.people.kin import member, quantile
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.places import Pool
from scoredsociety.society.tables import Seats, SocietyTables

TOP = 0xFFFFFFFF


@kernel
def reached(value: int, mark: int) -> int:
    """1 where a value has reached a mark, else 0 (an integer also where NumPy's bool is not)."""
    return 1 if value >= mark else 0


@kernel
def band_of(age: int) -> int:
    """Age band of the coarse traits: 0-17, 18-29, 30-44, 45-59, 60+ (codes 0 to 4)."""
    return reached(age, 18) + reached(age, 30) + reached(age, 45) + reached(age, 60)


@kernel
def fill(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, dense: int, household: int, out: Ints
) -> None:
    """Fill ``out`` (38,) with the traits of a person; ``household`` is the byte of partition."""
    pool, byte = tables.pool, int64(household)
    me = id_of(seats, dense)
    community = dense >> seats.community_bits
    position, size, urban = byte >> 4, byte & 15, seats.urban[community]
    first = me - position
    role, age, sex, married, children = member(pool, k0, k1, first, size, urban, position)
    out[t.AGE], out[t.SEX], out[t.URBAN], out[t.ROLE] = age, sex, urban, role
    out[t.HOUSEHOLD_SIZE], out[t.MARRIED], out[t.CHILDREN] = size, married, children
    fill_life(pool, k0, k1, first, me, seats.region[community], 0, 0, 0, age, -1, out)


@kernel
def fill_life(
    pool: Pool, k0: int, k1: int, first: int, me: int, region: int, era: int, wealth: int,
    life: int, cohort: int, parent: int, out: Ints,
) -> None:  # fmt: skip
    """All but the place in the household, which ``out`` holds already.

    Of life number ``life`` of the seat ``me`` in household number ``era`` (0: the present ones),
    whose wealth was drawn for household ``wealth``; ``cohort`` is the age that decides on
    schooling, ``parent`` the head's life number where schooling may be inherited, else -1.
    """
    rank = fill_income(pool, k0, k1, first, region, era, wealth, out)
    fill_schooling(pool, k0, k1, first, me, rank, era, life, cohort, parent, out)
    fill_work(pool, k0, k1, me, life, out)
    fill_online(pool, k0, k1, me, life, rank, out)
    fill_credit(pool, k0, k1, me, life, out)
    fill_habits(pool, k0, k1, me, life, out)
    fill_views(pool, k0, k1, me, life, out)
    fill_frailty(pool, k0, k1, me, life, out)
    fill_place(pool, k0, k1, me, out)


@kernel
def fill_income(
    pool: Pool, k0: int, k1: int, first: int, region: int, era: int, wealth: int, out: Ints
) -> int:
    """Income per head, savings and buffer of the household; gives its rank (32 bits).

    Income by urban and rural quantiles (O-D7 to O-D10); savings by income fifth (assumed).
    """
    stream = pool.streams.wealth
    rank, rounding, savings, buffer = draw(k0, k1, first, era, stream, 0)
    if wealth != era:
        _, _, savings, buffer = draw(k0, k1, first, wealth, stream, 0)
    log2 = quantile(pool, pool.params.income + 257 * out[t.URBAN], rank) >> 8
    log2 += pool.values[pool.params.regions + region]
    step = pool.params.income_step
    code = (log2 - pool.params.income_low + (rounding * step >> 32)) // step
    out[t.INCOME] = min(max(code, 0), 255)
    fifth = 0
    for k in range(4):
        fifth += reached(log2, pool.values[pool.params.fifths + k])
    out[t.INCOME_FIFTH] = fifth
    out[t.SAVINGS] = class_of(pool, pool.params.savings + fifth * 8, 8, savings)
    shift = (buffer * 3 >> 32) - 1
    out[t.LIQUIDITY_BUFFER] = min(max(out[t.SAVINGS] + shift, 0), 7)
    return rank


@kernel
def schooled(
    pool: Pool, k0: int, k1: int, first: int, rank: int, era: int, mix: int, own: int
) -> int:
    """Rank in schooling (32 bits): the own, or by a declared share the household's."""
    like = pool.params.schooling_like  # half of the likeness through income, half of its own
    if mix < like >> 1:
        return rank
    if mix < like:
        own, _, _, _ = draw(k0, k1, first, era, pool.streams.schooling, 1)
    return own


@kernel
def fill_schooling(
    pool: Pool, k0: int, k1: int, first: int, me: int, rank: int, era: int, life: int,
    cohort: int, parent: int, out: Ints,
) -> None:  # fmt: skip
    """Schooling by urban and cohort (O-D5), alike in a household and with its income; hukou."""
    stream = pool.streams.schooling
    mix, own, hukou, _ = draw(k0, k1, me, life, stream, 0)
    own = schooled(pool, k0, k1, first, rank, era, mix, own)
    if parent >= 0:
        word, _, _, _ = draw(k0, k1, me, life, stream, 2)
        if word < pool.params.schooled:
            mix, own, _, _ = draw(k0, k1, first, parent, stream, 0)
            own = schooled(pool, k0, k1, first, rank, era, mix, own)
    age, urban = out[t.AGE], out[t.URBAN]
    if age < 6:
        out[t.SCHOOLING] = 0
    elif age < 15:
        out[t.SCHOOLING] = 1 if age < 13 else 2
    else:
        at = pool.params.schooling + (urban * 5 + band_of(cohort)) * 5
        out[t.SCHOOLING] = class_of(pool, at, 5, own)
    out[t.HUKOU] = 1 if hukou < pool.values[pool.params.hukou + urban] else 0


@kernel
def fill_work(pool: Pool, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Work by urban, age and schooling; firm and Party (assumed shares)."""
    work, firm, party, _ = draw(k0, k1, me, life, pool.streams.work, 0)
    age = out[t.AGE]
    out[t.WORK] = 0 if age < 6 else 7
    if age >= 16:
        band = reached(age, 25) + reached(age, 45) + reached(age, 60)
        schooled = 1 if out[t.SCHOOLING] >= 3 else 0
        row = (out[t.URBAN] * 4 + band) * 2 + schooled
        out[t.WORK] = class_of(pool, pool.params.work + row * 8, 8, work)
    adult = age >= 18
    out[t.FIRM] = 1 if adult and firm < pool.values[pool.params.firm + out[t.WORK]] else 0
    schooling = max(out[t.SCHOOLING] - 1, 0)
    out[t.PARTY] = 1 if adult and party < pool.values[pool.params.party + schooling] else 0


@kernel
def fill_online(
    pool: Pool, k0: int, k1: int, me: int, life: int, rank: int, out: Ints
) -> None:
    """Account (O-D14, O-D15), internet by urban and age (O-D13), mobile payment, real name."""
    stream = pool.streams.online
    account, mix, own, mobile = draw(k0, k1, me, life, stream, 0)
    name = (mobile << 16) & TOP  # its low half: a decision of its own
    age, urban = out[t.AGE], out[t.URBAN]
    at = pool.params.account + urban * 5 + out[t.INCOME_FIFTH]
    banked = age >= pool.params.account_age and account < pool.values[at]
    out[t.ACCOUNT] = 1 if banked else 0
    if mix < pool.params.internet_like:
        own = TOP - rank  # the richer first
    band = reached(age, 6) + band_of(age) + reached(age, 75)
    online = 1 if own < pool.values[pool.params.internet + urban * 7 + band] else 0
    out[t.INTERNET] = online
    out[t.MOBILE_PAY] = 1 if online and mobile < pool.params.mobile and age >= 6 else 0
    out[t.REAL_NAME] = 1 if online and name < pool.params.real_name else 0


@kernel
def fill_credit(pool: Pool, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Credit file, its age, and whether there is a loan or card (O-D16)."""
    file, years, loan, debt = draw(k0, k1, me, life, pool.streams.credit, 0)
    age, fifth = out[t.AGE], out[t.INCOME_FIFTH]
    at = pool.params.credit_file + out[t.URBAN] * 5 + fifth
    has = age >= 18 and out[t.ACCOUNT] == 1 and file < pool.values[at]
    out[t.FILE_YEARS], out[t.LOAN] = 0, 0
    if has:
        old = 1 + (quantile(pool, pool.params.file_years, years) >> 8)
        out[t.FILE_YEARS] = min(max(1, age - 17), old, 60)
        out[t.LOAN] = 1 if loan < pool.values[pool.params.loan + fifth] else 0
    if age >= 18:
        out[t.DEBT] = class_of(pool, pool.params.debt + out[t.LOAN] * 8, 8, debt)
    else:
        out[t.DEBT] = 0


@kernel
def fill_habits(pool: Pool, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Driving (O-D19), games, giving and appointments."""
    drives, games, mix, _ = draw(k0, k1, me, life, pool.streams.roads, 0)
    band, sex = band_of(out[t.AGE]), out[t.SEX]
    out[t.DRIVES] = 0
    if band > 0:
        at = pool.params.drives + (out[t.URBAN] * 2 + sex) * 4 + band - 1
        out[t.DRIVES] = 1 if drives < pool.values[at] else 0
    out[t.GAME_HOURS] = 0
    if out[t.INTERNET] == 1 and out[t.AGE] >= 6:
        at = pool.params.games + (sex * 5 + band) * 257
        out[t.GAME_HOURS] = min(quantile(pool, at, games) >> 8, 60)
    at = pool.params.disposition
    time, money, keeps, social = draw(k0, k1, me, life, pool.streams.habits, 0)
    out[t.SOCIABILITY] = class_of(pool, at, 8, social)
    out[t.GIVES_TIME] = class_of(pool, at, 8, social if mix & 0xFF < 77 else time)
    out[t.GIVES_MONEY] = class_of(pool, at, 8, time if (mix >> 8) & 0xFF < 77 else money)
    out[t.KEEPS_APPOINTMENTS] = class_of(pool, at, 8, keeps)


@kernel
def fill_views(pool: Pool, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Private opinion with the gradients of O-K1 (rich, urban, educated, older), expression."""
    opinion, lift, expression, _ = draw(k0, k1, me, life, pool.streams.views, 0)
    favours = reached(out[t.INCOME_FIFTH], 3) + out[t.URBAN]
    favours += reached(out[t.SCHOOLING], 3) + reached(out[t.AGE], 45)
    out[t.PRIVATE_OPINION] = lifted(pool, opinion, lift, favours)
    out[t.EXPRESSION] = class_of(pool, pool.params.disposition, 8, expression)


@kernel
def span_of(trait: int, coarse: int) -> tuple[int, int]:
    """Lowest and highest value that a trait may have with these coarse traits (``coarse_of``)."""
    low, high = int64(0), int64(255)
    frailty, band = coarse >> t.COARSE_FRAILTY, (coarse >> t.COARSE_AGE) & 7
    if trait == t.AGE:
        low = 18 * reached(band, 1) + 12 * reached(band, 2) + 15 * max(band - 2, 0)
        high = 17 + 12 * reached(band, 1) + 15 * max(band - 1, 0) if band < 4 else int64(100)
    elif trait == t.FRAILTY:
        low, high = frailty, frailty
    elif trait in (t.FRAILTY_FINANCE, t.FRAILTY_TRAFFIC, t.FRAILTY_SPEECH, t.FRAILTY_CONDUCT):
        low, high = max(frailty - 2, 0), min(frailty + 2, 15)
    elif trait == t.SEX:
        low = high = (coarse >> t.COARSE_SEX) & 1
    elif trait == t.URBAN:
        low = high = (coarse >> t.COARSE_URBAN) & 1
    elif trait == t.INTERNET:
        low = high = (coarse >> t.COARSE_INTERNET) & 1
    return low, high


@kernel
def lifted(pool: Pool, opinion: int, lift: int, favours: int) -> int:
    """Private opinion from two words: a class, one more for some of those whom things favour."""
    value = class_of(pool, pool.params.opinion, 8, opinion)
    return min(value + 1, 7) if (lift & 0xFF) < 48 * favours else value


@kernel
def coarse_opinion(pool: Pool, k0: int, k1: int, me: int, coarse: int) -> int:
    """Private opinion of the first life in a seat, as ``fill_views`` has it, from coarse traits."""
    opinion, lift, _, _ = draw(k0, k1, me, 0, pool.streams.views, 0)
    favours = reached((coarse >> t.COARSE_INCOME) & 7, 3) + ((coarse >> t.COARSE_URBAN) & 1)
    favours += reached((coarse >> t.COARSE_SCHOOLING) & 3, 2)  # the band below is left out there
    favours += reached((coarse >> t.COARSE_AGE) & 7, 3)  # 45 and more
    return lifted(pool, opinion, lift, favours)


@kernel
def fill_frailty(pool: Pool, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """General frailty and the four domains, each within two classes of it."""
    general, steps, _, _ = draw(k0, k1, me, life, pool.streams.frailty, 0)
    frailty = class_of(pool, pool.params.frailty, 16, general)
    out[t.FRAILTY] = frailty
    for k in range(4):  # one byte of the word a domain
        byte = (steps << (8 * k)) & 0xFF000000
        step = class_of(pool, pool.params.frailty_step, 5, byte) - 2
        out[t.FRAILTY_FINANCE + k] = min(max(frailty + step, 0), 15)


@kernel
def fill_place(pool: Pool, k0: int, k1: int, me: int, out: Ints) -> None:
    """Two classes that all of a community share, whoever lives there (conduct/localities.py)."""
    community = me - me % t.LARGEST_COMMUNITY
    acts, collectors, _, _ = draw(k0, k1, community, 0, pool.streams.place, 0)
    out[t.PLACE_ACTS] = acts >> 28
    out[t.PLACE_COLLECTORS] = collectors >> 28


@kernel
def coarse_of(traits: Ints) -> int:
    """The 16 bits of coarse traits of a trait vector (layout in tables.py)."""
    schooling = max(traits[t.SCHOOLING] - 1, 0)
    return int64(
        (band_of(traits[t.AGE]) << t.COARSE_AGE)
        | (traits[t.SEX] << t.COARSE_SEX)
        | (traits[t.URBAN] << t.COARSE_URBAN)
        | (schooling << t.COARSE_SCHOOLING)
        | (traits[t.INCOME_FIFTH] << t.COARSE_INCOME)
        | (traits[t.ACCOUNT] << t.COARSE_ACCOUNT)
        | (traits[t.INTERNET] << t.COARSE_INTERNET)
        | (traits[t.FRAILTY] << t.COARSE_FRAILTY)
    )
