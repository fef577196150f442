"""Access: minutes to a centre from where people live, and what journeys cost them.

A place is a middle area (MSOA). Minutes to a centre are an estimate from the straight line, fitted
to road times (docs/travel.md); minutes to the acute hospitals are those road times.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    exp,
    maximum,
    minimum,
    power,
    quantity,
    smallest,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import activity
from casebuilder.model.setting import estate

DIMENSIONS = (
    # A case without a map has no places.
    Dimension("district", "District", rank=30, may_have_none=True),
    Dimension("place", "Place", rank=40, may_have_none=True),
    # The most deprived fifth is a headline.
    Dimension("quintile", "Deprivation quintile", rank=50, needs=("q1",)),
)

# The map
place_latitude = Input(
    "Latitude", "number", ("place",), "Where the place's people live, on average.", low=49, high=61
)
place_longitude = Input(
    "Longitude", "number", ("place",), "Where the place's people live, on average.", low=-9, high=3
)
site_latitude = Input(
    "Latitude of the site", "number", ("site",), "Where the centre stands.", low=49, high=61
)
site_longitude = Input(
    "Longitude of the site", "number", ("site",), "Where the centre stands.", low=-9, high=3
)
km_per_latitude = Input(
    "Kilometres a degree of latitude", "km", (), "The same everywhere.", low=110, high=112
)
km_per_longitude = Input(
    "Kilometres a degree of longitude", "km", (), "At the system's mean latitude.", low=50, high=75
)
people = Input(
    "People", "patients", ("district", "place", "quintile"),
    "By the deprivation quintile of the small area they live in; the first is the most deprived.",
    low_open=True,
)
acute_minutes = Input(
    "Minutes to the nearest acute hospital", "minutes", ("place",),
    "By road, of the system's own hospitals.",
    high=240,
)
fit_constant = Input(
    "Road minutes, constant of the fit", "minutes", (), "Fitted to road times.", low=-10, high=30
)
fit_per_km = Input("Road minutes a kilometre", "minutes / km", (), "Fitted to road times.", low=-5, high=10)
fit_per_root_km = Input(
    "Road minutes a root of a kilometre", "minutes", (), "Fitted to road times.", low=-20, high=20
)
near_minutes = Input("Minutes that count as near", "minutes", (), "By road, one way.", low=5, high=120)
farthest_minutes = Input(
    "Minutes to a centre that is not there", "minutes", (), "Stands in for sites that an option leaves out.",
    low=120, high=1_000,
)

place_north = Line(
    "Kilometres north of the equator", "km", ("place",),
    place_latitude * km_per_latitude, "On a plane: only the gap to a site is read.",
)
place_east = Line(
    "Kilometres east of the meridian", "km", ("place",),
    place_longitude * km_per_longitude, "On a plane, as above.",
)
site_north = Line(
    "Kilometres of the site north of the equator", "km", ("site",),
    site_latitude * km_per_latitude, "As for places.",
)
site_east = Line(
    "Kilometres of the site east of the meridian", "km", ("site",),
    site_longitude * km_per_longitude, "As for places.",
)
squared_km = (
    power((place_north - site_north) / quantity(1, "km"), 2)
    + power((place_east - site_east) / quantity(1, "km"), 2)
)
minutes = Line(
    "Minutes to the site", "minutes", ("place", "site"),
    maximum(
        fit_constant
        + fit_per_km * power(squared_km, 0.5) * quantity(1, "km")
        + fit_per_root_km * power(squared_km, 0.25),
        0,
    ),
    "From the straight line, on a plane (right to a metre or two in a system's size), and its root.",
)
centre_minutes = Line(
    "Minutes to the nearest centre", "minutes", ("place",),
    smallest(where(above(estate.included, 0), minutes, farthest_minutes), over="site"),
    "Of the centres that the option takes in.",
)
nearest_minutes = Line(
    "Minutes to the nearest centre or acute hospital", "minutes", ("place",),
    minimum(centre_minutes, acute_minutes),
    "Where a test can be had.",
)
near = Line(
    "Near a centre or acute hospital", "flag", ("place",),
    1 - above(nearest_minutes, near_minutes),
    "1 where the journey is no longer than counts as near.",
)
near_centre = Line(
    "Near a centre", "flag", ("place",),
    1 - above(centre_minutes, near_minutes),
    "1 where the journey to a centre is no longer than counts as near.",
)

# On the map a place stands in one of three groups by its minutes, and a centre where the option has it
half_way = 1 - above(centre_minutes * 2, near_minutes)
latitude_half_way = Line(
    "Latitude of a place within half the minutes", "number", ("place",),
    place_latitude * half_way,
    "Of those that count as near, to a centre; 0 for any other place.",
)
latitude_near = Line(
    "Latitude of a place within the minutes", "number", ("place",),
    place_latitude * (near_centre - half_way),
    "Near a centre and more than half way; 0 for any other place.",
)
latitude_farther = Line(
    "Latitude of a place beyond the minutes", "number", ("place",),
    place_latitude * (1 - near_centre),
    "Not near a centre; 0 for any other place.",
)
latitude_taken_in = Line(
    "Latitude of a site that the option takes in", "number", ("site",),
    site_latitude * estate.included,
    "0 for any other site.",
)

# People, by district and by deprivation
people_of_place = Line(
    "People of the place, in its district", "patients", ("district", "place"),
    total(people, over="quintile"),
    "All quintiles.",
)
people_deprived = Line(
    "People of the place, by deprivation", "patients", ("place", "quintile"),
    total(people, over="district"),
    "A place lies in one district.",
)
people_district = Line(
    "People of the district", "patients", ("district",),
    total(people_of_place, over="place"),
    "All places of it.",
)
near_district = Line(
    "People near a centre or acute hospital, by district", "patients", ("district",),
    total(people_of_place * near, over="place"),
    "All or none of a place.",
)
near_centre_district = Line(
    "People near a centre, by district", "patients", ("district",),
    total(people_of_place * near_centre, over="place"),
    "All or none of a place.",
)
share_near_district = Line(
    "Share near a centre or acute hospital, by district", "share", ("district",),
    near_district / people_district,
    "Of everyone who lives there.",
)
share_near_centre_district = Line(
    "Share near a centre, by district", "share", ("district",),
    near_centre_district / people_district,
    "Of everyone who lives there.",
)
mean_minutes_district = Line(
    "Mean minutes to the nearest, by district", "minutes", ("district",),
    total(people_of_place * nearest_minutes, over="place") / people_district,
    "Centre or acute hospital.",
)
share_near_quintile = Line(
    "Share near a centre or acute hospital, by deprivation", "share", ("quintile",),
    total(people_deprived * near, over="place") / total(people_deprived, over="place"),
    "The first quintile is the most deprived.",
)
share_near_centre_quintile = Line(
    "Share near a centre, by deprivation", "share", ("quintile",),
    total(people_deprived * near_centre, over="place") / total(people_deprived, over="place"),
    "The first quintile is the most deprived.",
)
mean_minutes_quintile = Line(
    "Mean minutes to the nearest, by deprivation", "minutes", ("quintile",),
    total(people_deprived * nearest_minutes, over="place") / total(people_deprived, over="place"),
    "Centre or acute hospital.",
)
everyone = Line("People, all", "patients", (), total(people_district, over="district"), "All places.")
share_near = Line(
    "Share near a centre or acute hospital", "share", (),
    total(near_district, over="district") / everyone,
    "Of everyone in the system.",
)
share_near_centre = Line(
    "Share near a centre", "share", (),
    total(near_centre_district, over="district") / everyone,
    "Of everyone in the system.",
)

# Who comes to a centre, and what the journey costs
distance_decay = Input(
    "Minutes at which visits fall to a third", "minutes", (),
    "How fast the share of patients falls with the journey: one over e at this many minutes.",
    low=2, high=120,
)
tests_per_visit = Input(
    "Tests a visit", "tests / visit", ("test",), "More than one where a centre does several on one day.",
    low=0.5, high=5,
)
by_car = Input("Visits by car", "share", (), "The rest travel by other means or walk.")
km_per_minute = Input(
    "Kilometres a minute on the road",
    "km / minute",
    (),
    "Turns minutes saved into distance saved.",
    low=0.2,
    high=2,
)
cost_per_km = Input("Cost of driving", "GBP_real / km", (), "Fuel, wear and the like.")
carbon_per_km = Input(
    "Carbon of driving", "tonnes / km", (), "Carbon dioxide equivalent of an average car.", high=0.01
)

draw = exp(-minutes / distance_decay)  # less the longer the journey
people_over_draws = Line(
    "People over all draws on the place", "patients", ("place",),
    total(people_deprived, over="quintile")
    / (exp(-acute_minutes / distance_decay) + total(draw * estate.included, over="site")),
    "The centres that the option takes in and the nearest acute hospital draw on a place together.",
)
people_drawn = Line(
    "People of the place who would come to the centre", "patients", ("place", "site"),
    draw * people_over_draws,
    "Each place's people, shared among centres and hospital by their draw.",
)
site_people = Line(
    "People who would come to the centre", "patients", ("site",),
    total(people_drawn, over="place"),
    "Of all places.",
)
site_minutes = Line(
    "Minutes to the centre, mean of its patients", "minutes", ("site",),
    total(people_drawn * minutes, over="place") / site_people,
    "One way.",
)
site_acute_minutes = Line(
    "Minutes to the acute hospital, mean of the centre's patients", "minutes", ("site",),
    total(people_drawn * acute_minutes, over="place") / site_people,
    "One way; where the same patients would have gone.",
)
visits = Line(
    "Visits to the centre", "visits / year", ("site", "year"),
    total(activity.cdc_tests_year / tests_per_visit, over="test"),
    "Tests over tests a visit.",
)
minutes_saved_a_visit = Line(
    "Road minutes saved a visit", "minutes / visit", ("site",),
    (site_acute_minutes - site_minutes) * 2 / quantity(1, "visit"),
    "There and back; below nothing where the centre is farther.",
)
hours_saved = Line(
    "Patients' hours on the road saved", "hours / year", ("year",),
    total(visits * minutes_saved_a_visit, over="site") / quantity(60, "minutes / hour"),
    "Against the same visits at the nearest acute hospital.",
)
km_saved = Line(
    "Kilometres by car saved", "km / year", ("year",),
    hours_saved * quantity(60, "minutes / hour") * km_per_minute * by_car,
    "Of visits by car.",
)
travel_cost_saved = Line(
    "Patients' cost of driving saved",
    "GBP_real / year",
    ("year",),
    km_saved * cost_per_km,
    "By the kilometre.",
)
carbon_saved = Line(
    "Carbon of driving saved", "tonnes / year", ("year",), km_saved * carbon_per_km, "By the kilometre."
)
