"""Slip: what a month's delay of a site costs, and national money unspent at 31 March.

Slip already moves openings, ramp-up, tests and benefits through the programme; the capital phasing
is an input, so what slip moves between years is worked out here and never changes it.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    difference,
    lagged,
    maximum,
    minimum,
    previous,
    quantity,
    round_up,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import capital, funding, leases
from casebuilder.model.patients import activity
from casebuilder.model.service import workforce
from casebuilder.model.setting import estate, pay, programme

slip_in_phasing = Input(
    "Slip that the phasing already counts", "share", ("site",),
    "1 where capital was phased after the slip was known; 0 where it follows the plan.",
)
staff_waiting = Input(
    "Posts filled and paid while an opening waits", "share", (),
    "Of the posts of the site: recruited for the day planned, with no patients to see.",
)
twelve = quantity(12, "months / year")

slip_to_move = Line(
    "Slip that the phasing does not count", "months", ("site",),
    (programme.slip_months * (1 - slip_in_phasing) + programme.late_kit) * estate.included,
    "Moves spend to a later year; the phasing is for the planned route.",
)
whole_years = Line(
    "Whole years of slip", "years", ("site",),
    maximum(round_up(slip_to_move / twelve) - quantity(1, "year"), 0),
    "One less than the years begun: spend moves by these, and a part of the next.",
)
part_year = Line(
    "Part of a year of slip", "share", ("site",),
    (slip_to_move / twelve - whole_years) / quantity(1, "year"),
    "Of a year's even spend, the share that falls a year later still.",
)
whole_years_more = Line(
    "Whole years of slip, a month more", "years", ("site",),
    maximum(round_up((slip_to_move + quantity(1, "month")) / twelve) - quantity(1, "year"), 0),
    "As above, with a further month.",
)
part_year_more = Line(
    "Part of a year of slip, a month more", "share", ("site",),
    ((slip_to_move + quantity(1, "month")) / twelve - whole_years_more) / quantity(1, "year"),
    "As above, with a further month.",
)
national_award_year = Line(
    "National award of the site", "GBP_nominal / year", ("site", "year"),
    total(funding.award * funding.is_pdc, over="fund") * estate.included,
    "Of the year, drawn or not.",
)
national_award = Line(
    "National award of the site, all years", "GBP_nominal", ("site",),
    total(national_award_year, over="year"),
    "Drawn or not.",
)
carried_part = Line(
    "Unspent national money that is carried forward", "share", ("site",),
    where(
        above(national_award, 0),
        total(funding.award * funding.is_pdc * funding.carried_forward, over=("fund", "year"))
        * estate.included
        / national_award,
        0,
    ),
    "The mean of the site's national funds.",
)
unspent_as_phased = Line(
    "National money unspent at 31 March, as phased", "GBP_nominal", ("site",),
    total(funding.national_due * (1 - funding.national_part), over="year"),
    "Of the site's own award, all years, before anything is moved to another site.",
)
unspent_slipped = Line(
    "National money unspent at 31 March, with slip", "GBP_nominal / year", ("site", "year"),
    basis="As the award is drawn; a year's spend is even, so that each month of slip moves a twelfth of it "
    "past 31 March.",
    opening=0,
)
unspent_slipped.define(
    maximum(
        national_award_year
        + carried_part * previous(unspent_slipped)
        - lagged(capital.outturn, whole_years / quantity(1, "year")) * (1 - part_year)
        - lagged(capital.outturn, whole_years / quantity(1, "year") + 1) * part_year,
        0,
    )
)
unspent_month_more = Line(
    "National money unspent at 31 March, a month more", "GBP_nominal / year", ("site", "year"),
    basis="The same with a further month of slip.",
    opening=0,
)
unspent_month_more.define(
    maximum(
        national_award_year
        + carried_part * previous(unspent_month_more)
        - lagged(capital.outturn, whole_years_more / quantity(1, "year")) * (1 - part_year_more)
        - lagged(capital.outturn, whole_years_more / quantity(1, "year") + 1) * part_year_more,
        0,
    )
)
spend_moved = Line(
    "Spend moved to a later year", "GBP_nominal", ("site",),
    capital.outturn_site * minimum(slip_to_move / quantity(12, "months"), 1),
    "The part of each year's spend that slip takes past 31 March.",
)
national_at_risk = Line(
    "National money at risk from slip", "GBP_nominal", ("site",),
    maximum(difference(total(unspent_slipped, over="year"), unspent_as_phased), 0)
    * (1 - carried_part),
    "Unspent at 31 March because of the slip stated, beyond what the phasing leaves unspent anyway.",
)
national_at_risk_a_month = Line(
    "National money at risk, a further month of slip", "GBP_nominal / month", ("site",),
    maximum(difference(total(unspent_month_more, over="year"), total(unspent_slipped, over="year")), 0)
    * (1 - carried_part)
    / quantity(1, "month"),
    "Lapses unless the funder carries it forward or lets another site use it.",
)

# What a month of slip costs otherwise
staff_cost_a_month = Line(
    "Staff paid with no patients", "GBP_real / month", ("site",),
    total(workforce.wte_required * pay.employer_cost_financial, over="staff") * staff_waiting / twelve,
    "A month's pay of those recruited for the day planned; agency staff are not.",
)
rent_a_month = Line(
    "Rent paid with no patients", "GBP_real / month", ("site",),
    leases.rent_full / twelve,
    "The lease is signed before building starts.",
)
cost_a_month = Line(
    "Running cost of a month's slip", "GBP_real / month", ("site",),
    staff_cost_a_month + rent_a_month,
    "Double running: paid for, and no patient seen.",
)
tests_lost_a_month = Line(
    "Tests not done for a month's slip", "tests / month", ("site",),
    total(activity.cdc_tests_year * programme.steady_state, over=("test", "year")) / quantity(12, "months"),
    "The ramp-up moves as a whole, so that a month at full volume is lost.",
)
cost_of_slip = Line(
    "Running cost of the slip", "GBP_real", ("site",),
    cost_a_month * programme.later,
    "At the slip stated, and for kit that comes late.",
)
tests_lost = Line(
    "Tests not done for the slip", "tests", ("site",),
    tests_lost_a_month * programme.later,
    "At the slip stated, and for kit that comes late; hospitals may have done some of them.",
)
slipped = Line(
    "Site slips", "flag", ("site",),
    above(programme.later, 0) * estate.included,
    "1 where months of slip are stated, or the route taken is late.",
)
