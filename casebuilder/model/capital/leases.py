"""Leases: rent, and what IFRS 16 makes of it, site by site.

Rent is fixed in cash until it is reviewed or the term ends, and is then set anew at the prices of the year. A
lease at a peppercorn is held at what it is worth; what that is beyond the liability was given.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    deflate,
    inflate,
    lagged,
    lease_rate,
    maximum,
    minimum,
    power,
    previous,
    quantity,
    recurring,
    round_up,
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import equipment
from casebuilder.model.setting import estate, timeline

rent_rate = Input(
    "Rent", "GBP_real / m2 / year", ("site",),
    "Rent and service charge where the site is leased; 0 where a member owns it.",
)
term = Input(
    "Term of the lease", "years", ("site",),
    "From opening; then it is taken anew for as long.",
    low=2, high=60,
)
review_years = Input(
    "Years between rent reviews", "years", ("site",),
    "From the start of the lease; 0 where rent is fixed for the term. A review sets rent by the index.",
    optional=0, high=60,
)
peppercorn_value = Input(
    "What a right of use at a peppercorn is worth", "GBP_real / m2", ("site",),
    "Of the whole term, at its existing use, where rent is far below the market; else 0.",
    optional=0, high=50_000,
)
landlord_in_group = Input(
    "Landlord is a body of the health group", "flag", ("site",),
    "1 where NHS Property Services, a trust or another body of the Department's group lets the space: on "
    "consolidation the lease is nothing, and it scores to no capital limit.",
    optional=0, high=1, whole=True,
)
discount_rate = Input(
    "Rate for leases without an implicit rate", "share", ("year",),
    "HM Treasury's rate of the year in which a lease begins (IFRS 16 in the public sector).",
    low=0.0001, high=0.2,
)
in_advance = Input(
    "Rent is paid in advance", "flag", ("site",),
    "1 where rent falls due at the start of a year, 0 where at its end.",
    high=1, whole=True,
)
dilapidations_rate = Input(
    "Dilapidations", "GBP_real / m2", ("site",),
    "What it costs to hand a leased building back as it was; 0 where a member owns it.",
)
fair_value = Input(
    "Fair value of leased space", "GBP_real / m2", ("site",),
    "What the leased space would sell for when the lease begins; 0 where nobody has valued it.",
    optional=0,
)
residual_share = Input(
    "Value left at the end of a lease", "share", ("site",),
    "Share of the fair value that the landlord expects to hold when the term ends and nobody guarantees.",
    high=2,
)

is_leased = Line(
    "Site is leased", "flag", ("site",),
    maximum(above(rent_rate, 0), above(peppercorn_value, 0)) * estate.included,
    "1 where rent is paid, or space is held at a peppercorn, and the option includes the site.",
)
years_of_term = Line(
    "Years of the lease", "number", ("site",),
    round_up(term / quantity(1, "year") - 0.5),
    "The term to the nearest whole year.",
)
begins = Line(
    "Lease begins", "flag / year", ("site", "year"),
    recurring(equipment.opened, years_of_term),
    "In the year of opening, and each time the term ends.",
)
age = Line(
    "Year of the lease", "number", ("site", "year"),
    basis="1 in the year it begins; 0 before the first.",
    opening=0,
)
age.define(where(above(begins * quantity(1, "year"), 0), 1, previous(age) + above(previous(age), 0)))
fixed_for = Line(
    "Years that rent is fixed for", "years", ("site",),
    where(
        above(review_years, 0),
        maximum(review_years, quantity(1, "year")),
        years_of_term * quantity(1, "year"),
    ),
    "From one review to the next; for the term where there is none.",
)
# Rent is set at the start of a lease and of a year in which a review falls due, when these are whole.
reviews_so_far = (age - 1) * quantity(1, "year") / fixed_for
rent_full = Line(
    "Rent of a year at base-year prices", "GBP_real / year", ("site",),
    estate.gross_internal_area * rent_rate,
    "Floor area at the rent of a square metre.",
)
payment = Line(
    "Rent paid", "GBP_nominal / year", ("site", "year"),
    basis="Set when a lease begins and at each review, by the index of non-pay prices; the same in cash "
    "until then.",
    opening=0,
)
payment.define(
    where(
        above(round_up(reviews_so_far), reviews_so_far),
        previous(payment),
        inflate(rent_full, timeline.non_pay_index) * minimum(age, 1),
    )
)
rate = Line(
    "Rate of the lease", "share", ("site", "year"),
    basis="The rate of the year in which the lease began.",
    opening=0,
)
rate.define(where(above(begins * quantity(1, "year"), 0), discount_rate, previous(rate)))
years_left = Line(
    "Years of the lease left at year end", "number", ("site", "year"),
    where(above(age, 0), years_of_term - age, 0),
    "After this year's rent.",
)
annuity_left = Line(
    "Annuity of the years left", "factor", ("site", "year"),
    where(above(rate, 0), (1 - power(1 + rate, -years_left)) / rate * (1 + in_advance * rate), 0),
    "Present value of £1 a year for the years left, at the rate of the lease.",
)
liability = Line(
    "Lease liability", "GBP_nominal", ("site", "year"),
    step(payment) * annuity_left,
    "Present value of the rent still to pay (IFRS 16).",
)
addition = Line(
    "Right of use recognised", "GBP_nominal / year", ("site", "year"),
    where(
        above(begins * quantity(1, "year"), 0),
        payment * (1 - power(1 + rate, -years_of_term)) / rate * (1 + in_advance * rate),
        0 * payment,
    ),
    "Present value of all rent, in the year a lease begins; it scores to CDEL on that day.",
)
remeasured = Line(
    "Lease measured anew", "GBP_nominal / year", ("site", "year"),
    (payment - previous(payment)) * lagged(annuity_left, 1),
    "What a review adds to the rent still to pay, at the rate of the day the lease began (IFRS 16, 42 (b), "
    "43); the right of use changes by as much, and it scores to CDEL. Of a term that ends none is left.",
)
interest = Line(
    "Interest on the lease", "GBP_nominal / year", ("site", "year"),
    where(
        above(rate, 0),
        payment * (1 - power(1 + rate, in_advance - 1 - years_left)),
        0 * payment,
    ),
    "On what is owed during the year.",
)
provision_addition = Line(
    "Dilapidations provided for", "GBP_nominal / year", ("site", "year"),
    inflate(estate.gross_internal_area * dilapidations_rate, timeline.construction_index) * equipment.opened,
    "Once, when the site opens; part of the cost of the right of use. It is not unwound.",
)
given_depreciation = Line(
    "Depreciation of the right of use that was given", "GBP_nominal / year", ("site", "year"),
    basis="Of a lease at a peppercorn: what it is worth when it begins, beyond the liability, over the term.",
    opening=0,
)
given_depreciation.define(
    where(
        above(begins * quantity(1, "year"), 0),
        maximum(
            inflate(
                estate.gross_internal_area * peppercorn_value * quantity(1, "1 / year"),
                timeline.non_pay_index,
            )
            - addition,
            0,
        )
        / years_of_term,
        previous(given_depreciation),
    )
)
right_of_use_depreciation = Line(
    "Depreciation of the right of use", "GBP_nominal / year", ("site", "year"),
    basis="Straight line, a full year from the year of opening: of the liability when the lease began, what "
    "was given, in the first lease dilapidations, and of what each review adds over the years then left.",
    opening=0,
)
right_of_use_depreciation.define(
    where(
        above(begins * quantity(1, "year"), 0),
        (addition + provision_addition) / years_of_term + given_depreciation,
        previous(right_of_use_depreciation) + remeasured / (years_left + 1),
    )
)
# What the accounts recognise beside what was given, and what of it uses a capital limit
recognised = addition + remeasured + provision_addition
in_limit = recognised * (1 - landlord_in_group)
# At base-year prices, what the economic case counts: the rent paid, without general inflation.
payment_real = deflate(payment, timeline.gdp_index)

# The rate implicit in the lease, which IFRS 16 asks for first, beside HM Treasury's
space_value = Line(
    "Fair value of the leased space", "GBP_real", ("site",),
    estate.gross_internal_area * fair_value * is_leased,
    "Floor area at the fair value of a square metre.",
)
implicit_rate = Line(
    "Rate implicit in the lease", "share", ("site",),
    lease_rate(
        years_of_term, rent_full * quantity(1, "year"), space_value, space_value * residual_share, in_advance
    ),
    "At which rent and the value left are worth the fair value (IFRS 16), base-year prices; empty where it "
    "cannot be determined. Reported beside HM Treasury's rate; liabilities are at the latter.",
)
treasury_rate = Line(
    "HM Treasury's rate in the year of opening", "share", ("site",),
    total(equipment.opened * discount_rate, over="year") * is_leased,
    "Taken where the implicit rate is not readily determined.",
)
implicit_above_treasury = Line(
    "Implicit rate above HM Treasury's", "share", ("site",),
    implicit_rate - treasury_rate,
    "Below nothing where the landlord asks less; empty where the implicit rate is.",
)
