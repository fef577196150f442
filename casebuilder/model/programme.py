"""Programme: approval, building and the month each site opens.

Reads approval, durations, slip and ramp-up, and which sites are in. Read by demand, workforce,
capacity, waits and the money chapters.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    largest,
    maximum,
    minimum,
    per_year,
    previous,
    quantity,
    round_up,
    smallest,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import estate, timeline

approval_month = Input(
    "Month of approval", "months", ("site",),
    "Number of the month, the first month of the case being 1; below 1 where it came before.",
    low=-60, high=240,
)  # fmt: skip
planning_months = Input(
    "Planning and procurement", "months", ("site",),
    "From approval to the start on site: design, consents, lease, orders.",
    high=120,
)  # fmt: skip
build_months = Input(
    "Building and installation", "months", ("site",), "From the start on site to handover.", high=120
)
commissioning_months = Input(
    "Commissioning and registration", "months", ("site",),
    "From handover to the first patient: acceptance tests, training, registration.",
    high=60,
)  # fmt: skip
duration_bias_upper = Input(
    "Optimism bias on duration, upper bound", "share", ("site",),
    "Upper bound for works duration by type of project.",
    high=1,
)  # fmt: skip
duration_bias_mitigated = Input(
    "Optimism bias on duration, share mitigated", "share", ("site",),
    "1 where the date is known, so that no bias is left.",
)  # fmt: skip
slip_months = Input(
    "Slip", "months", ("site",), "Months by which the opening comes later than planned.", high=120
)
ramp_up_months = Input(
    "Ramp-up", "months", (), "Months from opening to full bookings, in equal steps.", low=1, high=60
)
relief_start_month = Input(
    "Month in which bought tests or longer hours start", "months", (),
    "Number of the month; also the month from which time is counted where no centre opens.",
    low=1, high=240,
)  # fmt: skip
relief_ramp_months = Input(
    "Ramp-up of bought tests or longer hours", "months", (),
    "Months to full volume, in equal steps.",
    low=1, high=60,
)  # fmt: skip
time_limited_funding_end_year = Input(
    "Last year of time-limited funding", "number", (),
    "Number of the year, the base year being 1.",
    whole=True,
)  # fmt: skip

works_duration = Line(
    "Planned duration from approval to opening", "months", ("site",),
    planning_months + build_months + commissioning_months,
    "The steps follow one another.",
)  # fmt: skip
duration_bias = Line(
    "Optimism bias on duration", "share", ("site",),
    duration_bias_upper * (1 - duration_bias_mitigated),
    "Upper bound times the share not mitigated (Mott MacDonald 2002).",
)  # fmt: skip
opening_month = Line(
    "Opening month", "months", ("site",),
    round_up(approval_month + works_duration * (1 + duration_bias) + slip_months),
    "A result of the durations: the number of the first month with patients.",
)  # fmt: skip
open = Line(
    "Site is open", "flag", ("site", "month"),
    estate.included * above(timeline.month_number + quantity(1, "month"), opening_month),
    "1 from the opening month on, where the site is included.",
)  # fmt: skip
ramp = Line(
    "Ramp-up reached", "share", ("site", "month"),
    open * minimum(1, (timeline.month_number - opening_month + quantity(1, "month")) / ramp_up_months),
    "Bookings rise in equal monthly steps to full use.",
)  # fmt: skip
centres_open = Line(
    "Centres open, ramp-up counted", "number", ("month",),
    total(ramp, over="site"),
    "A centre half way through its ramp-up counts as half.",
)  # fmt: skip
relief_reached = Line(
    "Bought tests or longer hours, ramp-up reached", "share", ("month",),
    minimum(
        1,
        maximum((timeline.month_number - relief_start_month + quantity(1, "month")) / relief_ramp_months, 0),
    ),
    "0 before the start, then equal monthly steps to full volume.",
)  # fmt: skip
open_year = Line(
    "Share of the year open", "share", ("site", "year"),
    per_year(open, "mean") + timeline.after_horizon * estate.included,
    "The mean of the months; after the months every included site is open.",
)  # fmt: skip

# First and last opening, and the steady state
last_opening_month = Line(
    "Last opening month", "months", (),
    largest(opening_month * estate.included, over="site"),
    "0 where no centre opens.",
)  # fmt: skip
opening_if_included = Line(
    "Opening month, sites left out set to the last", "months", ("site",),
    where(above(estate.included, 0), opening_month, last_opening_month),
    "So that a site left out never comes first.",
)  # fmt: skip
centres_included = Line(
    "Centres in the option", "number", (),
    total(estate.included, over="site"),
    "How many sites the option takes in.",
)  # fmt: skip
first_opening_month = Line(
    "First opening month", "months", (),
    where(above(centres_included, 0), smallest(opening_if_included, over="site"), relief_start_month),
    "Where no centre opens: the month in which bought tests or longer hours start.",
)  # fmt: skip
opening_now = Line(
    "Month of the last opening", "flag", ("month",),
    above(timeline.month_number + quantity(1, "month"), last_opening_month)
    * above(last_opening_month + quantity(1, "month"), timeline.month_number),
    "1 in one month; never where no centre opens.",
)  # fmt: skip
full_month = Line(
    "Month in which all ramp-ups are reached", "months", (),
    maximum(last_opening_month + ramp_up_months, relief_start_month + relief_ramp_months)
    - quantity(1, "month"),
    "The last opening, or the start of bought tests or longer hours, plus the ramp-up.",
)  # fmt: skip
ramped_up = Line(
    "All ramp-ups are reached", "flag", ("month",),
    above(timeline.month_number + quantity(1, "month"), full_month),
    "1 from the month in which the last ramp-up ends.",
)  # fmt: skip
ramped_share = Line(
    "Share of the year with all ramp-ups reached", "share", ("year",),
    per_year(ramped_up, "mean") + timeline.after_horizon,
    "1 in a full year; years after the months are taken to be past ramp-up.",
)  # fmt: skip
past_ramp_and_funding = Line(
    "Year past ramp-up and time-limited funding", "flag", ("year",),
    (1 - above(1, ramped_share)) * above(YEAR_NUMBER, time_limited_funding_end_year),
    "A full year after every ramp-up and after time-limited funding has ended.",
    opening=0,
)  # fmt: skip
steady_state = Line(
    "Steady state", "flag", ("year",),
    above(past_ramp_and_funding, previous(past_ramp_and_funding)),
    "1 in the first full year after every ramp-up and after time-limited funding has ended.",
)  # fmt: skip
steady_state_year = Line(
    "Number of the steady-state year", "number", (),
    total(steady_state * YEAR_NUMBER * quantity(1, "1 / year"), over="year"),
    "The base year is 1; 0 where no year of the horizon is one.",
)  # fmt: skip
