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
from scoredsociety.society import places as p
from scoredsociety.society import tables as t
from scoredsociety.society.people.households import class_of
from scoredsociety.society.people.kin import member, quantile
from scoredsociety.society.people.seats import id_of
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
    pool: Ints, k0: int, k1: int, first: int, me: int, region: int, era: int, wealth: int,
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
    pool: Ints, k0: int, k1: int, first: int, region: int, era: int, wealth: int, out: Ints
) -> int:
    """Income per head, savings and buffer of the household; gives its rank (32 bits).

    Income by urban and rural quantiles (O-D7 to O-D10); savings by income fifth (assumed).
    """
    stream = pool[p.STREAM + p.D_WEALTH]
    rank, rounding, savings, buffer = draw(k0, k1, first, era, stream, 0)
    if wealth != era:
        _, _, savings, buffer = draw(k0, k1, first, wealth, stream, 0)
    log2 = quantile(pool, pool[p.P_INCOME] + 257 * out[t.URBAN], rank) >> 8
    log2 += pool[pool[p.P_REGIONS] + region]
    step = pool[p.P_INCOME_STEP]
    code = (log2 - pool[p.P_INCOME_LOW] + (rounding * step >> 32)) // step
    out[t.INCOME] = min(max(code, 0), 255)
    fifth = 0
    for k in range(4):
        fifth += reached(log2, pool[pool[p.P_FIFTHS] + k])
    out[t.INCOME_FIFTH] = fifth
    out[t.SAVINGS] = class_of(pool, pool[p.P_SAVINGS] + fifth * 8, 8, savings)
    shift = (buffer * 3 >> 32) - 1
    out[t.LIQUIDITY_BUFFER] = min(max(out[t.SAVINGS] + shift, 0), 7)
    return rank


@kernel
def schooled(
    pool: Ints, k0: int, k1: int, first: int, rank: int, era: int, mix: int, own: int
) -> int:
    """Rank in schooling (32 bits): the own, or by a declared share the household's."""
    like = pool[p.P_SCHOOLING_LIKE]  # half of the likeness through income, half of its own
    if mix < like >> 1:
        return rank
    if mix < like:
        own, _, _, _ = draw(k0, k1, first, era, pool[p.STREAM + p.D_SCHOOLING], 1)
    return own


@kernel
def fill_schooling(
    pool: Ints, k0: int, k1: int, first: int, me: int, rank: int, era: int, life: int,
    cohort: int, parent: int, out: Ints,
) -> None:  # fmt: skip
    """Schooling by urban and cohort (O-D5), alike in a household and with its income; hukou."""
    stream = pool[p.STREAM + p.D_SCHOOLING]
    mix, own, hukou, _ = draw(k0, k1, me, life, stream, 0)
    own = schooled(pool, k0, k1, first, rank, era, mix, own)
    if parent >= 0:
        word, _, _, _ = draw(k0, k1, me, life, stream, 2)
        if word < pool[p.P_SCHOOLED]:
            mix, own, _, _ = draw(k0, k1, first, parent, stream, 0)
            own = schooled(pool, k0, k1, first, rank, era, mix, own)
    age, urban = out[t.AGE], out[t.URBAN]
    if age < 6:
        out[t.SCHOOLING] = 0
    elif age < 15:
        out[t.SCHOOLING] = 1 if age < 13 else 2
    else:
        at = pool[p.P_SCHOOLING] + (urban * 5 + band_of(cohort)) * 5
        out[t.SCHOOLING] = class_of(pool, at, 5, own)
    out[t.HUKOU] = 1 if hukou < pool[pool[p.P_HUKOU] + urban] else 0


@kernel
def fill_work(pool: Ints, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Work by urban, age and schooling; firm and Party (assumed shares)."""
    work, firm, party, _ = draw(k0, k1, me, life, pool[p.STREAM + p.D_WORK], 0)
    age = out[t.AGE]
    out[t.WORK] = 0 if age < 6 else 7
    if age >= 16:
        band = reached(age, 25) + reached(age, 45) + reached(age, 60)
        schooled = 1 if out[t.SCHOOLING] >= 3 else 0
        row = (out[t.URBAN] * 4 + band) * 2 + schooled
        out[t.WORK] = class_of(pool, pool[p.P_WORK] + row * 8, 8, work)
    adult = age >= 18
    out[t.FIRM] = 1 if adult and firm < pool[pool[p.P_FIRM] + out[t.WORK]] else 0
    schooling = max(out[t.SCHOOLING] - 1, 0)
    out[t.PARTY] = 1 if adult and party < pool[pool[p.P_PARTY] + schooling] else 0


@kernel
def fill_online(
    pool: Ints, k0: int, k1: int, me: int, life: int, rank: int, out: Ints
) -> None:
    """Account (O-D14, O-D15), internet by urban and age (O-D13), mobile payment, real name."""
    stream = pool[p.STREAM + p.D_ONLINE]
    account, mix, own, mobile = draw(k0, k1, me, life, stream, 0)
    name = (mobile << 16) & TOP  # its low half: a decision of its own
    age, urban = out[t.AGE], out[t.URBAN]
    at = pool[p.P_ACCOUNT] + urban * 5 + out[t.INCOME_FIFTH]
    banked = age >= pool[p.P_ACCOUNT_AGE] and account < pool[at]
    out[t.ACCOUNT] = 1 if banked else 0
    if mix < pool[p.P_INTERNET_LIKE]:
        own = TOP - rank  # the richer first
    band = reached(age, 6) + band_of(age) + reached(age, 75)
    online = 1 if own < pool[pool[p.P_INTERNET] + urban * 7 + band] else 0
    out[t.INTERNET] = online
    out[t.MOBILE_PAY] = 1 if online and mobile < pool[p.P_MOBILE] and age >= 6 else 0
    out[t.REAL_NAME] = 1 if online and name < pool[p.P_REAL_NAME] else 0


@kernel
def fill_credit(pool: Ints, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Credit file, its age, and whether there is a loan or card (O-D16)."""
    file, years, loan, debt = draw(k0, k1, me, life, pool[p.STREAM + p.D_CREDIT], 0)
    age, fifth = out[t.AGE], out[t.INCOME_FIFTH]
    at = pool[p.P_FILE] + out[t.URBAN] * 5 + fifth
    has = age >= 18 and out[t.ACCOUNT] == 1 and file < pool[at]
    out[t.FILE_YEARS], out[t.LOAN] = 0, 0
    if has:
        old = 1 + (quantile(pool, pool[p.P_FILE_YEARS], years) >> 8)
        out[t.FILE_YEARS] = min(max(1, age - 17), old, 60)
        out[t.LOAN] = 1 if loan < pool[pool[p.P_LOAN] + fifth] else 0
    if age >= 18:
        out[t.DEBT] = class_of(pool, pool[p.P_DEBT] + out[t.LOAN] * 8, 8, debt)
    else:
        out[t.DEBT] = 0


@kernel
def fill_habits(pool: Ints, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Driving (O-D19), games, giving and appointments."""
    drives, games, mix, _ = draw(k0, k1, me, life, pool[p.STREAM + p.D_ROADS], 0)
    band, sex = band_of(out[t.AGE]), out[t.SEX]
    out[t.DRIVES] = 0
    if band > 0:
        at = pool[p.P_DRIVES] + (out[t.URBAN] * 2 + sex) * 4 + band - 1
        out[t.DRIVES] = 1 if drives < pool[at] else 0
    out[t.GAME_HOURS] = 0
    if out[t.INTERNET] == 1 and out[t.AGE] >= 6:
        at = pool[p.P_GAMES] + (sex * 5 + band) * 257
        out[t.GAME_HOURS] = min(quantile(pool, at, games) >> 8, 60)
    at = pool[p.P_DISPOSITION]
    time, money, keeps, social = draw(k0, k1, me, life, pool[p.STREAM + p.D_HABITS], 0)
    out[t.SOCIABILITY] = class_of(pool, at, 8, social)
    out[t.GIVES_TIME] = class_of(pool, at, 8, social if mix & 0xFF < 77 else time)
    out[t.GIVES_MONEY] = class_of(pool, at, 8, time if (mix >> 8) & 0xFF < 77 else money)
    out[t.KEEPS_APPOINTMENTS] = class_of(pool, at, 8, keeps)


@kernel
def fill_views(pool: Ints, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """Private opinion with the gradients of O-K1 (rich, urban, educated, older), expression."""
    opinion, lift, expression, _ = draw(k0, k1, me, life, pool[p.STREAM + p.D_VIEWS], 0)
    favours = reached(out[t.INCOME_FIFTH], 3) + out[t.URBAN]
    favours += reached(out[t.SCHOOLING], 3) + reached(out[t.AGE], 45)
    out[t.PRIVATE_OPINION] = lifted(pool, opinion, lift, favours)
    out[t.EXPRESSION] = class_of(pool, pool[p.P_DISPOSITION], 8, expression)


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
def lifted(pool: Ints, opinion: int, lift: int, favours: int) -> int:
    """Private opinion from two words: a class, one more for some of those whom things favour."""
    value = class_of(pool, pool[p.P_OPINION], 8, opinion)
    return min(value + 1, 7) if (lift & 0xFF) < 48 * favours else value


@kernel
def coarse_opinion(pool: Ints, k0: int, k1: int, me: int, coarse: int) -> int:
    """Private opinion of the first life in a seat, as ``fill_views`` has it, from coarse traits."""
    opinion, lift, _, _ = draw(k0, k1, me, 0, pool[p.STREAM + p.D_VIEWS], 0)
    favours = reached((coarse >> t.COARSE_INCOME) & 7, 3) + ((coarse >> t.COARSE_URBAN) & 1)
    favours += reached((coarse >> t.COARSE_SCHOOLING) & 3, 2)  # the band below is left out there
    favours += reached((coarse >> t.COARSE_AGE) & 7, 3)  # 45 and more
    return lifted(pool, opinion, lift, favours)


@kernel
def fill_frailty(pool: Ints, k0: int, k1: int, me: int, life: int, out: Ints) -> None:
    """General frailty and the four domains, each within two classes of it."""
    general, steps, _, _ = draw(k0, k1, me, life, pool[p.STREAM + p.D_FRAILTY], 0)
    frailty = class_of(pool, pool[p.P_FRAILTY], 16, general)
    out[t.FRAILTY] = frailty
    for k in range(4):  # one byte of the word a domain
        byte = (steps << (8 * k)) & 0xFF000000
        step = class_of(pool, pool[p.P_FRAILTY_STEP], 5, byte) - 2
        out[t.FRAILTY_FINANCE + k] = min(max(frailty + step, 0), 15)


@kernel
def fill_place(pool: Ints, k0: int, k1: int, me: int, out: Ints) -> None:
    """Two classes that all of a community share, whoever lives there (conduct/localities.py)."""
    community = me - me % t.LARGEST_COMMUNITY
    acts, collectors, _, _ = draw(k0, k1, community, 0, pool[p.STREAM + p.D_PLACE], 0)
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
