"""Random networks of hospitals and centres, worked out by the model's own lines, month by month and by year.

Each network is worked out twice, with separate lists and with one pooled list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.published.support import Answer, work_out

MONTHS, YEARS = 12, 4
LATER = YEARS - 1  # the first year holds the months
CLOSE = 1e-9
OPTIONS = ("bau", "preferred")
LINES = [
    "lists.waiting_list",
    "lists.cdc_done",
    "lists.hospital_list_done",
    "lists.list_capacity",
    "lists.relief_done",
    "lists.overdue",
    "lists.bookable",
    "waits.share_over_six_weeks",
    "waits.removals",
    "waits.conservation_gap",
    "waits.over_capacity",
    "waits.list_by_test",
    "waits.cdc_done_by_test",
    "waits.cdc_tests",
    "waits.over_six_weeks_by_test",
]
# Of the years after the months
LATER_LINES = [
    "list_years.waiting_list",
    "list_years.cdc_done",
    "list_years.hospital_list_done",
    "list_years.list_capacity",
    "list_years.relief_done",
    "list_years.overdue",
    "list_years.bookable",
    "activity.removed_year",
    "activity.conservation_gap_year",
    "activity.over_capacity_year",
]


@dataclass(frozen=True)
class Relief:
    """How trusts answer to a list that is long or short."""

    strength: float = 0.0
    usual_cover: float = 3.0
    most: float = 0.15
    least: float = 0.15
    drawn: float = 0.0
    own_usual: float = 0.0


@dataclass(frozen=True)
class Network:
    """A random network: arrays by trust and month (referrals), by trust (the rest), by site and month.

    After the months referrals, other tests and capacity go on at their mean times `later`, a number a year.
    """

    referrals: np.ndarray
    hospital: np.ndarray
    planned: np.ndarray
    unscheduled: np.ndarray
    opening: np.ndarray
    slots: np.ndarray
    catchment: np.ndarray
    removal_rate: float
    booking_weeks: float
    moves: float = 1.0
    relief: Relief = Relief()
    later: tuple[float, ...] = (1.0,) * LATER

    @property
    def trusts(self) -> tuple[str, ...]:
        """The ids of the trusts."""
        return tuple(f"trust_{i}" for i in range(len(self.hospital)))

    @property
    def sites(self) -> tuple[str, ...]:
        """The ids of the sites."""
        return tuple(f"site_{i}" for i in range(len(self.slots)))

    @property
    def need(self) -> np.ndarray:
        """Additions to each trust's list in a mean month."""
        return self.referrals.mean(axis=1)

    @property
    def usual(self) -> np.ndarray:
        """Each trust's usual list; of a specialist trust that of the baseline."""
        own = self.relief.own_usual
        return self._usual_months * self.need * (1 - own) + self.opening * own

    def _by_year(self, monthly: np.ndarray) -> list[float]:
        """A year's sum of a mean month, after the months; nothing in their own year."""
        later = np.outer(monthly.mean(axis=1) * 12, (0.0, *self.later))
        return later.ravel().tolist()

    def values(self) -> dict[str, Any]:
        """What the lists need, as inputs and as lines taken as given."""
        everyone = float((self.planned + self.unscheduled).sum())
        return {
            "demand.referrals": self.referrals.ravel().tolist(),
            "demand.referrals_by_test": self.referrals.sum(axis=0).tolist(),
            "demand.baseline_additions": self.need.tolist(),
            "demand.baseline_list": self.opening.tolist(),
            "demand.observed_list": float(self.opening.sum()),
            "demand.baseline_over_six_weeks": (self.opening * 0.02).tolist(),
            "demand.observed_over_six_weeks": float(self.opening.sum()) * 0.02,
            "demand.baseline_list_activity": self.need.tolist(),
            "demand.opening_list": self.opening.tolist(),
            "demand.opening_list_by_test": float(self.opening.sum()),
            "demand.opening_over_six_weeks": float(self.opening.sum()) * 0.02,
            "demand.baseline_planned": self.planned.tolist(),
            "demand.baseline_unscheduled": self.unscheduled.tolist(),
            "demand.baseline_not_waiting": (self.planned + self.unscheduled).tolist(),
            "demand.referral_index": 1.0,
            "demand.other_index": 1.0,
            "demand.unscheduled_index": 1.0,
            "demand.planned_index": 1.0,
            "demand.other_by_test": everyone,
            "demand.other_baseline": everyone,
            "demand.urgent_share": 0.2,
            "demand.removal_rate": self.removal_rate,
            "demand.movable_share": self.moves,
            "demand.transferable_share": self.moves,
            "demand.holds_list": 1.0,
            "capacity.hospital_capacity": self.hospital.ravel().tolist(),
            "capacity.hospital_capacity_by_test": self.hospital.sum(axis=0).tolist(),
            "capacity.cdc_slots": self.slots.ravel().tolist(),
            "capacity.centre_slots": self.slots.sum(axis=0).tolist(),
            "capacity.bought_slots": 0.0,
            "capacity.activity_returned": 1.0,
            "capacity.list_returned": 1.0,
            "lists.has_list": 1.0,
            "lists.booking_weeks": self.booking_weeks,
            "lists.catchment": self.catchment.ravel().tolist(),
            "lists.pooling": 0.0,
            "lists.referrals_redirected": 1.0,
            "lists.freed_slots_used": 1.0,
            "relief.strength": self.relief.strength,
            "relief.most": self.relief.most,
            "relief.least": self.relief.least,
            "relief.usual_cover": self.relief.usual_cover,
            "relief.own_usual": self.relief.own_usual,
            "relief.market_drawn": self.relief.drawn,
            "relief.usual_months": self._usual_months,
            "timeline.days_in_month": 30.0,
            "waits.rule": "fifo",
            "waits.calm_log_odds": -3.5,
            "waits.calm_cover": 3.0,
            "waits.cover_slope": 1.3,
            "waits.excess": 0.5,
            "waits.excess_kept_a_year": 1.0,
            "waits.gap_kept_a_month": 0.95,
            "waits.standard_weeks": 6.0,
            "waits.longest_cover": 104.0,
        }

    def later_values(self) -> dict[str, Any]:
        """What the years after the months need besides."""
        months = [0.0, *(12.0 * rate for rate in self.later)]
        return {
            "list_years.hospital_capacity": self._by_year(self.hospital),
            "list_years.referral_months": months,
            "list_years.other_months": months,
            "list_years.usual_months": [0.0, *(self._usual_months * rate for rate in self.later)],
            "list_years.market_drawn": [0.0, *[self.relief.drawn] * LATER],
            "capacity.cdc_capacity_year": self._by_year(self.slots),
            "capacity.bought_capacity_year": 0.0,
        }

    @property
    def _usual_months(self) -> float:
        return self.relief.usual_cover / (365.25 / 7 / 12)

    def with_slots(self, slots: np.ndarray) -> Network:
        """The same network with other slots."""
        return replace(self, slots=slots)

    def solve(self, *, rule: str = "fifo", years: bool = False, **more: Any) -> Answer:
        """Separate lists under `bau`, one list under `preferred`; if asked, with years after the months."""
        values = {**self.values(), "waits.rule": rule, **(self.later_values() if years else {}), **more}
        members = {"provider": self.trusts, "site": self.sites}
        lines = [*LINES, *(LATER_LINES if years else ())]
        by_option = {"preferred": {"lists.pooling": 1.0}}
        return work_out(
            lines,
            values,
            members=members,
            by_option=by_option,
            years=YEARS if years else 1,
            unused_allowed=True,
        )


def by_trust(answer: Answer, key: str, option: str) -> np.ndarray:
    """A line by trust and month."""
    return np.reshape(answer(key, option), (-1, MONTHS))


def patients_done(answer: Answer, option: str) -> np.ndarray:
    """Tests done from each trust's list, by month."""
    return by_trust(answer, "lists.cdc_done", option) + by_trust(answer, "lists.hospital_list_done", option)


def over_six_weeks(answer: Answer, option: str) -> np.ndarray:
    """Patients over six weeks in all trusts, by month."""
    return np.array(answer("waits.over_six_weeks_by_test", option))


def by_year(answer: Answer, key: str, option: str) -> np.ndarray:
    """A line by trust and year: the year of the months first."""
    return np.reshape(answer(key, option), (-1, YEARS))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Two to six trusts and one to three centres; some short of capacity, some with more than they need."""
    trusts, sites = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    need = random.uniform(100, 3_000, (trusts, 1))
    planned = need[:, 0] * random.uniform(0, 0.2, trusts)
    unscheduled = need[:, 0] * random.uniform(0, 0.4, trusts)
    share = random.dirichlet(np.ones(trusts), sites)
    return Network(
        referrals=need * random.uniform(0.7, 1.3, (trusts, MONTHS)),
        hospital=(need + (planned + unscheduled)[:, None])
        * random.uniform(0.5, 1.4, (trusts, 1))
        * random.uniform(0.9, 1.1, (trusts, MONTHS)),
        planned=planned,
        unscheduled=unscheduled,
        opening=need[:, 0] * random.uniform(0.1, 3, trusts),
        slots=need.sum() * random.uniform(0, 0.3, (sites, 1)) * np.linspace(0, 1, MONTHS),
        catchment=share.T,
        removal_rate=draw(st.sampled_from([0.0, 0.05, 0.1])),
        booking_weeks=draw(st.sampled_from([0.0, 1.0, 1.7])),
        later=tuple(random.uniform(0.9, 1.2, LATER)),
    )


@st.composite
def networks_with_relief(draw: st.DrawFn) -> Network:
    """The same, where trusts buy relief and leave sessions unused; some may have drawn on the market."""
    relief = Relief(
        strength=draw(st.floats(0.005, 0.1)),
        usual_cover=draw(st.floats(1.8, 6)),
        most=draw(st.floats(0, 0.3)),
        least=draw(st.floats(0, 0.3)),
        drawn=draw(st.sampled_from([0.0, 0.05, 0.4])),
        own_usual=draw(st.sampled_from([0.0, 0.5, 1.0])),
    )
    return replace(draw(networks()), relief=relief)
