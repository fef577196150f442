"""Funding: the award by fund, site and year, drawn once against the spend of that site and year.

An award is an input in cash; what it leaves uncovered is a line, and nothing is tuned to close it.
National capital is drawn first, since it lapses, then other funds in proportion; what is left of a
fund pays for another site only where it is movable.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    maximum,
    minimum,
    previous,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import capital, renewal
from casebuilder.model.setting import estate

DIMENSIONS = (
    Dimension("fund", "Fund", rank=140, may_have_none=True),
)

award = Input(
    "Award", "GBP_nominal / year", ("fund", "site", "year"),
    "Capital awarded to a site from a fund, in cash, in the year it must be drawn; it counts "
    "only where the option includes the site.",
)
is_pdc = Input(
    "Fund is national public dividend capital", "flag", ("fund",),
    "1 for money that the centre gives as public dividend capital.",
    high=1, whole=True,
)
network_award = Input(
    "Award to no one site", "GBP_nominal / year", ("fund", "year"),
    "For hospitals and digital systems; in cash.",
)
carried_forward = Input(
    "Award carried forward", "share", ("fund",),
    "Of what is unspent at 31 March, the share that may be drawn in the next year.",
)
movable = Input(
    "Award may be moved within the programme", "flag", ("fund",),
    "1 where what one site leaves of its award in a year may pay for another in that year.",
    high=1, whole=True,
)

crumb = Input(
    "Award that counts as drawn", "GBP_nominal / year", (),
    "Less than this left is a rest of arithmetic: nothing is carried forward, and nothing is lacking.",
    high=1,
)

# What is awarded
award_by_fund = Line(
    "Award by fund", "GBP_nominal / year", ("fund", "year"),
    total(award * estate.included, over="site") + network_award,
    "Of the sites the option includes, and to none.",
)
award_year = Line(
    "Award of the year", "GBP_nominal / year", ("year",),
    total(award_by_fund, over="fund"),
    "All funds and sites, drawn or not.",
)
award_site = Line(
    "Award of the site, all years", "GBP_nominal", ("site",),
    total(award, over=("fund", "year")) * estate.included,
    "All funds, drawn or not; nothing where the option leaves the site out.",
)
capital_pdc = Line(
    "National capital awarded, all years", "GBP_nominal", (),
    total(award_by_fund * is_pdc, over=("fund", "year")),
    "To the sites the option includes and to none, whether or not they need all of it.",
)
built_up_less_award = Line(
    "Built-up cost less award", "GBP_nominal", ("site",),
    capital.outturn_site - award_site,
    "All years together, whichever way it falls; no input is tuned to close it. What is unfunded is more, "
    "since the money of one year does not pay for another.",
)

# What each site, and what belongs to none, draws of its own award
left = Line(
    "Award of the site unspent at 31 March", "GBP_nominal / year", ("fund", "site", "year"),
    basis="Of the year's award and what was carried forward to it: neither drawn nor moved to another site.",
    opening=0,
)
network_left = Line(
    "Award to no one site unspent at 31 March", "GBP_nominal / year", ("fund", "year"),
    basis="Of the year's award and what was carried forward to it: neither drawn nor moved to a site.",
    opening=0,
)
due = award * estate.included + carried_forward * previous(left) * above(previous(left), crumb)
network_due = network_award + carried_forward * previous(network_left) * above(previous(network_left), crumb)
national_due = Line(
    "National capital to be drawn", "GBP_nominal / year", ("site", "year"),
    total(due * is_pdc, over="fund"),
    "Of the year, and carried forward; drawn first.",
)
others_due = Line(
    "Other funds to be drawn", "GBP_nominal / year", ("site", "year"),
    total(due * (1 - is_pdc), over="fund"),
    "Of the year, and carried forward; drawn for what national capital does not cover.",
)
national_part = Line(
    "National capital, part drawn", "share", ("site", "year"),
    where(above(national_due, capital.outturn + crumb), capital.outturn / national_due, 1),
    "As far as the site spends in the year.",
)
others_part = Line(
    "Other funds, part drawn", "share", ("site", "year"),
    where(
        above(others_due, maximum(capital.outturn - national_due, 0) + crumb),
        maximum(capital.outturn - national_due, 0) / others_due,
        1,
    ),
    "As far as the site spends more than its national capital.",
)
lacking = Line(
    "Spend beyond the site's own award", "GBP_nominal / year", ("site", "year"),
    (capital.outturn - national_due - others_due)
    * above(capital.outturn, national_due + others_due + crumb),
    "Of the year.",
)
network_national_due = Line(
    "National capital to be drawn, beside the sites", "GBP_nominal / year", ("year",),
    total(network_due * is_pdc, over="fund"),
    "Of the year, and carried forward; drawn first.",
)
network_others_due = Line(
    "Other funds to be drawn, beside the sites", "GBP_nominal / year", ("year",),
    total(network_due * (1 - is_pdc), over="fund"),
    "Of the year, and carried forward; drawn for what national capital does not cover.",
)
network_national_part = Line(
    "National capital, part drawn beside the sites", "share", ("year",),
    where(
        above(network_national_due, capital.hospital_outturn + crumb),
        capital.hospital_outturn / network_national_due,
        1,
    ),
    "As far as hospitals and digital systems spend in the year.",
)
network_others_part = Line(
    "Other funds, part drawn beside the sites", "share", ("year",),
    where(
        above(network_others_due, maximum(capital.hospital_outturn - network_national_due, 0) + crumb),
        maximum(capital.hospital_outturn - network_national_due, 0) / network_others_due,
        1,
    ),
    "As far as more is spent than national capital gives.",
)
network_lacking = Line(
    "Spend beside the sites beyond its own award", "GBP_nominal / year", ("year",),
    (capital.hospital_outturn - network_national_due - network_others_due)
    * above(capital.hospital_outturn, network_national_due + network_others_due + crumb),
    "Of the year.",
)

# What a movable fund leaves at one site pays for another
spare = Line(
    "Award that may be moved", "GBP_nominal / year", ("fund", "year"),
    movable
    * (total(due * (is_pdc * (1 - national_part) + (1 - is_pdc) * (1 - others_part)), over="site")
       + network_due * (is_pdc * (1 - network_national_part) + (1 - is_pdc) * (1 - network_others_part))),
    "What sites leave of a fund that may be moved.",
)
lacking_all = Line(
    "Spend beyond own awards", "GBP_nominal / year", ("year",),
    total(lacking, over="site") + network_lacking,
    "All sites, and beside them.",
)
national_spare = Line(
    "National capital that may be moved", "GBP_nominal / year", ("year",),
    total(spare * is_pdc, over="fund"),
    "Moved first.",
)
others_spare = Line(
    "Other funds that may be moved", "GBP_nominal / year", ("year",),
    total(spare * (1 - is_pdc), over="fund"),
    "Moved for what national capital does not cover.",
)
national_moved = Line(
    "National capital that may be moved, part moved", "share", ("year",),
    where(above(national_spare, 0), minimum(lacking_all / national_spare, 1), 0),
    "As far as other sites lack it.",
)
others_moved = Line(
    "Other funds that may be moved, part moved", "share", ("year",),
    where(above(others_spare, 0), minimum(maximum(lacking_all - national_spare, 0) / others_spare, 1), 0),
    "As far as other sites lack more than national capital moves.",
)
covered_part = Line(
    "Part of what is lacking that moved award pays", "share", ("year",),
    where(above(lacking_all, 0), minimum((national_spare + others_spare) / lacking_all, 1), 0),
    "The same of every site.",
)
moved = Line(
    "Award moved to other sites, for a pound lacking", "share", ("fund", "year"),
    where(
        above(lacking_all, 0),
        spare * (is_pdc * national_moved + (1 - is_pdc) * others_moved) / lacking_all,
        0,
    ),
    "By fund.",
)
national_unmoved = Line(
    "National capital not drawn that stays", "share", ("fund", "year"),
    is_pdc * (1 - movable * national_moved),
    "What does not go to other sites; nothing for other funds.",
)
others_unmoved = Line(
    "Other funds not drawn that stay", "share", ("fund", "year"),
    (1 - is_pdc) * (1 - movable * others_moved),
    "What does not go to other sites; nothing for national capital.",
)
left.define(
    due * ((1 - national_part) * national_unmoved + (1 - others_part) * others_unmoved)
)
network_left.define(
    network_due
    * ((1 - network_national_part) * national_unmoved + (1 - network_others_part) * others_unmoved)
)

# The award drawn: what all else adds up
drawn = Line(
    "Award drawn", "GBP_nominal / year", ("fund", "site", "year"),
    due * (is_pdc * national_part + (1 - is_pdc) * others_part) + moved * lacking,
    "Against the site's spend of the year: of its own award, funds of one rank in proportion to what they "
    "give, and moved from other sites by what it lacks.",
)
network_drawn = Line(
    "Award drawn beside the sites", "GBP_nominal / year", ("fund", "year"),
    network_due * (is_pdc * network_national_part + (1 - is_pdc) * network_others_part)
    + moved * network_lacking,
    "At hospitals and for digital systems.",
)
drawn_by_fund = Line(
    "Award drawn by fund", "GBP_nominal / year", ("fund", "year"),
    total(drawn, over="site") + network_drawn,
    "At all sites, and beside them.",
)
award_used = Line(
    "Award drawn in the year", "GBP_nominal / year", ("year",),
    total(drawn_by_fund, over="fund"),
    "All funds, at all sites and beside them.",
)
national_drawn = Line(
    "National capital drawn", "GBP_nominal / year", ("year",),
    total(drawn_by_fund * is_pdc, over="fund"),
    "Public dividend capital that the programme receives; that of the hosts adds up to it.",
)
drawn_site = Line(
    "Award drawn at the site, all years", "GBP_nominal", ("site",),
    total(drawn, over=("fund", "year")),
    "All funds.",
)

# What it leaves
unfunded = Line(
    "Spend that no award covers", "GBP_nominal / year", ("site", "year"),
    lacking * (1 - covered_part),
    "Of the site in the year.",
)
unfunded_site = Line(
    "Unfunded", "GBP_nominal", ("site",),
    total(unfunded, over="year"),
    "Spend that no award of its year covers.",
)
network_unfunded = Line(
    "Spend beside the sites that no award covers", "GBP_nominal / year", ("year",),
    network_lacking * (1 - covered_part),
    "At hospitals and for digital systems.",
)
scheme_envelope_call = Line(
    "Call of the scheme on members' capital envelopes", "GBP_nominal / year", ("year",),
    total(unfunded, over="site") + network_unfunded,
    "Spend of the year that no award covers.",
)
capital_unfunded = Line(
    "Capital unfunded, all years", "GBP_nominal", (),
    total(scheme_envelope_call, over="year"),
    "Falls on members' own envelopes.",
)
envelope_call = Line(
    "Call on members' capital envelopes", "GBP_nominal / year", ("year",),
    scheme_envelope_call + renewal.replacement_outturn,
    "The scheme and the replacement wave, which no award covers.",
)
left_by_fund = Line(
    "Award unspent at 31 March, by fund", "GBP_nominal / year", ("fund", "year"),
    total(left, over="site") + network_left,
    "At all sites, and beside them.",
)
lapsed = Line(
    "Award that lapses", "GBP_nominal / year", ("fund", "year"),
    left_by_fund * (1 - carried_forward),
    "Unspent at 31 March and not carried forward.",
)
award_at_risk = Line(
    "Award unspent at 31 March", "GBP_nominal / year", ("year",),
    total(left_by_fund, over="fund"),
    "Lapses unless it is carried forward.",
)
lapsed_year = Line(
    "Award that lapses, all funds", "GBP_nominal / year", ("year",),
    total(lapsed, over="fund"),
    "Unspent at 31 March and not carried forward.",
)
