"""The fixed layout of a compiled society: what every kernel may know of who lives here.

A trait is a small integer at a fixed place in a person's trait vector. Traits belong to the
seat; they are a function of the recipe, the seed and the address, and are never stored.
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.by_address import by_address
from scoredsociety.fixed import Ints
from scoredsociety.society.places import Pool, SlotColumns

TRAITS: tuple[str, ...] = (
    "age",  # years, 0 to 100
    "sex",  # 0 male, 1 female
    "urban",  # 1 in an urban community
    "hukou",  # 0 rural, 1 urban registration
    "role",  # 0 head, 1 spouse, 2 child, 3 parent of the head, 4 other
    "household_size",  # persons, 1 to 10
    "schooling",  # 0 none, 1 primary, 2 junior secondary, 3 senior secondary, 4 college
    "work",  # 0 not working, 1 unemployed, 2 farmer, 3 informal, 4 formal, 5 self-employed,
    #          6 public post, 7 student
    "income",  # code 0 to 255; SocietyTables.income_yuan gives yuan a year per head
    "income_fifth",  # 0 (lowest) to 4, of the whole society
    "savings",  # 0 none to 7, doubling classes of months of income
    "debt",  # 0 none to 7, doubling classes of months of income owed
    "file_years",  # years that the credit file is old; 0 is no file
    "account",  # 1 has a bank account
    "internet",  # 1 is online
    "mobile_pay",  # 1 pays by mobile
    "real_name",  # 1 uses the real name online
    "children",  # children under 18 in the household of this parent, 0 to 7
    "game_hours",  # video-game hours a week, 0 to 60
    "gives_time",  # 0 to 7: readiness to volunteer
    "gives_money",  # 0 to 7
    "keeps_appointments",  # 0 to 7
    "liquidity_buffer",  # 0 to 7: months that the household lives without income
    "sociability",  # 0 to 7
    "private_opinion",  # 0 critical to 7 supportive
    "expression",  # 0 to 7: public_expression_rate
    "frailty",  # 0 to 15: general readiness for acts that rules punish; skewed
    "frailty_finance",  # 0 to 15, correlated with frailty
    "frailty_traffic",
    "frailty_speech",
    "frailty_conduct",
    "drives",  # 1 drives
    "loan",  # 1 has a loan or a credit card
    "firm",  # 1 legal representative of a firm
    "party",  # 1 member of the Party; only where a rule text needs it, never a group
    "married",  # 1 married
    "place_acts",  # 0 to 15: class of the community, how often it acts beyond who lives there
    "place_collectors",  # 0 to 15: class of the community, how much its collectors enter
)
TRAIT: dict[str, int] = {name: place for place, name in enumerate(TRAITS)}

(AGE, SEX, URBAN, HUKOU, ROLE, HOUSEHOLD_SIZE, SCHOOLING, WORK, INCOME, INCOME_FIFTH,
 SAVINGS, DEBT, FILE_YEARS, ACCOUNT, INTERNET, MOBILE_PAY, REAL_NAME, CHILDREN, GAME_HOURS,
 GIVES_TIME, GIVES_MONEY, KEEPS_APPOINTMENTS, LIQUIDITY_BUFFER, SOCIABILITY, PRIVATE_OPINION,
 EXPRESSION, FRAILTY, FRAILTY_FINANCE, FRAILTY_TRAFFIC, FRAILTY_SPEECH, FRAILTY_CONDUCT,
 DRIVES, LOAN, FIRM, PARTY, MARRIED, PLACE_ACTS, PLACE_COLLECTORS) = range(38)  # fmt: skip

# What a person's highest value of each trait may be; tables over a trait have that + 1 rows.
TRAIT_HIGHEST: dict[str, int] = {
    "age": 100, "sex": 1, "urban": 1, "hukou": 1, "role": 4, "household_size": 10,
    "schooling": 4, "work": 7, "income": 255, "income_fifth": 4, "savings": 7, "debt": 7,
    "file_years": 60, "account": 1, "internet": 1, "mobile_pay": 1, "real_name": 1,
    "children": 7, "game_hours": 60, "gives_time": 7, "gives_money": 7,
    "keeps_appointments": 7, "liquidity_buffer": 7, "sociability": 7, "private_opinion": 7,
    "expression": 7, "frailty": 15, "frailty_finance": 15, "frailty_traffic": 15,
    "frailty_speech": 15, "frailty_conduct": 15, "drives": 1, "loan": 1, "firm": 1,
    "party": 1, "married": 1, "place_acts": 15, "place_collectors": 15,
}
PLACE_CLASSES = 16  # equally many communities in each  # fmt: skip

# The coarse traits: 16 bits kept for every person; ties look at them and tallies count by them.
# age band 3 bits | sex 1 | urban 1 | schooling band 2 | income fifth 3 | account 1 | internet 1
# | frailty 4
COARSE_AGE, COARSE_SEX, COARSE_URBAN, COARSE_SCHOOLING = 0, 3, 4, 5  # shifts
COARSE_INCOME, COARSE_ACCOUNT, COARSE_INTERNET, COARSE_FRAILTY = 7, 10, 11, 12
KEPT = {  # shift and mask of the traits that are kept as they are, not in bands
    "sex": (COARSE_SEX, 1), "urban": (COARSE_URBAN, 1), "income_fifth": (COARSE_INCOME, 7),
    "account": (COARSE_ACCOUNT, 1), "internet": (COARSE_INTERNET, 1),
}  # fmt: skip
CELLS = 1 << 12  # joint cells of the coarse traits without frailty
AGE_BANDS = ("0-17", "18-29", "30-44", "45-59", "60+")  # coarse code 0..4
SCHOOLING_BANDS = ("primary or less", "junior secondary", "senior secondary", "college")
LARGEST_COMMUNITY = 2048  # seats


@by_address
class Seats(NamedTuple):
    """Which seats exist at one size: communities in order of (region, number).

    The dense number of a person is ``community index * community_size + seat``; only the last
    community may be cut short.
    """

    people: int
    community_size: int  # a power of two, 64 to 2048
    community_bits: int  # log2(community_size)
    region: Ints  # (communities,) region of each community
    number: Ints  # (communities,) number of each community within its region
    urban: Ints  # (communities,) 1 where urban


@by_address
class SocietyTables(NamedTuple):
    """A recipe compiled to integers; ``pool`` holds every quantile and share table."""

    pool: Pool
    income_yuan: Ints  # (256,) yuan a year per head of each income code
    slots: SlotColumns
