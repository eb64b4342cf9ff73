"""Published figures that the model can be asked for: what each is, and how it is read of a run.

Each says whether a number was chosen to meet it (*fitted*), whether it follows from the form that
was asked for or from what was fitted (*implementation*), or neither (*predicted*; only that is
evidence). Figures of one ``finding`` count as one. Where it is met was said before any run: within
a factor, or within so much.
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = 1411.78e6  # O-D1, 2020: published counts of people are shared out over all ages
FACTOR = 1.5  # within which a stock or a flow counts as met; assumed


@dataclass(frozen=True)
class PublishedFigure:
    """One published figure: a range, and the value of a run that stands beside it."""

    id: str
    finding: str
    run: str  # which runs: a scheme, or LIST (`scored story list`)
    read: str  # the value of study/validation/figure_values.py
    low: float
    high: float
    unit: str
    published: str
    definition: str  # how the model is asked, with what differs
    label: str  # fitted, predicted or implementation
    factor: float = 1.0  # a hit within this factor of the range ...
    slack: float = 0.0  # ... and so much beyond it
    shown: str = ""  # the published figure in words, where it is no number

    @property
    def ends(self) -> tuple[float, float]:
        """Least and greatest that count as a hit."""
        return self.low / self.factor - self.slack, self.high * self.factor + self.slack


LIST = "judgment_list"  # run as its story is, from October 2013
PUBLIC, DESIGNED, BUREAU, NOBODY = "wendeng_2020", "hangzhou_qianjiang", "fico", "none"
RUNS = (LIST, PUBLIC, DESIGNED, BUREAU, NOBODY)
OF_PEOPLE = "of 10,000 people"


def _of_people(millions: float) -> float:
    """So many millions, of 10,000 people."""
    return 1e10 * millions / PEOPLE


def on_the_list(
    id_: str, finding: str, read: str, millions: float, published: str, definition: str, label: str
) -> PublishedFigure:  # fmt: skip
    """A count of people, met within a factor of 1.5."""
    return PublishedFigure(id_, finding, LIST, read, _of_people(millions), _of_people(millions),
                  OF_PEOPLE, published, definition, label, FACTOR)  # fmt: skip


FIGURES: tuple[PublishedFigure, ...] = (
    on_the_list("V7, O-B9", "new listings in 2020", "listings_2020", 2.498,
                "2.498 m new listings of individuals in 2020",
                "records of 2020 that list, on all grounds together", "fitted"),
    on_the_list("O-B8", "stock of early 2020", "stock_2019", 5.7,
                "5.7 m listed in early 2020",
                "persons on the list at the end of 2019; how long ground 1 stays was held to it",
                "fitted"),
    on_the_list("V6, O-B8", "stock of 2023", "stock_2023", 8.54,
                "8.54 m listed in December 2023, about 1 of 100 of working age",
                "persons on the list at the end of 2023, with as many listings a year as in 2020",
                "predicted"),
    on_the_list("O-B9", "listings since 2013", "listings_all", 15.78,
                "15.78 m listings of individuals from 2013 to 2020",
                "all records that list until the end of 2020, as many in every year",
                "implementation"),
    on_the_list("O-B1", "stock of 2014", "stock_2014", 0.087,
                "0.087 m on the site on 10 March 2014",
                "persons on the list at the end of February 2014; how courts took it up is not in"
                " the model", "predicted"),
    PublishedFigure("O-B6", "debtors who paid", LIST, "paid", 27.5, 27.5, "of 100 listings",
           "3.51 m paid by the end of 2018 (the same report), of 12.77 m listed (O-B5, [M])",
           "judgments paid until then, of all records that list; firms are among the published",
           "predicted", FACTOR),
    PublishedFigure("V10, O-B5", "flights refused", LIST, "flights_2018", 1.36, 1.36, "a listing",
           "17.46 m flights refused by the end of 2018, of 12.77 m listings [M]",
           "attempts by all who are barred, of all records that list: the divisor is a sum of"
           " listings, firms among them, not the people on the list", "fitted", FACTOR),
    PublishedFigure("V10, O-B2", "growth of flights refused", LIST, "flights_growth", 1.49, 1.49,
           "times",
           "0.91 a listing in February 2017, 1.36 at the end of 2018",
           "the same of the two months", "predicted", 1.0, 0.25),
    PublishedFigure("V10, O-B2 to O-B5", "flights to trains", LIST, "flights_to_trains", 2.8, 3.2,
           "to one",
           "flights refused for each train refused",
           "the same, to the end of 2018; both rates were set by it", "implementation", 1.0, 0.3),
    PublishedFigure("O-B8", "ages on the list", LIST, "of_working_age", 50, 100, "of 100",
           "most of those listed are 18 to 59", "persons on the list of 18 to 59, end of 2023; the"
           " multipliers by age are assumed", "implementation", shown="over 50 of 100"),
    PublishedFigure("V14, O-K1", "approval", PUBLIC, "says_support", 80, 80, "of 100",
           "about 80 of 100 internet users approve",
           "would tell a survey so, of those who know of the scheme", "predicted", 1.0, 5.0),
    *(PublishedFigure("V14, O-K1", "who approves", PUBLIC, f"support_{name}", 0, 100, "of 100 more",
             f"approval is higher among the {says}", f"the same of the {says} less the {other};"
             " private opinion is drawn with this gradient", "implementation", shown="sign +")
      for name, says, other in (("rich", "highest fifth of income", "lowest"),
                                ("urban", "urban", "rural"),
                                ("schooled", "college-educated", "primary or less"),
                                ("old", "people of 60 and more", "people of 18 to 29"))),
    PublishedFigure("V16, O-C10", "awareness", PUBLIC, "aware", 11, 11, "of 100 subjects",
           "11 of 100 who live in a pilot know of it (2018)",
           "know of the scheme at the end of the fourth year", "fitted", FACTOR),
    PublishedFigure("V18, O-K8", "silence", PUBLIC, "silent_opinion", 2, 20, "of 100 wished for",
           "sensitive activity falls by 2 to 20 of 100 once watching is known",
           "opinions not voiced; the bounds of the response are from the same studies",
           "implementation"),
    PublishedFigure("V5, O-C2", "shape of Qianjiang's scores", DESIGNED, "skew", 0, 0, "",
           "scores are roughly normal, by design: no skew",
           "skewness of published scores of subjects; a hit within 0.5 (assumed)", "predicted",
           1.0, 0.5),
    PublishedFigure("V5, O-C2", "shape of Qianjiang's scores", DESIGNED, "kurtosis", 0, 0, "",
           "the same: no excess kurtosis", "excess kurtosis of the same; a hit within 1 (assumed)",
           "predicted", 1.0, 1.0),
    PublishedFigure("O-W2", "FICO's scores", BUREAU, "mean_score", 703, 703, "points",
           "average of about 703 (2019) [M]", "mean of subjects in `western_town` after seven"
           " years; a hit within 20 (assumed)", "predicted", 1.0, 20.0),
    PublishedFigure("O-W2", "FICO's scores", BUREAU, "below_580", 16, 16, "of 100",
           "about 16 of 100 below 580 [M]", "the same persons below 580", "predicted", FACTOR),
    PublishedFigure("V26, O-D17", "blood donors", NOBODY, "blood", 1.1, 1.1, "of 100 people a year",
           "about 1.1 of 100 people give blood in a year", "donations a person-year", "fitted",
           1.1),
    PublishedFigure("V27, O-D19", "drunk driving", NOBODY, "drunk", _of_people(1.247),
           _of_people(1.575), OF_PEOPLE,
           "1.25 m detected in 2019 until mid-October, 1.58 m in a year at that rate",
           "the act, of 10,000 people a year; only the detected are published", "fitted", 1.1),
)  # fmt: skip
