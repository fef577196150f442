"""Funding: the award by fund, site and year against the built-up cost.

Reads estate and capital. Read by finance, headlines and checks. An award is an input in cash;
what it leaves uncovered is a line, and nothing is tuned to close it.
"""

from __future__ import annotations

from casebuilder.algebra.operators import cumulative, maximum, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import capital, estate

MAY_HAVE_NONE = ("fund",)

award = Input(
    "Award", "GBP_nominal / year", ("fund", "site", "year"),
    "Capital awarded to a site from a fund, in cash, in the year it must be drawn; it counts "
    "only where the option includes the site.",
)  # fmt: skip
is_pdc = Input(
    "Fund is national public dividend capital", "flag", ("fund",),
    "1 for money that the centre gives as public dividend capital.",
    high=1, whole=True,
)  # fmt: skip

network_award = Input(
    "Award to no one site", "GBP_nominal / year", ("fund", "year"),
    "For hospitals and digital systems; in cash.",
)  # fmt: skip

award_by_fund = Line(
    "Award by fund", "GBP_nominal / year", ("fund", "year"),
    total(award * estate.included, over="site") + network_award,
    "Of the sites the option includes, and to none.",
)  # fmt: skip
award_year = Line(
    "Award", "GBP_nominal / year", ("year",),
    total(award_by_fund, over="fund"),
    "All funds and sites.",
)  # fmt: skip
award_site = Line(
    "Award of the site, all years", "GBP_nominal", ("site",),
    total(award, over=("fund", "year")) * estate.included,
    "All funds; nothing where the option leaves the site out.",
)  # fmt: skip
capital_pdc = Line(
    "National public dividend capital", "GBP_nominal", (),
    total(award_by_fund * is_pdc, over=("fund", "year")),
    "The national award to the sites the option includes, whether or not they need all of it.",
)  # fmt: skip
built_up_less_award = Line(
    "Built-up cost less award", "GBP_nominal", ("site",),
    capital.outturn_site - award_site,
    "The difference, whichever way it falls; no input is tuned to close it.",
)  # fmt: skip
unfunded_site = Line(
    "Unfunded", "GBP_nominal", ("site",),
    maximum(built_up_less_award, 0),
    "Cost that no award covers; an award left over at one site does not pay for another.",
)  # fmt: skip
award_left_over = Line(
    "Award beyond the built-up cost", "GBP_nominal", ("site",),
    maximum(-built_up_less_award, 0),
    "Award that the site's built-up cost does not use.",
)  # fmt: skip
hospital_unfunded = Line(
    "Unfunded beside the sites", "GBP_nominal", (),
    maximum(total(capital.hospital_outturn, over="year") - total(network_award, over=("fund", "year")), 0),
    "What no award covers falls on the members' own envelopes.",
)  # fmt: skip
capital_unfunded = Line(
    "Capital unfunded", "GBP_nominal", (),
    total(unfunded_site, over="site") + hospital_unfunded,
    "Sites and hospitals together.",
)  # fmt: skip
award_used = Line(
    "Award used in the year", "GBP_nominal / year", ("year",),
    award_year - maximum(award_year - capital.outturn_year, 0),
    "Awarded money can be drawn only against spend of the same financial year.",
)  # fmt: skip
award_at_risk = Line(
    "Award unspent at 31 March", "GBP_nominal / year", ("year",),
    award_year - award_used,
    "National money that the year's spend does not use; it lapses unless it is carried forward.",
)  # fmt: skip
scheme_envelope_call = Line(
    "Call of the scheme on members' capital envelopes", "GBP_nominal / year", ("year",),
    maximum(capital.outturn_year - award_year, 0),
    "Spend of the year that the year's award does not cover.",
)  # fmt: skip
envelope_call = Line(
    "Call on members' capital envelopes", "GBP_nominal / year", ("year",),
    scheme_envelope_call + capital.replacement_outturn,
    "The scheme and the replacement wave, which no award covers.",
)  # fmt: skip
spent_so_far = Line(
    "Capital spent so far", "GBP_nominal", ("year",),
    cumulative(capital.outturn_year),
    "All sites and hospitals, without replacement.",
)  # fmt: skip
awarded_so_far = Line(
    "Award so far", "GBP_nominal", ("year",),
    cumulative(award_year),
    "All funds.",
)  # fmt: skip
