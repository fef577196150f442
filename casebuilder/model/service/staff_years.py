"""Staff by year: what is required, in post and agency, in the years of the months and after them.

After the months hiring and leaving go on as in the months, a year at a time, with the labour market
that the months end with.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    largest,
    maximum,
    minimum,
    per_year,
    power,
    previous,
    quantity,
    total,
    where,
)
from casebuilder.algebra.terms import Line
from casebuilder.model.service import workforce
from casebuilder.model.setting import programme, timeline

months_a_year = quantity(12, "months / year")
a_year = quantity(1, "year")

required_year = Line(
    "WTE required by the network, mean of the year", "wte", ("staff", "year"),
    total(workforce.wte_required * programme.open_year, over="site"),
    "The sum over sites, each for the share of the year that it is open.",
)
filled_year = Line(
    "WTE in post, mean of the year", "wte", ("staff", "year"),
    per_year(workforce.filled_wte, "mean"),
    "The mean of the months.",
)
agency_year = Line(
    "Agency and bank WTE, mean of the year", "wte", ("staff", "year"),
    per_year(workforce.agency_wte, "mean"),
    "The mean of the months.",
)
waiting_year = Line(
    "WTE in post that fill no post yet, mean of the year", "wte", ("staff", "year"),
    per_year(workforce.waiting_wte, "mean"),
    "The mean of the months; none after them.",
)
before_opening = Line(
    "Share of the year in which the site recruits and is not open", "share", ("site", "year"),
    per_year(workforce.before_opening, "mean"),
    "The mean of the months.",
)

# Hiring and leaving after the months
stay_a_year = Line(
    "Of staff in post, still there after a year", "share", ("staff",),
    power(1 - workforce.turnover / 12, 12),
    "After twelve months of turnover.",
)
hires_stay = Line(
    "Of a year's hires, still there at its end", "share", ("staff",),
    where(above(workforce.turnover, 0), (1 - stay_a_year) / workforce.turnover, 1),
    "Hired month by month, they leave for fewer months.",
)
hires_possible = Line(
    "Most hires a year after the months", "wte / year", ("staff",),
    (workforce.trainees + workforce.domestic_hires + workforce.international_hires) * months_a_year,
    "Every lead time is past.",
)
sought_year = Line(
    "WTE sought at the end of the year", "wte", ("staff", "year"),
    basis="After the months as at their end.",
    opening=0,
)
sought_year.define(
    where(
        above(timeline.after_horizon, 0), previous(sought_year), per_year(workforce.wte_sought, "last")
    )
)
lent_year = Line(
    "WTE lent by members at the end of the year", "wte", ("staff", "year"),
    basis="After the months as at their end.",
    opening=0,
)
lent_year.define(
    where(above(timeline.after_horizon, 0), previous(lent_year), per_year(workforce.lent_wte, "last"))
)
in_post_year_end = Line(
    "WTE in post at the end of the year", "wte", ("staff", "year"),
    basis="After the months: those a year before less leavers, plus hires up to what is sought.",
    opening=0,
)
in_post_year_end.define(
    where(
        above(timeline.after_horizon, 0),
        maximum(
            minimum(
                previous(in_post_year_end) * stay_a_year + hires_possible * hires_stay * a_year, sought_year
            ),
            previous(in_post_year_end) * stay_a_year,
        ),
        per_year(workforce.in_post, "last"),
    )
)
hires_after = Line(
    "Hires in a year after the months", "wte / year", ("staff", "year"),
    (in_post_year_end - previous(in_post_year_end) * stay_a_year) / hires_stay / a_year
    * timeline.after_horizon,
    "In the place of leavers, and towards what is sought.",
)
in_post_share_year = Line(
    "Share of posts filled by own staff", "share", ("staff", "year"),
    where(
        above(required_year, 0),
        where(
            above(timeline.after_horizon, 0),
            minimum(
                (previous(in_post_year_end) + in_post_year_end) / 2 + lent_year, required_year
            ),
            filled_year,
        )
        / required_year,
        0,
    ),
    "After the months the mean of the year's start and end.",
)
agency_share_year = Line(
    "Share of posts filled by agency and bank", "share", ("staff", "year"),
    where(
        above(required_year, 0),
        where(
            above(timeline.after_horizon, 0),
            minimum(1 - in_post_share_year, workforce.agency_cap),
            agency_year / required_year,
        ),
        0,
    ),
    "What own staff leave, up to the cap.",
)
staff_cover_after = Line(
    "Share of posts filled, after the months", "share", ("staff", "year"),
    where(
        above(required_year, 0), (in_post_share_year + agency_share_year) * (1 - workforce.sessions_lost), 1
    ),
    "By own staff and agency, less what absence leaves uncovered; 1 where nobody is required.",
)
staff_cover_test_after = Line(
    "Staff cover of a test, after the months", "share", ("test", "year"),
    1 - largest(where(workforce.limiting, 1 - staff_cover_after, 0), over="staff"),
    "The scarcest of the roles that the test needs.",
)
