"""Every row of facts 2.2 (the Wendeng rule text), transcribed apart from the scheme file.

A row: what the text says, the points or grade that it gives, the rule that carries it, an act and
the amount of the act that fall under it (0: any).
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One row of the rule text."""

    text: str
    points: int
    rule: str
    act: str
    amount: int = 0


DEDUCTIONS = [
    Row("loan or card arrears, per month", -10, "loan_arrears", "loan_arrears"),
    Row("contract not performed", -20, "contract_not_performed", "contract_not_performed"),
    Row("judged in breach", -50, "judged_in_breach", "judged_in_breach"),
    Row("debt judgment against you", -30, "debt_judgment", "debt_judgment"),
    Row("utility fees late", -20, "utility_late", "utility_arrears"),
    Row("utility fees, court-confirmed", -50, "utility_debt_confirmed", "utility_debt_confirmed"),
    Row("steal water, gas, power, heat", -60, "steals_utilities", "steals_utilities"),
    Row("exam cheating", -20, "exam_cheating", "exam_cheating"),
    Row("academic fraud", -50, "academic_fraud", "academic_fraud"),
    Row("identity fraud, fare dodging", -50, "fraud", "fare_dodging"),
    Row("violent obstruction of officials", -100, "obstructs_officials", "obstructs_officials"),
    Row("noise nuisance", -5, "noise", "noise"),
    Row("refuses mediation (community)", -10, "refuses_mediation_urban", "refuses_mediation"),
    Row("abuse of family", -50, "family_abuse", "family_abuse"),
    Row("not supporting parents", -50, "not_supporting_parents", "not_supporting_parents"),
    Row("superstition", -10, "superstition", "folk_ritual"),
    Row("slander, false accusation", -30, "slander", "slander"),
    Row("chat remarks, mild", -20, "chat_remark_mild", "untrue_remark_in_chat", 1),
    Row("chat remarks, worse", -30, "chat_remark_worse", "untrue_remark_in_chat", 2),
    Row("chat remarks, serious", -50, "chat_remark_serious", "untrue_remark_in_chat", 3),
    Row("asset report missing", -20, "asset_report_missing", "asset_report_missing"),
    Row("hiding assets", -50, "hides_assets", "hides_assets"),
    Row("false complaint", -50, "false_complaint", "false_complaint"),
    Row("police warning", -5, "police_warning", "police_warning"),
    Row("fine <= 500", -10, "fine_to_500", "administrative_fine", 200),
    Row("fine 500 to 2,000", -20, "fine_to_2000", "administrative_fine", 1000),
    Row("fine 2,000 to 10,000", -30, "fine_to_10000", "administrative_fine", 5000),
    Row("fine > 10,000", -40, "fine_above_10000", "administrative_fine", 20000),
    Row("12 licence points at once", -30, "licence_12_points", "licence_12_points"),
    Row("licence suspended", -60, "licence_suspended", "licence_suspended"),
    Row("tax owed", -20, "tax_owed", "tax_owed", 1),
    Row("tax owed (-30)", -30, "tax_owed_more", "tax_owed", 2),
    Row("tax resisted", -50, "tax_resisted", "tax_resisted"),
    Row("tax evaded seriously", -100, "tax_evaded", "tax_evaded"),
    Row("social insurance unpaid", -20, "social_insurance_unpaid", "social_insurance_unpaid"),
    Row("false documents or testimony", -30, "false_documents", "false_documents"),
    Row("forged papers or seals", -100, "forged_seals", "forged_seals"),
    Row("train seat grabbing", -50, "train_seats", "train_seat_grabbing"),
    Row("parking against city rules", -5, "parking_ticket", "parking_ticket"),
    Row("stalls, dogs against city rules", -5, "city_rules", "city_rule_breach"),
    Row("garbage not sorted", -5, "garbage", "garbage_unsorted"),
    Row("illegal outdoor burning", -20, "outdoor_burning", "outdoor_burning"),
    Row("causing fire", -50, "causes_fire", "causes_fire"),
    Row("birth-planning violation", -40, "birth_planning", "birth_planning_violation"),
    Row("unpaid birth-planning fee", -50, "birth_fee_unpaid", "birth_fee_unpaid"),
    Row("oversize grave not removed", -50, "oversize_grave", "oversize_grave"),
    Row("new illegal grave", -100, "new_illegal_grave", "new_illegal_grave"),
    Row("bad information online", -50, "bad_information", "opinion_post"),
    Row("blocking public works", -100, "blocks_public_works", "blocks_public_works"),
    Row("convicted, suspended sentence", -100, "convicted_suspended", "convicted_suspended"),
    Row("refuses village work", -10, "refuses_village_work", "refuses_village_work", 1),
    Row("refuses village work, harmful", -20, "refuses_village_work_harmful",
        "refuses_village_work", 2),
    Row("absent from militia duty", -5, "militia_absence", "militia_absence"),
]  # fmt: skip

RURAL = [Row("refuses mediation (rural)", -5, "refuses_mediation_rural", "refuses_mediation")]

RONGCHENG = [  # O-R1, lines of Rongcheng's own standard
    Row("private lending breach", -20, "private_loan_breach", "private_loan_breach"),
    Row("guarantee breach", -20, "guarantee_breach", "guarantee_breach"),
    Row("MLM, fraud", -30, "pyramid_selling", "pyramid_selling"),
    Row("counterfeit", -30, "sells_counterfeits", "sells_counterfeits"),
    Row("damaging utilities", -100, "damages_utilities", "damages_utilities"),
]

PETITIONS = [
    Row("to Weihai", -10, "petition_prefecture", "petition_prefecture"),
    Row("to the province", -20, "petition_province", "petition_province"),
    Row("to Beijing", -50, "petition_beijing", "petition_beijing"),
    Row("refuse to elect representatives", -10, "refuses_representatives",
        "refuses_representatives"),
    Row("repeat online complaints", -10, "repeats_online_complaint", "repeats_online_complaint"),
    Row("keep a post after an answer", -20, "keeps_post", "keeps_post_after_answer"),
    Row("banners or slogans", -30, "banners", "banner_or_slogan"),
    Row("petition near a major meeting", -50, "petition_near_meeting", "petition_near_meeting"),
    Row("organiser of a gathering", -50, "unapproved_assembly", "organises_gathering"),
    Row("participant of a gathering", -20, "joins_gathering", "joins_gathering"),
]  # fmt: skip

ADDITIONS = [
    Row("blood donation, each", 10, "blood_donation", "blood_donation"),
    Row("bone marrow", 50, "marrow_donation", "marrow_donation"),
    Row("300 volunteer hours", 50, "volunteering", "volunteering", 100),
    Row("donation, 1,000 yuan", 10, "money_donation", "money_donation", 1000),
    Row("returned property, least", 2, "returned_property", "returned_property", 1),
    Row("returned property, most", 10, "returned_property", "returned_property", 3),
    Row("brave act, least", 5, "brave_act", "brave_act", 1),
    Row("brave act, most", 30, "brave_act", "brave_act", 3),
    Row("reporting fakes", 5, "reports_fakes", "reports_fakes"),
    Row("reporting illegal building", 5, "reports_building", "reports_building"),
    Row("reporting sects", 30, "reports_banned_group", "reports_banned_group"),
    Row("reporting illegal fund raising", 20, "reports_fundraising", "reports_fundraising"),
    Row("reporting pollution", 10, "reports_pollution", "reports_pollution"),
    Row("information collector", 5, "collects_information", "collects_information"),
    Row("3-star collector", 10, "star_collector", "star_collector", 3),
    Row("4-star collector", 20, "star_collector", "star_collector", 4),
    Row("5-star collector", 30, "star_collector", "star_collector", 5),
    Row("honour, district department", 5, "honour_district", "honour_district"),
    Row("honour, prefecture", 20, "honour_prefecture", "honour_prefecture", 1),
    Row("honour, prefecture, higher", 30, "honour_prefecture", "honour_prefecture", 2),
    Row("honour, province", 25, "honour_province", "honour_province", 1),
    Row("honour, province, higher", 60, "honour_province", "honour_province", 2),
    Row("honour, nation", 100, "honour_nation", "honour_nation"),
    Row("enlisting in the army", 5, "enlists", "enlists_in_army"),
    Row("bringing investment", 20, "brings_investment", "brings_investment", 1),
    Row("bringing more investment", 50, "brings_investment", "brings_investment", 2),
    Row("sports or culture prize, least", 2, "sports_culture_prize", "sports_culture_prize", 1),
    Row("sports or culture prize, most", 40, "sports_culture_prize", "sports_culture_prize", 4),
]

VOLUNTEER_STEPS = {10: 2, 20: 5, 50: 10, 80: 15, 100: 20, 150: 25, 200: 30, 250: 40, 300: 50}
DONATION_STEPS = {100: 1, 1000: 10, 1400: 11, 5000: 20, 5500: 21, 10000: 30, 11000: 31, 20000: 40}

DIRECT: dict[str, dict[str, str]] = {  # grade: rule -> act
    "B": {
        "drunk_driving": "drunk_driving",
        "untrustworthy_information": "untrue_statement_online",
        "illegal_building": "illegal_building",
        "subsidy_fraud": "subsidy_fraud",
        "unapproved_march": "unapproved_march",
        "petition_after_final_answer": "petition_after_final_answer",
        "insults_petition_officials": "insults_petition_officials",
        "breaks_mediation": "breaks_mediation",
        "false_project_papers": "false_project_papers",
        "accident_responsibility": "accident_responsibility",
        "official_dismissed": "dismissed_from_post",
        "official_bribery": "takes_bribe",
        "official_remarks": "remarks_on_state_reputation",
    },
    "C": {
        "administrative_detention": "administrative_detention",
        "consumption_limited": "consumption_limited",
        "firm_listed": "firm_listed",
        "industry_blacklisted": "industry_blacklisted",
        "expelled_from_party": "expelled_from_party",
        "negligent_crime": "negligent_crime",
        "refuses_military_service": "refuses_military_service",
        "banned_group": "banned_group",
        "petition_after_warning": "petition_after_warning",
        "petition_again_after_signing": "petition_again_after_signing",
    },
    "D": {
        "judgment_list": "judgment_unpaid",
        "intentional_crime": "intentional_crime",
        "loses_political_rights": "loses_political_rights",
        "larger_accident": "larger_accident_responsibility",
        "forced_demolition": "forced_demolition",
        "petition_forbidden_place": "petition_forbidden_place",
        "foreign_media": "foreign_media_report",
        "drug_treatment": "drug_treatment",
    },
}

LEADERS = {"deduction": -3, "grade": -5}  # "3-5 points for each colleague's offence", by its kind
