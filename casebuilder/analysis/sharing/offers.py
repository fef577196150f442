"""One offer a member: what a trust of the pool is asked to sign, read from the lines of the case.

Nothing is reckoned here that a line of the model reckons: units, charges, cash, capital and the charge for
leaving are lines of the chapter `offers`, and live in the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.algebra.dimensions import Frame
from casebuilder.analysis.sharing.pool_shares import PoolShares
from casebuilder.analysis.sharing.pooled_purchase import UNITS, PooledPurchase
from casebuilder.analysis.sharing.rules import RULES, Rule
from casebuilder.evaluate.problem import Problem

RULE, EXPIRES, APPLIES = "offers.rule", "offers.expires", "offers.applies"
# What a sheet calls a rule, and the key that `procure --rule` knows it by.
RULE_OF = {
    "one_price": "volume",
    "same_percentage": "moriarity",
    "equal_saving": "equal_saving",
    "eca": "eca",
    "aca": "aca",
}
# Put before members unless others are asked for: what they know, what is simplest, what is fairest.
PUT_FORWARD = ("volume", "moriarity", "shapley")


@dataclass(frozen=True)
class Kit:
    """A class of equipment in an offer.

    Attributes
    ----------
    equipment
        The key of the class.
    units
        What the trust needs, over all tranches.
    pooled
        Whether the members buy the class together; else the trust buys it by itself.
    own_make
        Whether the trust keeps its own make.
    alone, in_pool
        Whole-life cost on its cheapest route by itself, and of its own purchase in the pool: GBP real,
        present value, without VAT.
    order
        By tranche, what it orders in the pool: GBP real, base-year prices, without VAT.
    threshold, to_spare
        By tranche, units of the pool from which the tier reached holds, and how many there are above it; 0
        for a class that is not pooled.
    """

    equipment: str
    units: float
    pooled: bool
    own_make: bool
    alone: float
    in_pool: float
    order: Mapping[str, float]
    threshold: Mapping[str, float]
    to_spare: Mapping[str, float]


@dataclass(frozen=True)
class Offer:
    """What one member is asked to sign.

    Attributes
    ----------
    member, name
        The key of the trust and its name.
    option
        The option whose pool it is.
    rule
        The rule put forward: `key`, `name` and a `sentence`.
    kit
        The classes for which it joins and has units, in the order of the case.
    alone, charge, saves
        What it would pay by itself, what it pays under the rule, and the difference: GBP real at present
        value over the life of the kit, without VAT.
    own_purchase, to_funder, side_payment
        What makes up the charge: what it pays for its own kit, what goes back to the funder on its award, and
        what it pays the other members (below 0: what they pay it). They add up to `charge`; side payments of
        all members add up to 0.
    cash
        By year of the statements ("2022/23"), what its purchase in the pool costs: GBP nominal, with the VAT
        that is not recovered.
    capital
        By tranche, what scores to CDEL in the year of delivery: GBP nominal.
    delivered
        By tranche, the financial year of delivery.
    recurrent
        Maintenance and charges in a full year: GBP real a year, with the VAT that is not recovered.
    competition, staff_time
        Its part of the competition (in `cash`), and its own staff's time (which is not): GBP real.
    lost_by_leaving
        What its leaving costs the others; below 0 where they would do better without it.
    leaving_before, leaving_after
        The charge for leaving before and after the order: GBP real.
    expires
        The month by whose end it signs ("2021-09"); "later" where that is beyond the case's months.
    conditions
        What must be met before the order, in words, in the order of the case.
    """

    member: str
    name: str
    option: str
    rule: Rule
    kit: tuple[Kit, ...]
    alone: float
    charge: float
    saves: float
    own_purchase: float
    to_funder: float
    side_payment: float
    cash: Mapping[str, float]
    capital: Mapping[str, float]
    delivered: Mapping[str, str]
    recurrent: float
    competition: float
    staff_time: float
    lost_by_leaving: float
    leaving_before: float
    leaving_after: float
    expires: str
    conditions: tuple[str, ...]

    @property
    def units(self) -> float:
        """Units of all classes for which it joins."""
        return sum(kit.units for kit in self.kit)

    @property
    def buys_together(self) -> bool:
        """Whether it buys any class with the others."""
        return any(kit.pooled for kit in self.kit)


def offers(shares: PoolShares) -> tuple[Offer, ...]:
    """An offer for each member of the pool, in the case's order; empty where the case has no such lines.

    The rule put forward is the input `offers.rule`.
    """
    if "offers.charge" not in shares.purchase.problem.by_key:
        return ()
    read = _Reader(shares.purchase)
    return tuple(read.offer(member) for member in shares.members)


def rule_put_forward(problem: Problem, option: str) -> Rule:
    """The rule of the input `offers.rule` for an option."""
    item = problem.inputs_by_key[RULE]
    key = RULE_OF[str(problem.values[item].amount(option, ()))]
    return next(rule for rule in RULES if rule.key == key)


class _Reader:
    """Reads the offers of one option.

    Parameters
    ----------
    purchase
        The pool of the option.
    """

    def __init__(self, purchase: PooledPurchase) -> None:
        """Read what all offers share."""
        self.purchase, self.values, self.option = purchase, purchase.values, purchase.option
        problem, values, option = purchase.problem, purchase.values, purchase.option
        self.frame: Frame = problem.frame
        self.rule = rule_put_forward(problem, option)
        self.expires = self._month(round(float(values(EXPIRES))))
        delivery = values("routes.delivery_year")
        years = self.frame.ids("year")
        self.delivered = {
            tranche: years[min(max(round(float(year)) - 1, 0), len(years) - 1)]
            for tranche, year in zip(self.frame.ids("tranche"), delivery, strict=True)
        }
        self.conditions: tuple[str, ...] = ()
        if APPLIES in problem.inputs_by_key and problem.inputs_by_key[APPLIES] in problem.values:
            self.conditions = tuple(
                self.frame.label("offer_condition", condition)
                for condition, applies in zip(self.frame.ids("offer_condition"), values(APPLIES), strict=True)
                if applies
            )

    def _month(self, number: int) -> str:
        months = self.frame.ids("month")
        return months[number - 1] if number <= len(months) else "later"

    def _one(self, key: str, place: int) -> float:
        return float(self.values(key)[place])

    def _along(self, key: str, place: int, axis: str) -> dict[str, float]:
        return dict(zip(self.frame.ids(axis), map(float, self.values(key)[place]), strict=True))

    def offer(self, member: str) -> Offer:
        """The offer of a member."""
        place = self.frame.positions["provider"][member]
        return Offer(
            member=member,
            name=self.frame.label("provider", member),
            option=self.option,
            rule=self.rule,
            kit=tuple(
                self._kit(place, number, equipment) for number, equipment in self.purchase.bought_by(member)
            ),
            alone=self._one("pool.alone", place),
            charge=self._one("offers.charge", place),
            saves=self._one("offers.saves", place),
            own_purchase=self._one("offers.own_purchase", place),
            to_funder=self._one("offers.to_funder", place),
            side_payment=self._one("offers.side_payment", place),
            recurrent=self._one("offers.recurrent", place),
            competition=self._one("offers.competition", place),
            staff_time=self._one("offers.staff_time", place),
            lost_by_leaving=self._one("offers.lost_by_leaving", place),
            leaving_before=self._one("offers.leaving_before", place),
            leaving_after=self._one("offers.leaving_after", place),
            cash=self._along("offers.cash_year", place, "statement"),
            capital=self._along("offers.capital_tranche", place, "tranche"),
            delivered=self.delivered,
            expires=self.expires,
            conditions=self.conditions,
        )

    def _kit(self, place: int, number: int, equipment: str) -> Kit:
        tranches = self.frame.ids("tranche")

        def by_tranche(key: str) -> dict[str, float]:
            return dict(zip(tranches, map(float, self.values(key)[number]), strict=True))

        order = self.values("offers.order")[place, number]
        return Kit(
            equipment=equipment,
            units=float(self.values(UNITS)[place, number]),
            pooled=bool(self.values("pool.bought_together")[number] > 0),
            own_make=bool(self.values("procurement.keeps_own_make")[place, number] > 0),
            alone=float(self.values("apart.cost")[place, number]),
            in_pool=float(self.values("offers.cost_in_pool")[place, number]),
            order=dict(zip(tranches, map(float, order), strict=True)),
            threshold=by_tranche("offers.tier_held_from"),
            to_spare=by_tranche("offers.units_to_spare"),
        )
