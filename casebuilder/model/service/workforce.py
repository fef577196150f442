"""Workforce: the posts rooms need, rotas, who is in post, agency cover and what is left unfilled."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    binomial_at_least,
    choose,
    largest,
    maximum,
    minimum,
    previous,
    quantity,
    round_up,
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import estate, programme, throughput, timeline

DIMENSIONS = (
    Dimension("relief", "Relief above headroom", rank=80),
)

# Posts
posts_per_room = Input(
    "Posts a room", "posts / room", ("staff", "test"),
    "People on duty for one room while it is open; reporters by reports an hour.",
    high=10,
)
limits_room = Input(
    "Room stands still without the role", "flag", ("staff",),
    "0 for those who work from the images afterwards.",
    high=1, whole=True,
)
site_posts = Input(
    "Posts of the site itself", "posts", ("site", "staff"),
    "People on duty whatever the number of rooms: reception, flow, lead.",
    high=50,
)
contract_hours = Input(
    "Contract hours a week", "hours / week / wte", (), "Agenda for Change full-time week.", low=30, high=45
)
headroom = Input(
    "Headroom", "share", ("staff",), "Share of paid time not on duty: leave, sickness, study.", high=0.5
)

# Rotas
rota = Input(
    "How absence is covered", "choice", (),
    "mean: bank shifts fill every gap, so that headroom is enough. site: each site keeps relief of its own. "
    "shared: the network keeps it together.",
    choices=("mean", "site", "shared"),
)
rota_gain = Input(
    "What a shared rota gives", "choice", (),
    "fewer_staff at equal risk, or fewer_cancellations with as many staff as separate rotas; never both.",
    choices=("fewer_staff", "fewer_cancellations"),
)
rota_level = Input(
    "Shifts fully staffed", "share", (), "What a rota's relief must achieve.", low=0.5, high=0.999
)
rota_travel_share = Input(
    "Paid time lost to a shared rota", "share", (), "Travel between sites, passports and inductions.",
    high=0.3,
)
relief = Input(
    "Relief above headroom, candidates", "number", ("relief",), "0, 1, 2 and so on.", whole=True, high=400
)

# Skill mix
posts_moved_out = Input(
    "Posts given to another role", "share", ("staff",), "New roles: what others take over from this one."
)
posts_moved_in = Input(
    "Share of those posts taken", "share", ("staff",), "Of all posts given up; the shares sum to one."
)

# Hiring
recruitment_lead_months = Input(
    "Recruitment before opening", "months", (),
    "Months before a site's opening from which its posts are filled.",
    high=36,
)
domestic_hires = Input(
    "Most hires a month, domestic", "wte / month", ("staff",),
    "What the labour market gives the network, the members' own staff among it.",
)
trainees = Input(
    "Trainees who qualify and stay, a month", "wte / month", ("staff",), "Of those trained by the network."
)
trainee_lead_months = Input(
    "Time to train",
    "months",
    ("staff",),
    "From the first month of the case to the first to qualify.",
    high=84,
)
international_hires = Input(
    "Most hires a month, international", "wte / month", ("staff",), "Arrivals once the lead time has passed."
)
international_lead_months = Input(
    "International recruitment, lead time", "months", (),
    "From the first month of the case to the first arrivals.",
    high=60,
)
staff_lent = Input(
    "Staff lent by members",
    "wte",
    ("staff",),
    "Shared staff, once every centre is open and ramped up.",
    high=2_000,
)
turnover = Input("Turnover a year", "share", ("staff",), "Leavers in a year as a share of staff.")
vacancy = Input(
    "Vacancy that stays", "share", ("staff",),
    "Share of posts that the labour market leaves vacant however long one seeks.",
)
agency_cap = Input(
    "Agency and bank, most", "share", ("staff",), "Share of the posts required that agency and bank may fill."
)

hours_per_post = Line(
    "Hours a week of one post", "hours / week / post", ("site",),
    estate.weekly_hours / quantity(1, "post"),
    "A post is on duty for all opening hours.",
)
wte_per_post = Line(
    "WTE a post", "wte / post", ("site", "staff"),
    hours_per_post / contract_hours / (1 - headroom),
    "Divided by (1 − headroom), never multiplied by 1 + headroom.",
)
posts_of_rooms = Line(
    "Posts, before skill mix", "posts", ("site", "staff"),
    total(estate.rooms_open * throughput.share_of_week * posts_per_room, over="test")
    + site_posts * estate.included,
    "Rooms times posts a room, for what they are open of the site's week, plus the posts of the site itself.",
)
posts_given = Line(
    "Posts given to other roles", "posts", ("site",),
    total(posts_of_rooms * posts_moved_out, over="staff"),
    "All roles.",
)
posts = Line(
    "Posts", "posts", ("site", "staff"),
    posts_of_rooms * (1 - posts_moved_out) + posts_given * posts_moved_in,
    "Rooms times posts a room and the site's own, after skill mix.",
)

# Rotas: the smallest number on the rota, at or above the mean need, with which enough are there
rota_posts = Line(
    "Whole posts on duty at once",
    "number",
    ("site", "staff"),
    round_up(posts / quantity(1, "post")),
    "A rota holds whole people.",
)
mean_rota = Line(
    "On the rota by headroom alone", "number", ("site", "staff"),
    round_up(rota_posts / (1 - headroom)),
    "Divided by (1 − headroom): enough on average.",
)
too_few = Line(
    "Candidate is too few", "flag", ("site", "staff", "relief"),
    above(rota_level, binomial_at_least(rota_posts, mean_rota + relief, 1 - headroom)),
    "1 where the chance that enough are there falls short of the level; absences independent.",
)
site_rota = Line(
    "On the site's own rota", "number", ("site", "staff"),
    mean_rota + total(too_few, over="relief"),
    "As many candidates are too few as relief is needed.",
)
post_hours = Line(
    "Hours of all posts", "hours / week", ("staff",),
    total(posts * hours_per_post, over="site"),
    "All sites of the option.",
)
network_posts = Line(
    "Posts on duty at once, network", "number", ("staff",),
    round_up(total(posts, over="site") / quantity(1, "post")),
    "All sites of the option; a rota holds whole people.",
)
network_mean_rota = Line(
    "On the shared rota by headroom alone", "number", ("staff",),
    round_up(network_posts / (1 - headroom)),
    "Divided by (1 − headroom): enough on average.",
)
network_too_few = Line(
    "Candidate is too few, shared rota", "flag", ("staff", "relief"),
    above(rota_level, binomial_at_least(network_posts, network_mean_rota + relief, 1 - headroom)),
    "As at a site.",
)
shared_rota = Line(
    "On the shared rota", "number", ("staff",),
    network_mean_rota + total(network_too_few, over="relief"),
    "As many candidates are too few as relief is needed.",
)
separate_rotas = Line(
    "On the sites' own rotas, all sites",
    "number",
    ("staff",),
    total(site_rota, over="site"),
    "The sum over sites.",
)
site_rota_wte = Line(
    "WTE of the site's own rota", "wte", ("site", "staff"),
    site_rota * quantity(1, "post") * hours_per_post / contract_hours,
    "Leave and sickness are in the number on the rota.",
)
shared_rota_wte = Line(
    "WTE of the shared rota", "wte", ("staff",),
    where(
        above(network_posts, 0),
        shared_rota
        * quantity(1, "post")
        * (post_hours / total(posts, over="site"))
        / contract_hours
        / (1 - rota_travel_share),
        0,
    ),
    "At the sites' mean hours; travel and passports come on top.",
)
rota_saving = Line(
    "WTE that a shared rota saves", "wte", ("staff",),
    total(site_rota_wte, over="site") - shared_rota_wte,
    "Against rotas of the sites' own, at equal risk.",
)
people_on_rota = Line(
    "On the rota that is taken", "number", ("staff",),
    choose(rota_gain, {"fewer_staff": shared_rota, "fewer_cancellations": separate_rotas}),
    "As many as the shared rota needs, or as many as separate ones would.",
)
short_at_site = Line(
    "Post time not covered at the site", "number", ("site", "staff"),
    maximum(
        rota_posts * (1 - binomial_at_least(rota_posts, site_rota, 1 - headroom))
        - site_rota
        * (1 - headroom)
        * (1 - binomial_at_least(rota_posts - 1, site_rota - 1, 1 - headroom)),
        0,
    ),
    "The mean of the posts missing, over all shifts: n P(X < n) − N p P(X' < n − 1), X' of one fewer.",
)
short_shared = Line(
    "Post time not covered on the shared rota", "number", ("staff",),
    maximum(
        network_posts * (1 - binomial_at_least(network_posts, people_on_rota, 1 - headroom))
        - people_on_rota
        * (1 - headroom)
        * (1 - binomial_at_least(
            network_posts - 1, people_on_rota - 1, 1 - headroom)),
        0,
    ),
    "As at a site.",
)
sessions_lost = Line(
    "Share of post time that absence leaves uncovered", "share", ("staff",),
    where(
        above(network_posts, 0),
        choose(
            rota,
            {
                "mean": 0,
                "site": total(short_at_site, over="site") / maximum(total(rota_posts, over="site"), 1),
                "shared": short_shared / maximum(network_posts, 1),
            },
        ),
        0,
    ),
    "Nothing where bank shifts fill every gap.",
)
wte_required = Line(
    "WTE required", "wte", ("site", "staff"),
    choose(
        rota,
        {
            "mean": posts * wte_per_post,
            "site": site_rota_wte,
            "shared": choose(
                rota_gain,
                {
                    "fewer_staff": where(
                        above(post_hours, 0), shared_rota_wte * posts * hours_per_post / post_hours, 0
                    ),
                    "fewer_cancellations": site_rota_wte,
                },
            ),
        },
    ),
    "Posts × WTE a post, or what the rota needs; a shared rota by hours on duty. From the opening month on.",
)
wte_required_network = Line(
    "WTE required, network", "wte", ("staff", "month"),
    total(wte_required * programme.open, over="site"),
    "The sum over the sites open.",
)

# Stock and flow of staff, shared by the network
recruiting = Line(
    "Recruitment has begun", "flag", ("site", "month"),
    estate.included
    * above(timeline.month_number + recruitment_lead_months + quantity(1, "month"), programme.opening_month),
    "Starts some months before the site opens.",
)
lent_wte = Line(
    "WTE lent by members", "wte", ("staff", "month"),
    minimum(
        staff_lent * programme.centres_open / maximum(programme.centres_included, 1), wte_required_network
    ),
    "In step with the centres' ramp-up; no more than they need.",
)
wte_to_fill = Line(
    "WTE that can be filled", "wte", ("site", "staff"),
    wte_required * (1 - vacancy),
    "Less the posts that stay vacant however long one seeks.",
)
wte_sought = Line(
    "WTE sought", "wte", ("staff", "month"),
    maximum(total(wte_to_fill * recruiting, over="site") - lent_wte, 0),
    "The posts of all sites open or about to open, less those that stay vacant and staff lent.",
)
hires = Line(
    "Hires", "wte / month", ("staff", "month"),
    basis="What is sought and not in post, up to those who qualify, domestic hires and, after a lead time, "
    "international ones.",
)
in_post = Line(
    "WTE in post", "wte", ("staff", "month"),
    basis="Last month's less leavers, plus hires; nobody at the start.",
    opening=0,
)
qualified = Line(
    "Trainees who can join", "wte / month", ("staff", "month"),
    trainees * above(timeline.month_number, trainee_lead_months),
    "Once the first cohort has qualified.",
)
hires.define(
    minimum(
        qualified
        + domestic_hires
        + international_hires * above(timeline.month_number, international_lead_months),
        maximum(wte_sought - previous(in_post) * (1 - turnover / 12), 0) / quantity(1, "month"),
    )
)
in_post.define(previous(in_post) * (1 - turnover / 12) + step(hires))
domestic_joiners = Line(
    "Hires, domestic", "wte / month", ("staff", "month"),
    minimum(domestic_hires, maximum(hires - qualified, 0)),
    "After the trainees; members' staff among them.",
)
international_joiners = Line(
    "Hires, international", "wte / month", ("staff", "month"),
    maximum(hires - qualified - domestic_hires, 0),
    "After trainees and domestic hires.",
)
filled_wte = Line(
    "WTE required and in post", "wte", ("staff", "month"),
    minimum(in_post + lent_wte, wte_required_network),
    "Own staff and staff lent. Staff hired ahead of an opening fill no post yet.",
)
waiting_wte = Line(
    "WTE in post that fill no post yet", "wte", ("staff", "month"),
    in_post + lent_wte - filled_wte,
    "Hired ahead of an opening: in induction and training, and paid.",
)
before_opening = Line(
    "Site recruits and is not open yet", "flag", ("site", "month"),
    recruiting - programme.open,
    "1 in the months from the first hires to the opening.",
)
agency_wte = Line(
    "Agency and bank WTE", "wte", ("staff", "month"),
    minimum(wte_required_network - filled_wte, wte_required_network * agency_cap),
    "Fills the gap up to the cap.",
)
unfilled_wte = Line(
    "WTE unfilled", "wte", ("staff", "month"),
    wte_required_network - filled_wte - agency_wte,
    "What neither own staff nor agency fills.",
)
staff_cover = Line(
    "Share of posts filled", "share", ("staff", "month"),
    where(above(wte_required_network, 0), (filled_wte + agency_wte) / wte_required_network, 1)
    * (1 - sessions_lost),
    "Less what absence leaves uncovered; 1 where nobody is required.",
)
limiting = Line(
    "The test needs the role", "flag", ("staff", "test"),
    above(posts_per_room * limits_room, 0),
    "1 for the roles whose absence leaves a room of the test idle.",
)
staff_cover_test = Line(
    "Staff cover of a test", "share", ("test", "month"),
    1 - largest(where(limiting, 1 - staff_cover, 0), over="staff"),
    "The scarcest of the roles that the test needs sets how much of a room's time can be staffed.",
)
