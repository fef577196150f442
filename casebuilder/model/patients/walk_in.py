"""Walk-in waits: minutes waited for tests without an appointment, by site.

The queue is M/M/c (Erlang C) with the Allen-Cunneen factor; booked tests wait weeks on a list, not
minutes, and have none of this.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    erlang_c,
    exp,
    maximum,
    power,
    quantity,
    round_up,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import waits
from casebuilder.model.service import capacity
from casebuilder.model.setting import estate, throughput, timeline

is_walk_in = Input(
    "Test is walk-in", "flag", ("test",), "1 where patients come without an appointment.",
    high=1, whole=True,
)
busy_factor = Input(
    "Busy hours over the mean hour", "factor", ("test",),
    "Arrivals in the hours planned for; 1 plans for the mean hour.",
    low=0.5, high=4,
)
arrival_variation = Input(
    "Variation of arrivals", "factor", ("test",),
    "Standard deviation of the time between arrivals over its mean; 1 where they are random.",
    high=5,
)
service_variation = Input(
    "Variation of room time", "factor", ("test",), "Standard deviation over mean.", high=5
)
threshold_minutes = Input(
    "Wait that is too long", "minutes", (), "Minutes from arrival to the room.", low=1, high=240
)
share_too_long = Input("Share that may wait too long", "share", (), "Of walk-in patients.")
longest_minutes = Input(
    "Longest wait shown", "minutes", (), "Stands in where arrivals are more than the rooms can serve.",
    low=1, high=720,
)
safety_factor = Input(
    "Spare rooms, square-root rule", "factor", (),
    "Rooms beyond the busy ones, in square roots of them: at 1 about a fifth of patients wait.",
    high=5,
)

hours_last_month = Line(
    "Patient hours in the last month", "hours", ("site", "test"),
    throughput.patient_hours
    * throughput.open_days
    * total(capacity.open_weeks * quantity(1, "month") * timeline.last_month, over="month")
    * estate.included,
    "Hours in which patients are seen.",
)
tests_last_month = Line(
    "Walk-in tests in the last month", "tests", ("site", "test"),
    total(waits.cdc_tests * quantity(1, "month") * timeline.last_month, over="month") * is_walk_in,
    "Past every ramp-up.",
)
arrivals = Line(
    "Arrivals an hour", "tests / hour", ("site", "test"),
    where(above(hours_last_month, 0), tests_last_month / hours_last_month * busy_factor, 0),
    "Tests of the last month over its patient hours, at the busy hours planned for.",
)
service_rate = Line(
    "Tests an hour in one room", "tests / hour / room", ("site", "test"),
    throughput.slots_per_hour * quantity(1, "test / slot"),
    "One patient after another, with no slot left empty.",
)
own_rooms = Line(
    "Rooms of its own in the option", "rooms", ("site", "test"),
    where(above(estate.included, 0), estate.rooms, 0),
    "A queue has whole rooms; shared ones are not counted.",
)
load = Line(
    "Rooms that are just busy", "rooms", ("site", "test"),
    where(above(service_rate, 0), arrivals / service_rate, 0),
    "Arrivals times room time.",
)
utilisation = Line(
    "Utilisation of walk-in rooms", "share", ("site", "test"),
    where(above(own_rooms, 0), load / own_rooms, 0),
    "Room time needed over room time there is: at 1 or more the queue never settles.",
)
probability_of_waiting = Line(
    "Probability of waiting", "share", ("site", "test"),
    where(above(load, 0), erlang_c(load / quantity(1, "room"), own_rooms / quantity(1, "room")), 0),
    "Erlang C: all rooms are taken when a patient comes.",
)
spread_factor = Line(
    "Allen-Cunneen factor", "factor", ("test",),
    (arrival_variation * arrival_variation + service_variation * service_variation) / 2,
    "1 in the queue M/M/c; half for an even room time.",
)
spare_rate = Line(
    "Spare tests an hour", "tests / hour", ("site", "test"),
    own_rooms * service_rate - arrivals,
    "What the rooms could serve beyond the arrivals.",
)
queue_minutes = Line(
    "Mean wait of those who wait", "minutes", ("site", "test"),
    where(
        above(spare_rate, 0),
        spread_factor / maximum(spare_rate, quantity(0.000001, "test / hour"))
        * quantity(60, "minutes / hour") * quantity(1, "test"),
        longest_minutes,
    ),
    "One over the spare rate in the queue M/M/c, times the factor.",
)
mean_wait = Line(
    "Mean wait", "minutes", ("site", "test"),
    probability_of_waiting * queue_minutes,
    "Of all patients, those who go straight in among them.",
)
over_threshold = Line(
    "Probability of waiting too long", "share", ("site", "test"),
    where(
        above(load, 0),
        where(above(spare_rate, 0), probability_of_waiting * exp(-(threshold_minutes / queue_minutes)), 1),
        0,
    ),
    "Waits of those who wait are taken as exponential, exactly so in the queue M/M/c.",
)
rooms_needed = Line(
    "Rooms needed by the square-root rule", "rooms", ("site", "test"),
    round_up(load + safety_factor * power(load / quantity(1, "room"), 0.5) * quantity(1, "room")),
    "The busy rooms and a few to spare, as many as their square root times a factor.",
)
rooms_short = Line(
    "Rooms short by the square-root rule", "rooms", ("site", "test"),
    maximum(rooms_needed - own_rooms, 0),
    "Nothing where there are enough.",
)
unstable = Line(
    "Walk-in queue never settles", "flag", ("site", "test"),
    above(load, 0) * (1 - above(spare_rate, 0)),
    "Arrivals are as many as the rooms can serve, or more.",
)
