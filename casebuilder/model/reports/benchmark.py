"""Benchmark: the full cost of a test at the centres beside the National Cost Collection.

Each line of cost at steady state is spread over tests by a key of its own, at base-year prices, and
tests add up to the whole.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    absolute,
    at,
    by_member,
    deflate,
    difference,
    maximum,
    quantity,
    ratio,
    share_of,
    total,
    where,
)
from casebuilder.algebra.shapes import outside
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.accounts import assets, finance
from casebuilder.model.capital import equipment, financed, procurement
from casebuilder.model.patients import activity, reporting
from casebuilder.model.reports import cost_by_line, staff_cost
from casebuilder.model.running import income, revenue
from casebuilder.model.service import workforce
from casebuilder.model.setting import cost_lines, estate, programme, throughput, timeline

national_cost = Input(
    "National cost of a currency", "GBP_real / test", ("currency",),
    "National Cost Collection: the mean of NHS trusts, full cost; 0 where there is none.",
    optional=0,
)
lowest_ratio = Input(
    "Lowest plausible cost, share of the national one", "factor", (),
    "A cheaper test leaves something out, or is busier than anybody's.",
    high=1,
)
highest_ratio = Input(
    "Highest plausible cost, multiple of the national one", "factor", (),
    "A dearer test stands idle, or is staffed beyond the usual.",
    low=1, high=10,
)

benchmarked = Line(
    "Tests whose currency has a national cost", "tests / year", ("test",),
    total(income.currency_tests * above(national_cost, 0), over="currency"),
    "Of the mix of the test.",
)
national = Line(
    "National cost of the test", "GBP_real / test", ("test",),
    where(
        above(benchmarked, 0),
        total(income.currency_tests * national_cost, over="currency")
        / maximum(benchmarked, quantity(1, "tests / year")),
        quantity(0, "GBP_real / test"),
    ),
    "By the test's mix of currencies; nothing where it has none.",
)
centre_tests = Line(
    "Tests of the centres at steady state", "tests", ("test",),
    total(activity.cdc_tests_year * programme.steady_state, over=("site", "year")),
    "In own rooms and hired units.",
)

# Staff, by the posts of rooms
role_pay = Line(
    "Pay of the role at steady state", "GBP_real", ("staff",),
    total(deflate(staff_cost.role_pay, timeline.gdp_index) * programme.steady_state, over="year"),
    "At base-year prices.",
)
posts_of_test = Line(
    "Posts of the test's rooms", "posts", ("staff", "test"),
    total(estate.rooms_open * throughput.share_of_week * workforce.posts_per_room, over="site"),
    "All sites.",
)
room_pay = Line(
    "Pay of roles that work in rooms", "GBP_real", ("test",),
    total(role_pay * share_of(posts_of_test, over="test"), over="staff"),
    "By the posts of rooms; reporters by the reports of the test.",
)
site_pay = Line(
    "Pay of roles of the sites themselves", "GBP_real", (),
    total(role_pay, over="staff") - total(room_pay, over="test"),
    "Roles that no room needs, such as reception.",
)
rooms = Line(
    "Rooms and hired units of the test", "rooms", ("test",),
    total(estate.rooms_open + estate.hired_rooms_used, over="site"),
    "All sites.",
)
pay = Line(
    "Staff", "GBP_real", ("test",),
    room_pay + site_pay * share_of(rooms, over="test"),
    "By posts of rooms; roles of the sites themselves by rooms and hired units.",
)

# What each test uses of supplies and of the units of a class that its rooms need
hired_price = Line(
    "Price of a week of hired units", "GBP_real / week", ("test",),
    total(estate.hired_rooms_used * estate.hired_days_per_week, over="site") * revenue.hired_unit_price,
    "Unit days × price a day, all sites.",
)
units_of_test = Line(
    "Units of the test's rooms", "items", ("equipment", "test"),
    total(estate.rooms_open * equipment.units_per_room, over="site"),
    "All sites; a class shared by tests is split by their rooms.",
)
units = Line(
    "Units of all sites", "items", ("equipment",),
    total(equipment.units_needed, over="site"),
    "Whole units.",
)
maintenance_price = Line(
    "Maintenance of the test's units", "GBP_real / year", ("test",),
    total(
        units
        * procurement.price_paid
        * equipment.maintenance_rate
        * procurement.maintenance_factor
        * financed.maintenance_margin
        * share_of(units_of_test, over="test"),
        over="equipment",
    ),
    "In a full year, by the price of each class.",
)
energy_used = Line(
    "Electricity of the test's units", "kwh / year", ("test",),
    total(units * equipment.energy_use * share_of(units_of_test, over="test"), over="equipment"),
    "In a full year.",
)
steady_cost = Line(
    "Running cost of the line at steady state", "GBP_real", ("cost_line",),
    total(deflate(cost_by_line.cost, timeline.gdp_index) * programme.steady_state, over="year"),
    "At base-year prices.",
)
cost = Line(
    "Cost of the line by test", "GBP_real", ("cost_line", "test"),
    steady_cost
    * by_member(
        cost_line={
            "consumables": share_of(centre_tests * revenue.consumables_price, over="test"),
            "reporting": share_of(centre_tests * reporting.outside_cost, over="test"),
            "transport": share_of(centre_tests * revenue.transport_price, over="test"),
            "hired_units": share_of(hired_price, over="test"),
            "maintenance": share_of(maintenance_price, over="test"),
            "energy": share_of(energy_used, over="test"),
        },
        others=0,
    ),
    "By tests × price, by unit days × price, by the contract price and the electricity of each class.",
)
class_depreciation = Line(
    "Depreciation of the class at steady state", "GBP_real", ("equipment",),
    total(
        deflate(assets.equipment_depreciation, timeline.gdp_index) * programme.steady_state,
        over=("site", "year"),
    ),
    "At base-year prices.",
)
leased_price = Line(
    "Charges of the test's units held under leases", "GBP_real / year", ("test",),
    total(units * financed.lease_charge * share_of(units_of_test, over="test"), over="equipment"),
    "In a year of the first contract.",
)
equipment_charge = Line(
    "Depreciation and lease interest of equipment by test", "GBP_real", ("test",),
    total(class_depreciation * share_of(units_of_test, over="test"), over="equipment")
    + total(
        deflate(finance.equipment_lease_depreciation + finance.equipment_lease_interest, timeline.gdp_index)
        * programme.steady_state,
        over="year",
    )
    * share_of(leased_price, over="test"),
    "Of its classes; what is held under leases by the charges.",
)

# Premises, by the net area of the test's rooms
room_area = Line(
    "Room area of the test", "m2", ("test",),
    rooms * estate.room_area,
    "Support space follows rooms; a hired unit uses as much of it as a room.",
)
premises = Line(
    "Premises and rates", "GBP_real", ("test",),
    total(
        deflate(
            at(cost_by_line.cost, cost_line="premises") + at(cost_by_line.cost, cost_line="rates"),
            timeline.gdp_index,
        )
        * programme.steady_state,
        over="year",
    )
    * share_of(room_area, over="test"),
    "By room area.",
)
building_year = Line(
    "Depreciation and lease interest of buildings", "GBP_nominal / year", ("year",),
    total(assets.depreciation, over="site")
    - total(assets.equipment_depreciation, over=("site", "equipment"))
    + finance.lease_depreciation + finance.lease_interest
    - finance.equipment_lease_depreciation - finance.equipment_lease_interest,
    "Of the centres; rights of use stand for rent.",
)
building_charge = Line(
    "Depreciation and lease interest of buildings by test", "GBP_real", ("test",),
    total(deflate(building_year, timeline.gdp_index) * programme.steady_state, over="year")
    * share_of(room_area, over="test"),
    "By room area.",
)
# What is spread over all of it
direct = Line(
    "Direct cost of the test", "GBP_real", ("test",),
    pay
    + at(cost, cost_line="consumables") + at(cost, cost_line="reporting") + at(cost, cost_line="transport")
    + at(cost, cost_line="hired_units") + at(cost, cost_line="maintenance") + at(cost, cost_line="energy")
    + premises,
    "What overheads are spread by.",
)
dividend = Line(
    "PDC dividend by test", "GBP_real", ("test",),
    total(deflate(finance.dividend, timeline.gdp_index) * programme.steady_state, over="year")
    * where(
        above(total(equipment_charge + building_charge, over="test"), 0),
        share_of(equipment_charge + building_charge, over="test"),
        share_of(direct, over="test"),
    ),
    "As depreciation; by direct cost where the centres own nothing.",
)
without_key = Line(
    "Overheads, opening and lines without a key of their own", "GBP_nominal / year", ("year",),
    total(
        by_member(
            cost_line=cost_lines.STAFF | cost_lines.NETWORK | {
                "consumables": 0, "reporting": 0, "transport": 0, "maintenance": 0, "premises": 0,
                "energy": 0, "rates": 0, "hired_units": 0,
            },
            others=cost_by_line.cost,
        ),
        over="cost_line",
    )
    + cost_by_line.opening_pay,
    "All lines of the centres that are not spread above.",
)
overheads = Line(
    "Overheads by test", "GBP_real", ("test",),
    total(deflate(without_key, timeline.gdp_index) * programme.steady_state, over="year")
    * share_of(direct, over="test"),
    "By direct cost; with the cost of a centre that opens in the year, if any does.",
)
vat = Line(
    "VAT not recovered by test", "GBP_real", ("test",),
    total(deflate(cost_by_line.vat, timeline.gdp_index) * programme.steady_state, over="year")
    * share_of(direct - pay + overheads + building_charge, over="test"),
    "By non-pay cost, with buildings for the rent.",
)
test_cost = Line(
    "Full cost of the test", "GBP_real", ("test",),
    direct + overheads + vat + equipment_charge + building_charge + dividend,
    "At steady state, at base-year prices.",
)
unit_cost = Line(
    "Full cost a test", "GBP_real / test", ("test",),
    ratio(test_cost, centre_tests),
    "Empty where the centres do none.",
)
to_national = Line(
    "Cost a test, multiple of the national one", "factor", ("test",),
    ratio(test_cost, national * centre_tests),
    "Above 1, dearer than the national mean.",
)

# Whether the parts are the whole
whole_year = Line(
    "Full cost of the centres", "GBP_nominal / year", ("year",),
    total(revenue.revenue_cost, over="site") - finance.rent + total(assets.depreciation, over="site")
    + finance.lease_depreciation + finance.lease_interest + finance.dividend,
    "Running cost without rent, depreciation, lease interest and dividend.",
)
whole = Line(
    "Full cost of the centres at steady state", "GBP_real", (),
    total(deflate(whole_year, timeline.gdp_index) * programme.steady_state, over="year"),
    "At base-year prices.",
)
parts = Line(
    "Full cost of all tests", "GBP_real", (),
    total(test_cost, over="test"),
    "At base-year prices.",
)
not_spread = Line(
    "Cost that no test bears", "GBP_real", (),
    difference(whole, parts),
    "Nothing, where every line has a key.",
)
tests_bear_the_whole = Check(
    "Tests bear the whole cost of the centres",
    where(
        above(total(centre_tests, over="test"), 0),
        above(absolute(not_spread), quantity(1, "GBP_real")),
        0,
    ),
    (),
    "Spread by test, the cost of the centres keeps its total.",
    level="warn",
)
cost_is_plausible = Check(
    "Cost a test is near the National Cost Collection",
    outside(test_cost, national * centre_tests * lowest_ratio, national * centre_tests * highest_ratio)
    * above(national, 0) * above(centre_tests, 0),
    ("test",),
    "Outside the band the case should say why.",
    level="warn",
)
