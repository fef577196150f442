"""The dimensions a line may run over, and the members, pairs and periods a case gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product

# In the order in which rows are laid out and axes stand; time comes last.
DIMENSIONS = {
    "provider": "Trust",
    "site": "Site",
    "district": "District",
    "place": "Place",
    "quintile": "Deprivation quintile",
    "staff": "Staff role",
    "pay_band": "Pay band",
    "relief": "Relief above headroom",
    "route": "Procurement route",
    "equipment": "Equipment class",
    "tranche": "Tranche of the purchase",
    "approver": "Approver",
    "scheme": "Approved scheme",
    "fund": "Fund",
    "department": "Department",
    "on_cost": "On-cost",
    "cost_line": "Line of running cost",
    "fee": "Fee",
    "non_work": "Non-works cost",
    "vat_line": "Line of VAT",
    "bias_factor": "Factor of optimism bias",
    "mitigation": "Mitigation",
    "month_of_year": "Month of the financial year",
    "component": "Component of a building",
    "benefit": "Benefit",
    "decision": "Decision",
    "long_option": "Choice of the long list",
    "unmonetised": "Unmonetised benefit",
    "condition": "Condition of a fund",
    "shared_risk": "Shared risk",
    "body": "Body",
    "framework": "Part of the options framework",
    "success_factor": "Critical success factor",
    "risk": "Risk",
    "outcome": "Outcome of a risk",
    "pathway": "Pathway",
    "milestone": "Milestone",
    "digital": "Digital system",
    "report_source": "Source of reports",
    "standard": "Waiting-time standard",
    "test": "Test",
    "currency": "Currency (HRG)",
    "examination": "Kind of examination",
    "price_year": "Price base",
    "edition": "Edition of the Green Book",
    "stage": "Stage of the case",
    "band": "Discount-rate band",
    "point": "Point of a curve",
    "tier": "Tier",
    "month": "Month",
    "year": "Financial year",
    "statement": "Year of the statements",
}
TIME = ("month", "year", "statement")
OPTION = "option"
BASELINE = "baseline"


def time_of(over: Sequence[str]) -> str | None:
    """The time axis among some dimensions, if there is one."""
    return next((dimension for dimension in over if dimension in TIME), None)


def without_time(over: Sequence[str]) -> tuple[str, ...]:
    """The dimensions that make rows."""
    return _rows(tuple(over))


@cache
def _rows(over: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dimension for dimension in over if dimension not in TIME)


@dataclass(frozen=True)
class Member:
    """One member of a dimension: its id, as in keys, and its name, as people read it."""

    id: str
    label: str


@dataclass(frozen=True)
class Frame:
    """The shape of one case: members, pairs that exist, options and periods.

    Attributes
    ----------
    members
        For each dimension its members in order; `month`, `year` and `statement` (the first years, those
        that hosts plan over) hold the period labels.
    pairs
        For two dimensions the pairs that exist. Dimensions without an entry combine freely.
    options
        The options in order, the baseline among them.
    year_of_month
        For each month the number (from 1) of its financial year.
    """

    members: Mapping[str, tuple[Member, ...]]
    options: tuple[Member, ...]
    baseline: str
    pairs: Mapping[tuple[str, str], frozenset[tuple[str, str]]] = field(default_factory=dict)
    year_of_month: tuple[int, ...] = ()

    def ids(self, dimension: str) -> tuple[str, ...]:
        """The member ids of a dimension, in order; none where the case has no such dimension."""
        return self._ids.get(dimension, ())

    @cached_property
    def _ids(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(m.id for m in members) for name, members in self.members.items()}

    @cached_property
    def positions(self) -> dict[str, dict[str, int]]:
        """For each dimension, the place of each member."""
        return {name: {m: i for i, m in enumerate(ids)} for name, ids in self._ids.items()}

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The option keys, in order."""
        return tuple(option.id for option in self.options)

    def label(self, dimension: str, member: str) -> str:
        """The name of a member."""
        return self.members[dimension][self.positions[dimension][member]].label

    def title(self, dimension: str) -> str:
        """The name of a dimension, as people read it."""
        return DIMENSIONS[dimension]

    def label_of_option(self, option: str) -> str:
        """The name of an option."""
        return self.options[self.option_ids.index(option)].label

    def exists(self, combination: Mapping[str, str]) -> bool:
        """Whether no pair of these members is one that the case leaves out."""
        return all(
            (combination[a], combination[b]) in allowed
            for (a, b), allowed in self.pairs.items()
            if a in combination and b in combination
        )

    def combinations(
        self, over: Sequence[str], fixed: Mapping[str, str] | None = None
    ) -> Iterator[dict[str, str]]:
        """The combinations of members that exist over some dimensions, last dimension fastest.

        Parameters
        ----------
        over
            The dimensions, without time.
        fixed
            Members already chosen; they are part of each combination and of the test for it.
        """
        fixed = dict(fixed or {})
        for chosen in product(*(self.ids(dimension) for dimension in over)):
            combination = {**fixed, **dict(zip(over, chosen, strict=True))}
            if self.exists(combination):
                yield combination
