"""Slip: what a month's delay of a site costs, and national money unspent at 31 March.

Reads the programme's slip, capital by year, awards, staff and tests. Read by the checks of delivery.
Slip already moves openings, ramp-up, tests and benefits through the programme; the capital phasing is an
input, so what slip moves between years is worked out here and never changes it.
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
from casebuilder.model import capital, estate, funding, leases, pay, programme, waits, workforce

slip_in_phasing = Input(
    "Slip that the phasing already counts", "share", ("site",),
    "1 where capital was phased after the slip was known; 0 where it follows the plan.",
)  # fmt: skip
staff_waiting = Input(
    "Posts filled and paid while an opening waits", "share", (),
    "Of the posts of the site: recruited for the day planned, with no patients to see.",
)  # fmt: skip
twelve = quantity(12, "months / year")

slip_to_move = Line(
    "Slip that the phasing does not count", "months", ("site",),
    programme.slip_months * (1 - slip_in_phasing) * estate.included,
    "Moves spend to a later year.",
)  # fmt: skip
whole_years = Line(
    "Whole years of slip", "years", ("site",),
    maximum(round_up(slip_to_move / twelve) - quantity(1, "year"), 0),
    "One less than the years begun: spend moves by these, and a part of the next.",
)  # fmt: skip
part_year = Line(
    "Part of a year of slip", "share", ("site",),
    (slip_to_move / twelve - whole_years) / quantity(1, "year"),
    "Of a year's even spend, the share that falls a year later still.",
)  # fmt: skip
whole_years_more = Line(
    "Whole years of slip, a month more", "years", ("site",),
    maximum(round_up((slip_to_move + quantity(1, "month")) / twelve) - quantity(1, "year"), 0),
    "As above, with a further month.",
)  # fmt: skip
part_year_more = Line(
    "Part of a year of slip, a month more", "share", ("site",),
    ((slip_to_move + quantity(1, "month")) / twelve - whole_years_more) / quantity(1, "year"),
    "As above, with a further month.",
)  # fmt: skip
unspent_planned = Line(
    "National money that lapses, as phased", "GBP_nominal / year", ("site", "year"),
    total((funding.to_draw - funding.own_draw) * funding.is_pdc * (1 - funding.carried_forward), over="fund"),
    "Of the site's own award, before anything is moved to another site.",
)  # fmt: skip
spend_slipped = Line(
    "Spend of the year, with slip", "GBP_nominal / year", ("site", "year"),
    lagged(capital.outturn, whole_years / quantity(1, "year")) * (1 - part_year)
    + lagged(capital.outturn, whole_years / quantity(1, "year") + 1) * part_year,
    "A year's spend is even, so that each month of slip moves a twelfth of it past 31 March.",
)  # fmt: skip
left_slipped = Line(
    "National money unspent at 31 March, with slip", "GBP_nominal / year", ("fund", "site", "year"),
    basis="As the award is drawn, against spend that has slipped.",
    opening=0,
)  # fmt: skip
to_draw_slipped = Line(
    "National money to be drawn, with slip", "GBP_nominal / year", ("site", "year"),
    total(
        funding.award * estate.included * funding.is_pdc + funding.carried_forward * previous(left_slipped),
        over="fund",
    ),
    "The year's award, and what was carried forward.",
)  # fmt: skip
left_slipped.define(
    (funding.award * estate.included * funding.is_pdc + funding.carried_forward * previous(left_slipped))
    * where(
        above(to_draw_slipped, 0), maximum(to_draw_slipped - spend_slipped, 0) / to_draw_slipped, 0
    )
)
unspent_slipped = Line(
    "National money that lapses, with slip", "GBP_nominal / year", ("site", "year"),
    total(left_slipped * (1 - funding.carried_forward), over="fund"),
    "What one site leaves pays for no other.",
)  # fmt: skip
spend_month_more = Line(
    "Spend of the year, a month more", "GBP_nominal / year", ("site", "year"),
    lagged(capital.outturn, whole_years_more / quantity(1, "year")) * (1 - part_year_more)
    + lagged(capital.outturn, whole_years_more / quantity(1, "year") + 1) * part_year_more,
    "The same with a further month of slip.",
)  # fmt: skip
left_month_more = Line(
    "National money unspent at 31 March, a month more", "GBP_nominal / year", ("fund", "site", "year"),
    basis="As the award is drawn, against spend that has slipped a month more.",
    opening=0,
)  # fmt: skip
to_draw_month_more = Line(
    "National money to be drawn, a month more", "GBP_nominal / year", ("site", "year"),
    total(
        funding.award * estate.included * funding.is_pdc
        + funding.carried_forward * previous(left_month_more),
        over="fund",
    ),
    "The year's award, and what was carried forward.",
)  # fmt: skip
left_month_more.define(
    (funding.award * estate.included * funding.is_pdc + funding.carried_forward * previous(left_month_more))
    * where(
        above(to_draw_month_more, 0),
        maximum(to_draw_month_more - spend_month_more, 0) / to_draw_month_more,
        0,
    )
)
unspent_month_more = Line(
    "National money that lapses, a month more", "GBP_nominal / year", ("site", "year"),
    total(left_month_more * (1 - funding.carried_forward), over="fund"),
    "The same with a further month of slip.",
)  # fmt: skip
spend_moved = Line(
    "Spend moved to a later year", "GBP_nominal", ("site",),
    capital.outturn_site * minimum(slip_to_move / quantity(12, "months"), 1),
    "The part of each year's spend that slip takes past 31 March.",
)  # fmt: skip
national_at_risk = Line(
    "National money at risk from slip", "GBP_nominal", ("site",),
    maximum(difference(total(unspent_slipped, over="year"), total(unspent_planned, over="year")), 0),
    "Unspent at 31 March because of the slip stated, beyond what the phasing leaves unspent anyway.",
)  # fmt: skip
national_at_risk_a_month = Line(
    "National money at risk, a further month of slip", "GBP_nominal / month", ("site",),
    maximum(difference(total(unspent_month_more, over="year"), total(unspent_slipped, over="year")), 0)
    / quantity(1, "month"),
    "Lapses unless the funder carries it forward or lets another site use it.",
)  # fmt: skip

# What a month of slip costs otherwise
staff_cost_a_month = Line(
    "Staff paid with no patients", "GBP_real / month", ("site",),
    total(workforce.wte_required * pay.employer_cost_financial, over="staff") * staff_waiting / twelve,
    "A month's pay of those recruited for the day planned; agency staff are not.",
)  # fmt: skip
rent_a_month = Line(
    "Rent paid with no patients", "GBP_real / month", ("site",),
    leases.rent_full / twelve,
    "The lease is signed before building starts.",
)  # fmt: skip
cost_a_month = Line(
    "Running cost of a month's slip", "GBP_real / month", ("site",),
    staff_cost_a_month + rent_a_month,
    "Double running: paid for, and no patient seen.",
)  # fmt: skip
tests_lost_a_month = Line(
    "Tests not done for a month's slip", "tests / month", ("site",),
    total(waits.cdc_tests_year * programme.steady_state, over=("test", "year")) / quantity(12, "months"),
    "The ramp-up moves as a whole, so that a month at full volume is lost.",
)  # fmt: skip
cost_of_slip = Line(
    "Running cost of the slip", "GBP_real", ("site",),
    cost_a_month * programme.slip_months,
    "At the slip stated.",
)  # fmt: skip
tests_lost = Line(
    "Tests not done for the slip", "tests", ("site",),
    tests_lost_a_month * programme.slip_months,
    "At the slip stated; hospitals may have done some of them.",
)  # fmt: skip
slipped = Line(
    "Site slips", "flag", ("site",),
    above(programme.slip_months, 0) * estate.included,
    "1 where months of slip are stated.",
)  # fmt: skip
