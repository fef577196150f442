"""What a dimension is, and the members, pairs and periods that a case gives those a model declares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product

from casebuilder.errors import ModelError

# What a chapter's `needs` says where any member will do, but there must be one.
SOME = ("",)
_LAST = 10_000


@dataclass(frozen=True)
class Dimension:
    """What lines may run over, declared in `DIMENSIONS` of the chapter that uses it first.

    Attributes
    ----------
    name, title
        As in keys and in case.yaml, and as people read it.
    rank
        Where it stands among the others: rows are laid out, columns of an export stand and axes lie by rank,
        the lowest outermost; those of one rank in the order of the chapters.
    needs
        The members that lines pick by name, so that a case must have them; `SOME`: one at least.
    may_have_none
        Whether a case may have no members of it: a sum over it is nought.
    years
        Whether its members are financial years, as 2021/22.
    apart
        Whether it leaves the order of the others where what belongs to one member is read together: outermost
        among the rows of the workbook, innermost in an array but for tables and time.
    """

    name: str
    title: str
    rank: int
    needs: tuple[str, ...] = ()
    may_have_none: bool = False
    years: bool = False
    apart: bool = False


Dimensions = Mapping[str, Dimension]
# Those that operators name: tables of points and of tiers, and time, which comes last.
LANGUAGE = (
    Dimension("point", "Point of a curve", _LAST),
    Dimension("tier", "Tier", _LAST),
    Dimension("month", "Month", _LAST),
    Dimension("year", "Financial year", _LAST, years=True),
    Dimension("statement", "Year of the statements", _LAST, years=True),
)
TIME = ("month", "year", "statement")
OPTION = "option"
BASELINE = "baseline"


def in_order(declared: Iterable[Dimension]) -> dict[str, Dimension]:
    """The dimensions that chapters declare and those of the language, by name and in the order of their rank.

    Raises
    ------
    ModelError
        Two are called the same, or one would stand after time.
    """
    found: dict[str, Dimension] = {}
    for dimension in sorted((*declared, *LANGUAGE), key=lambda each: each.rank):
        if dimension.name in (*found, OPTION):
            raise ModelError(f"the dimension {dimension.name} is declared twice; one chapter declares it")
        found[dimension.name] = dimension
    if [*found][-len(TIME) :] != [*TIME]:
        raise ModelError(f"every dimension stands before time: give {[*found][-1]} a rank below {_LAST:,}")
    return found


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
    dimensions
        The dimensions that the model declares, in the order of rows and columns.
    """

    members: Mapping[str, tuple[Member, ...]]
    options: tuple[Member, ...]
    baseline: str
    pairs: Mapping[tuple[str, str], frozenset[tuple[str, str]]] = field(default_factory=dict)
    year_of_month: tuple[int, ...] = ()
    dimensions: Dimensions = field(kw_only=True)

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
        return self.dimensions[dimension].title

    def in_order(self, names: Collection[str]) -> tuple[str, ...]:
        """Some dimensions in the order of rows and columns."""
        return tuple(name for name in self.dimensions if name in names)

    def label_of_option(self, option: str) -> str:
        """The name of an option."""
        return self.options[self.option_ids.index(option)].label

    def exists(self, combination: Mapping[str, str]) -> bool:
        """Whether no pair of these members is one that the case leaves out."""
        return all(
            (combination[a], combination[b]) in allowed for a, b, allowed in self._pairs(tuple(combination))
        )

    def _pairs(self, names: tuple[str, ...]) -> tuple[tuple[str, str, frozenset[tuple[str, str]]], ...]:
        """The pairs that exist between some dimensions; looked for once."""
        if names not in self._pairs_among:
            self._pairs_among[names] = tuple(
                (a, b, allowed) for (a, b), allowed in self.pairs.items() if a in names and b in names
            )
        return self._pairs_among[names]

    @cached_property
    def _pairs_among(self) -> dict[tuple[str, ...], tuple[tuple[str, str, frozenset[tuple[str, str]]], ...]]:
        return {}

    def rows(self, over: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The members of each combination that exists over some dimensions; looked for once."""
        names = tuple(over)
        if names not in self._rows_over:
            chosen = product(*(self.ids(dimension) for dimension in names))
            places = [(names.index(a), names.index(b), allowed) for a, b, allowed in self._pairs(names)]
            self._rows_over[names] = tuple(
                each for each in chosen if all((each[a], each[b]) in allowed for a, b, allowed in places)
            )
        return self._rows_over[names]

    @cached_property
    def _rows_over(self) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        return {}

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
        if not fixed:
            for members in self.rows(over):
                yield dict(zip(over, members, strict=True))
            return
        pairs = self._pairs((*fixed, *over))
        for chosen in product(*(self.ids(dimension) for dimension in over)):
            combination = {**fixed, **dict(zip(over, chosen, strict=True))}
            if not pairs or all((combination[a], combination[b]) in allowed for a, b, allowed in pairs):
                yield combination
