"""Programme: the steps from approval to opening, what is critical, and the month each site opens."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    difference,
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
    which_smallest,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import estate, timeline

DIMENSIONS = (
    # The steps of a centre, each picked by a line below.
    Dimension("milestone", "Milestone", rank=370, needs=(
        "approval", "planning", "power", "lease", "procurement", "build", "install", "acceptance",
        "registration", "recruitment", "opening",
    )),
)

approval_month = Input(
    "Month of approval", "months", ("site",),
    "Month from which approval counts: the first month of the case is 1, below 1 where it came before. With "
    "no months of approval, the month in which it was given.",
    low=-60, high=240, whole=True,
)
duration = Input(
    "Planned duration", "months", ("site", "milestone"),
    "Of each step, if nothing goes wrong; 0 where a site does not need it.",
    high=120,
)
duration_bias_upper = Input(
    "Optimism bias on duration, upper bound", "share", ("site", "milestone"),
    "Upper bound by type of project.",
    high=1,
)
duration_bias_mitigated = Input(
    "Optimism bias on duration, share mitigated", "share", ("site",),
    "1 where the date is known, so that no bias is left.",
)
slip_months = Input(
    "Slip", "months", ("site",), "Months by which the opening comes later than planned.", high=120
)
ramp_up_months = Input(
    "Ramp-up", "months", (), "Months from opening to full bookings, in equal steps.", low=1, high=60
)
relief_start_month = Input(
    "Month in which bought tests or longer hours start", "months", (),
    "Number of the month; also the month from which time is counted where no centre opens.",
    low=1, high=240, whole=True,
)
relief_ramp_months = Input(
    "Ramp-up of bought tests or longer hours", "months", (),
    "Months to full volume, in equal steps.",
    low=1, high=60,
)
time_limited_funding_end_year = Input(
    "Last year of time-limited funding", "number", (),
    "Number of the year, the base year being 1.",
    whole=True,
)

duration_bias = Line(
    "Optimism bias on duration", "share", ("site", "milestone"),
    duration_bias_upper * (1 - duration_bias_mitigated),
    "Upper bound times the share not mitigated (Mott MacDonald 2002).",
)
expected_duration = Line(
    "Duration with optimism bias", "months", ("site", "milestone"),
    duration * (1 + duration_bias),
    "What the programme is built from.",
)

# The network of steps: each starts when all that it waits for have ended
approval_end = Line(
    "Approval, end", "months", ("site",),
    approval_month + at(expected_duration, milestone="approval"),
    "Everything else waits for it.",
)
planning_end = Line(
    "Design and planning consent, end", "months", ("site",),
    approval_end + at(expected_duration, milestone="planning"),
    "Starts at approval.",
)
power_end = Line(
    "Power supply, end", "months", ("site",),
    approval_end + at(expected_duration, milestone="power"),
    "Starts at approval: application to the network operator, and the connection or upgrade.",
)
lease_end = Line(
    "Lease, end", "months", ("site",),
    approval_end + at(expected_duration, milestone="lease"),
    "Starts at approval: heads of terms to a signed lease.",
)
procurement_end = Line(
    "Equipment procurement, end", "months", ("site",),
    approval_end + at(expected_duration, milestone="procurement"),
    "Starts at approval: order to delivery, since scanners are long-lead items.",
)
build_start = Line(
    "Building, start", "months", ("site",),
    maximum(planning_end, power_end, lease_end),
    "Waits for consent, power and lease.",
)
build_end = Line(
    "Building, end", "months", ("site",),
    build_start + at(expected_duration, milestone="build"),
    "To handover of the rooms.",
)
install_start = Line(
    "Installation, start", "months", ("site",),
    maximum(build_end, procurement_end),
    "Waits for the rooms and for the kit.",
)
install_end = Line(
    "Installation, end", "months", ("site",),
    install_start + at(expected_duration, milestone="install"),
    "Kit in place and connected.",
)
acceptance_end = Line(
    "Acceptance tests, end", "months", ("site",),
    install_end + at(expected_duration, milestone="acceptance"),
    "Physics tests, image quality, network and radiation protection.",
)
registration_end = Line(
    "Registration, end", "months", ("site",),
    build_end + at(expected_duration, milestone="registration"),
    "Starts when there are premises to register; runs beside installation.",
)
recruitment_end = Line(
    "Recruitment, end", "months", ("site",),
    approval_end + at(expected_duration, milestone="recruitment"),
    "Starts at approval; enough staff to open, the rest follow by the chapter of workforce.",
)
opening_start = Line(
    "Ready to open", "months", ("site",),
    maximum(acceptance_end, registration_end, recruitment_end),
    "Waits for tested kit, registration and staff.",
)
opening_end = Line(
    "Opening, end", "months", ("site",),
    opening_start + at(expected_duration, milestone="opening"),
    "First bookings, and any soft start.",
)
planned_opening_month = Line(
    "Opening month without slip", "months", ("site",),
    round_up(opening_end),
    "The number of the first month with patients, if the programme holds.",
)
# Routes are compared above this chapter, so that the formula stands with them (pooling/lateness.py).
late_kit = Line(
    "Months that the route taken delays the opening", "months", ("site",),
    basis="The latest of the site's classes that tests wait for: beyond buying alone, which the planned "
    "durations are for, and beyond the float of the equipment.",
)
later = Line(
    "Slip and late kit", "months", ("site",),
    slip_months + late_kit,
    "Months by which the opening comes later than planned.",
)
opening_month = Line(
    "Opening month", "months", ("site",),
    round_up(opening_end + later),
    "A result of the steps: the number of the first month with patients.",
)

# What is critical: what each step waited for, and how long the others could take more
build_waits_for = Line(
    "Building waits for: 1 planning, 2 power, 3 lease", "number", ("site",),
    which_smallest(-planning_end, -power_end, -lease_end),
    "The last to end; the first of equals.",
)
install_waits_for = Line(
    "Installation waits for: 1 building, 2 equipment", "number", ("site",),
    which_smallest(-build_end, -procurement_end),
    "The last to end; the first of equals.",
)
opening_waits_for = Line(
    "Opening waits for: 1 acceptance, 2 registration, 3 recruitment", "number", ("site",),
    which_smallest(-acceptance_end, -registration_end, -recruitment_end),
    "The last to end; the first of equals.",
)
recruitment_float = Line(
    "Recruitment, float", "months", ("site",),
    difference(opening_start, recruitment_end),
    "Months it may take longer before the opening moves; 0 on the critical path.",
)
registration_float = Line(
    "Registration, float", "months", ("site",),
    difference(opening_start, registration_end),
    "0 on the critical path.",
)
acceptance_float = Line(
    "Installation and acceptance tests, float", "months", ("site",),
    difference(opening_start, acceptance_end),
    "0 on the critical path; the two follow one another, so that they share it.",
)
procurement_float = Line(
    "Equipment procurement, float", "months", ("site",),
    difference(install_start, procurement_end) + acceptance_float,
    "Until installation, and what installation itself may give.",
)
build_float = Line(
    "Building, float", "months", ("site",),
    minimum(difference(install_start, build_end) + acceptance_float, registration_float),
    "The lesser of what installation and registration, which both wait for it, leave.",
)
planning_float = Line(
    "Design and planning consent, float", "months", ("site",),
    difference(build_start, planning_end) + build_float,
    "Until building starts, and what building itself may give.",
)
power_float = Line(
    "Power supply, float", "months", ("site",),
    difference(build_start, power_end) + build_float,
    "Until building starts, and what building itself may give.",
)
lease_float = Line(
    "Lease, float", "months", ("site",),
    difference(build_start, lease_end) + build_float,
    "Until building starts, and what building itself may give.",
)
critical_steps = Line(
    "Critical steps before opening", "number", ("site",),
    8
    - above(planning_float, 0)
    - above(power_float, 0)
    - above(lease_float, 0)
    - above(procurement_float, 0)
    - above(build_float, 0)
    - above(acceptance_float, 0)
    - above(registration_float, 0)
    - above(recruitment_float, 0),
    "How many of the eight steps between approval and the first bookings have no float.",
)
open = Line(
    "Site is open", "flag", ("site", "month"),
    estate.included * above(timeline.month_number + quantity(1, "month"), opening_month),
    "1 from the opening month on, where the site is included.",
)
ramp = Line(
    "Ramp-up reached", "share", ("site", "month"),
    open * minimum(1, (timeline.month_number - opening_month + quantity(1, "month")) / ramp_up_months),
    "Bookings rise in equal monthly steps to full use.",
)
centres_open = Line(
    "Centres open, ramp-up counted", "number", ("month",),
    total(ramp, over="site"),
    "A centre half way through its ramp-up counts as half.",
)
relief_reached = Line(
    "Bought tests or longer hours, ramp-up reached", "share", ("month",),
    minimum(
        1,
        maximum((timeline.month_number - relief_start_month + quantity(1, "month")) / relief_ramp_months, 0),
    ),
    "0 before the start, then equal monthly steps to full volume.",
)
relief_reached_year = Line(
    "Bought tests or longer hours, ramp-up reached, mean of the year", "share", ("year",),
    per_year(relief_reached, "mean") + timeline.after_horizon,
    "The mean of the months; after the months full volume.",
)
open_year = Line(
    "Share of the year open", "share", ("site", "year"),
    per_year(open, "mean") + timeline.after_horizon * estate.included,
    "The mean of the months; after the months every included site is open.",
)

# First and last opening, and the steady state
last_opening_month = Line(
    "Last opening month", "months", (),
    largest(opening_month * estate.included, over="site"),
    "0 where no centre opens.",
)
opening_if_included = Line(
    "Opening month, sites left out set to the last", "months", ("site",),
    where(above(estate.included, 0), opening_month, last_opening_month),
    "So that a site left out never comes first.",
)
centres_included = Line(
    "Centres in the option", "number", (),
    total(estate.included, over="site"),
    "How many sites the option takes in.",
)
first_opening_month = Line(
    "First opening month", "months", (),
    where(above(centres_included, 0), smallest(opening_if_included, over="site"), relief_start_month),
    "Where no centre opens: the month in which bought tests or longer hours start.",
)
opening_now = Line(
    "Month of the last opening", "flag", ("month",),
    above(timeline.month_number + quantity(1, "month"), last_opening_month)
    * above(last_opening_month + quantity(1, "month"), timeline.month_number),
    "1 in one month; never where no centre opens.",
)
full_month = Line(
    "Month in which all ramp-ups are reached", "months", (),
    maximum(last_opening_month + ramp_up_months, relief_start_month + relief_ramp_months)
    - quantity(1, "month"),
    "The last opening, or the start of bought tests or longer hours, plus the ramp-up.",
)
ramped_up = Line(
    "All ramp-ups are reached", "flag", ("month",),
    above(timeline.month_number + quantity(1, "month"), full_month),
    "1 from the month in which the last ramp-up ends.",
)
ramped_share = Line(
    "Share of the year with all ramp-ups reached", "share", ("year",),
    per_year(ramped_up, "mean") + timeline.after_horizon,
    "1 in a full year; years after the months are taken to be past ramp-up.",
)
past_ramp_and_funding = Line(
    "Year past ramp-up and time-limited funding", "flag", ("year",),
    (1 - above(1, ramped_share)) * above(YEAR_NUMBER, time_limited_funding_end_year),
    "A full year after every ramp-up and after time-limited funding has ended.",
    opening=0,
)
steady_state = Line(
    "Steady state", "flag", ("year",),
    above(past_ramp_and_funding, previous(past_ramp_and_funding)),
    "1 in the first full year after every ramp-up and after time-limited funding has ended.",
)
steady_state_year = Line(
    "Number of the steady-state year", "number", (),
    total(steady_state * YEAR_NUMBER * quantity(1, "1 / year"), over="year"),
    "The base year is 1; 0 where no year of the horizon is one.",
)
