"""Staff by year: what is required, in post and agency, for money."""

from __future__ import annotations

from casebuilder.algebra.operators import above, per_year, previous, total, where
from casebuilder.algebra.terms import Line
from casebuilder.model.service import workforce
from casebuilder.model.setting import programme, timeline

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
in_post_share_year = Line(
    "Share of posts filled by own staff", "share", ("staff", "year"),
    basis="After the months the last year's share holds.",
    opening=0,
)
in_post_share_year.define(
    where(
        above(timeline.after_horizon, 0),
        previous(in_post_share_year),
        where(above(required_year, 0), filled_year / required_year, 0),
    )
)
agency_share_year = Line(
    "Share of posts filled by agency and bank", "share", ("staff", "year"),
    basis="After the months the last year's share holds.",
    opening=0,
)
agency_share_year.define(
    where(
        above(timeline.after_horizon, 0),
        previous(agency_share_year),
        where(above(required_year, 0), agency_year / required_year, 0),
    )
)
