"""Where every table of a compiled society stands, and which stream draws which trait.

``SocietyTables.params[P_X]`` is the place in ``pool`` where table X begins, or a plain number.
A quantile table has 257 knots over a 32-bit word, in 1/256 of its unit; a share table has
cumulative thresholds (0 to 2**32) of its classes.
"""

from __future__ import annotations

from scoredsociety.keyed import stream

(P_REGIONS, P_SIZES, P_STRUCTURE_OF_SIZE, P_STRUCTURES, P_BIRTH, P_SPOUSE_GAP, P_PARENT_GAP,
 P_SPACING, P_MALE, P_HUKOU, P_INCOME, P_INCOME_LOW, P_INCOME_STEP, P_FIFTHS, P_SCHOOLING,
 P_SCHOOLING_LIKE, P_WORK, P_INTERNET, P_INTERNET_LIKE, P_ACCOUNT, P_ACCOUNT_AGE, P_MOBILE,
 P_REAL_NAME, P_FILE, P_FILE_YEARS, P_LOAN, P_SAVINGS, P_DEBT, P_DRIVES, P_FIRM, P_PARTY,
 P_GAMES, P_DISPOSITION, P_OPINION, P_FRAILTY, P_FRAILTY_STEP, P_LIKENESS,
 P_LIVES_APART, P_TURNS, P_SUCCESSION, P_SURVIVAL, P_STAYS, P_HEIRS,
 P_SCHOOLED, P_ELSEWHERE, P_FITS, P_ROWS, P_ROWS_END, P_RELATED,
 P_MATES) = range(50)  # fmt: skip
PARAMS = 50
STREAM = PARAMS  # the pool begins with copies of params and streams: kernels pass one array
# P_REGIONS       (regions, 1) log2 income of the region, 1/1024 octaves
# P_SIZES         (2 rural/urban, 10) household sizes 1 to 10
# P_STRUCTURES    rows of STRUCTURE_FIELDS; P_STRUCTURE_OF_SIZE (11, 2) first row and rows of a size
# P_MALE          (4,) head of a couple, other head, child, parent and other
# P_HUKOU         (2,) urban registration among rural, urban
# P_INCOME        (2, 257) log2 yuan x 1024 x 256;  P_INCOME_LOW log2 yuan x 1024 of code 0
# P_INCOME_STEP   1/1024 octaves a code;  P_FIFTHS (4,) log2 yuan x 1024
# P_SCHOOLING     (2, 5 age bands 15-17, 18-29, 30-44, 45-59, 60+; 5)
# P_WORK          (2, 4 age bands 16-24, 25-44, 45-59, 60+; 2 schooling; 8)
# P_INTERNET      (2, 7 age bands 0-5, 6-17, 18-29, 30-44, 45-59, 60-74, 75+)
# P_ACCOUNT       (2, 5 fifths);  P_FILE (2, 5);  P_LOAN (5,) of those with a file
# P_FILE_YEARS    (257,) years;  P_SAVINGS (5, 8);  P_DEBT (2 without, with a loan; 8)
# P_DRIVES        (2 urban, 2 sex, 4 age bands 18-29, 30-44, 45-59, 60+)
# P_FIRM          (8 work,);  P_PARTY (4 schooling bands,);  P_GAMES (2 sex, 5 age bands, 257)
# P_DISPOSITION   (8,) shares of 0..7, for every disposition;  P_OPINION (8,)
# P_FRAILTY       (16,);  P_FRAILTY_STEP (5,) domain less general: -2..2
# P_TURNS         1 where lives succeed one another (0: the four that follow are not read)
# P_SUCCESSION    (structures, SUCCESSION_FIELDS): see below
# P_SURVIVAL      (121,) alive at each age, of 2**30;  P_STAYS (128,) households moved by each year
# P_HEIRS         threshold: heirs take over a household's wealth
# P_SCHOOLED      threshold: who is born into a household has a parent's rank in schooling
# P_ELSEWHERE     (3,) shares of parents with 0, 1, 2 grown children living elsewhere
# P_FITS          years by which a child's age may differ from what the parents' says
# P_ROWS          first slot, P_ROWS_END one past the last, of layers in which one has a place
# P_RELATED       bits (set * 4 + mask) of the family slots;  P_MATES bits (mask) of the day slots
# P_LIKENESS      (kinds, 200) thresholds: age difference 5 x urban 2 x schooling 4 x income 5

STRUCTURE_FIELDS = 7  # cumulative share rural, urban; spouse, children, parents, others; head table
(T_RURAL, T_URBAN, T_SPOUSE, T_CHILDREN, T_PARENTS, T_OTHERS, T_HEAD) = range(7)

# of each structure row: cumulative share of it among households that take over (rural, urban);
# the heads' ages (months) at 0, 10, ... 100 %; at each of those the threshold to give way; at
# each but the last the cumulative share of households that begin there
SUCCESSION_FIELDS = 34
(N_RURAL, N_URBAN, N_KNOTS, N_GIVES_WAY, N_BEGINS) = (0, 1, 2, 13, 24)
KNOTS_OF_HEADS = 11
OLDEST = 120  # years in P_SURVIVAL
LONGEST_STAY = 128  # years in P_STAYS; the last is for good

STREAMS = (
    "household_sizes", "household", "kin", "wealth", "schooling", "work", "online", "credit",
    "roads", "habits", "views", "frailty", "circle", "far", "pairs", "turnover", "neighbours",
    "giving_way", "moving", "heirs", "births", "deaths", "reopening",
    "families", "days", "place",
)  # fmt: skip
(D_SIZES, D_HOUSEHOLD, D_KIN, D_WEALTH, D_SCHOOLING, D_WORK, D_ONLINE, D_CREDIT, D_ROADS,
 D_HABITS, D_VIEWS, D_FRAILTY, D_CIRCLE, D_FAR, D_PAIRS, D_TURNOVER,
 D_NEIGHBOURS, D_GIVING_WAY, D_MOVING, D_HEIRS, D_BIRTHS, D_DEATHS,
 D_REOPENING, D_FAMILIES, D_DAYS, D_PLACE) = range(26)  # fmt: skip

# fields of a tie slot
(S_LAYER, S_KIND, S_NEEDS, S_CLOSES, S_CLOSE, S_LABEL, S_RENEWS, S_REACH, S_SET,
 S_MASK) = range(10)  # fmt: skip
SLOT_FIELDS = 10
# S_LAYER   what rules on ties call it: NEIGHBOURS to SCHOOL
# S_KIND    row of P_LIKENESS
# S_NEEDS   bits of ``ties.seen`` that both ends must have: online, in work, at school
# S_CLOSES  threshold: an open tie closes within the year;  S_CLOSE 1: counted as a close tie
# S_LABEL   what keys the draws of its ties, the same at both ends: the slot, or LOADED
# S_RENEWS  COMPUTED; in a slot of a loaded network the threshold that a tie that was cut is
#           taken up again within the year
# S_REACH   how its two ends find each other: BY_GROUP to BY_FILE
# S_SET     of a family slot the set of families (0, 1);  S_MASK what tells two places of a
#           family or of a circle of colleagues or schoolmates apart
COMPUTED = -1
LOADED = 64  # label of every loaded tie: its two ends may keep it in different slots
NEIGHBOURS, FRIENDS, ONLINE, HOUSEHOLD, KIN, WORK, SCHOOL = range(7)  # HOUSEHOLD has no slot
BY_GROUP, BY_COMMUNITY, BY_SOCIETY, BY_FAMILY, BY_DAY, BY_FILE = range(6)


def stream_numbers() -> tuple[int, ...]:
    """The stream of each name in ``STREAMS``, of the stable id ``society:NAME``."""
    return tuple(stream(f"society:{name}") for name in STREAMS)
