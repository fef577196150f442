"""Workforce: the posts rooms need, who is in post, agency cover and what is left unfilled.

Reads rooms, hours and openings, and hiring, turnover and agency limits. Read by capacity and
revenue.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    maximum,
    minimum,
    per_year,
    previous,
    quantity,
    smallest,
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import estate, programme, timeline

# Posts
posts_per_room = Input(
    "Posts a room", "posts / room", ("staff", "test"),
    "People on duty for one room while it is open; reporters by reports an hour.",
    high=10,
)  # fmt: skip
site_posts = Input(
    "Posts of the site itself", "posts", ("site", "staff"),
    "People on duty whatever the number of rooms: reception, flow, lead.",
    high=50,
)  # fmt: skip
contract_hours = Input(
    "Contract hours a week", "hours / week / wte", (), "Agenda for Change full-time week.", low=30, high=45
)
headroom = Input(
    "Headroom", "share", ("staff",), "Share of paid time not on duty: leave, sickness, study.", high=0.5
)

# Hiring
recruitment_lead_months = Input(
    "Recruitment before opening", "months", (),
    "Months before a site's opening from which its posts are filled.",
    high=36,
)  # fmt: skip
domestic_hires = Input(
    "Most hires a month, domestic", "wte / month", ("staff",), "What the labour market gives the network."
)
international_hires = Input(
    "Most hires a month, international", "wte / month", ("staff",), "Arrivals once the lead time has passed."
)
international_lead_months = Input(
    "International recruitment, lead time", "months", (),
    "From the first month of the case to the first arrivals.",
    high=60,
)  # fmt: skip
turnover = Input("Turnover a year", "share", ("staff",), "Leavers in a year as a share of staff.")
vacancy = Input(
    "Vacancy that stays", "share", ("staff",),
    "Share of posts that the labour market leaves vacant however long one seeks.",
)  # fmt: skip
agency_cap = Input(
    "Agency and bank, most", "share", ("staff",), "Share of the posts required that agency and bank may fill."
)

hours_per_post = Line(
    "Hours a week of one post", "hours / week / post", ("site",),
    estate.weekly_hours / quantity(1, "post"),
    "A post is on duty for all opening hours.",
)  # fmt: skip
wte_per_post = Line(
    "WTE a post", "wte / post", ("site", "staff"),
    hours_per_post / contract_hours / (1 - headroom),
    "Divided by (1 − headroom), never multiplied by 1 + headroom.",
)  # fmt: skip
posts = Line(
    "Posts", "posts", ("site", "staff"),
    total(estate.rooms_open * posts_per_room, over="test") + site_posts * estate.included,
    "Rooms times posts a room, plus the posts of the site itself.",
)  # fmt: skip
wte_required = Line(
    "WTE required", "wte", ("site", "staff"),
    posts * wte_per_post,
    "Posts times the WTE that keep one post filled, from the opening month on.",
)  # fmt: skip
wte_required_network = Line(
    "WTE required, network", "wte", ("staff", "month"),
    total(wte_required * programme.open, over="site"),
    "The sum over the sites open.",
)  # fmt: skip

# Stock and flow of staff, shared by the network
recruiting = Line(
    "Recruitment has begun", "flag", ("site", "month"),
    estate.included
    * above(timeline.month_number + recruitment_lead_months + quantity(1, "month"), programme.opening_month),
    "Starts some months before the site opens.",
)  # fmt: skip
wte_sought = Line(
    "WTE sought", "wte", ("staff", "month"),
    total(wte_required * recruiting, over="site") * (1 - vacancy),
    "The posts of all sites open or about to open, less those that stay vacant.",
)  # fmt: skip
hires = Line(
    "Hires", "wte / month", ("staff", "month"),
    basis="What is sought and not in post, up to domestic hires and, after a lead time, international ones.",
)  # fmt: skip
in_post = Line(
    "WTE in post", "wte", ("staff", "month"),
    basis="Last month's less leavers, plus hires; nobody at the start.",
    opening=0,
)  # fmt: skip
hires.define(
    minimum(
        domestic_hires + international_hires * above(timeline.month_number, international_lead_months),
        maximum(wte_sought - previous(in_post) * (1 - turnover / 12), 0) / quantity(1, "month"),
    )
)
in_post.define(previous(in_post) * (1 - turnover / 12) + step(hires))
filled_wte = Line(
    "WTE required and in post", "wte", ("staff", "month"),
    minimum(in_post, wte_required_network),
    "Staff hired ahead of an opening fill no post yet.",
)  # fmt: skip
agency_wte = Line(
    "Agency and bank WTE", "wte", ("staff", "month"),
    minimum(wte_required_network - filled_wte, wte_required_network * agency_cap),
    "Fills the gap up to the cap.",
)  # fmt: skip
unfilled_wte = Line(
    "WTE unfilled", "wte", ("staff", "month"),
    wte_required_network - filled_wte - agency_wte,
    "What neither own staff nor agency fills.",
)  # fmt: skip
staff_cover = Line(
    "Share of posts filled", "share", ("staff", "month"),
    where(above(wte_required_network, 0), (filled_wte + agency_wte) / wte_required_network, 1),
    "1 where nobody is required.",
)  # fmt: skip
staff_cover_test = Line(
    "Staff cover of a test", "share", ("test", "month"),
    smallest(where(above(posts_per_room, 0), staff_cover, 1), over="staff"),
    "The scarcest of the roles that the test needs sets how much of a room's time can be staffed.",
)  # fmt: skip

# By year, for money
wte_year = Line(
    "WTE required, mean of the year", "wte", ("site", "staff", "year"),
    wte_required * programme.open_year,
    "For the share of the year that the site is open.",
)  # fmt: skip
required_year = Line(
    "WTE required by the network, mean of the year", "wte", ("staff", "year"),
    total(wte_year, over="site"),
    "The sum over sites.",
)  # fmt: skip
filled_year = Line(
    "WTE in post, mean of the year", "wte", ("staff", "year"),
    per_year(filled_wte, "mean"),
    "The mean of the months.",
)  # fmt: skip
agency_year = Line(
    "Agency and bank WTE, mean of the year", "wte", ("staff", "year"),
    per_year(agency_wte, "mean"),
    "The mean of the months.",
)  # fmt: skip
in_post_share_year = Line(
    "Share of posts filled by own staff", "share", ("staff", "year"),
    basis="After the months the last year's share holds.",
    opening=0,
)  # fmt: skip
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
)  # fmt: skip
agency_share_year.define(
    where(
        above(timeline.after_horizon, 0),
        previous(agency_share_year),
        where(above(required_year, 0), agency_year / required_year, 0),
    )
)
