"""From nested YAML or a CSV table to one leaf for every combination of members that exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from casebuilder.algebra.dimensions import TIME, Frame, without_time
from casebuilder.errors import Fault
from casebuilder.inputs.files.dates import FINANCIAL_YEAR, MONTH
from casebuilder.inputs.files.once import of_many
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import Word, listed
from casebuilder.inputs.files.strangers import Strangers, no_member
from casebuilder.inputs.files.tables import Table
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.calendar import is_financial_year
from casebuilder.inputs.shape.dropped import OffAxis, dropped, gaps, unsaid
from casebuilder.inputs.values import Members

OTHERS = "others"
_PERIODS = {"year": re.compile(FINANCIAL_YEAR), "month": re.compile(MONTH)}


@dataclass(frozen=True)
class Missing:
    """Members that a block should name and does not."""

    place: Place
    above: Members
    members: tuple[str, ...]

    def only(self, lacking: set[Members], own: Sequence[str], order: Sequence[str]) -> Missing | None:
        """The same with nothing but what is lacking once other layers are laid; None where nothing is.

        Parameters
        ----------
        lacking
            The combinations without a value, in the input's order of dimensions.
        own, order
            The dimensions in the order of the block, and of the input.
        """
        turned = {tuple(one[order.index(name)] for name in own) for one in lacking}
        starts = {one[:length] for one in turned for length in range(len(own) + 1)}
        left = tuple(member for member in self.members if (*self.above, *member.split(",")) in starts)
        return Missing(self.place, self.above, left) if left else None

    def __str__(self) -> str:
        """The combinations, the first few of many."""
        return listed(",".join((*self.above, member)) for member in self.members)


@dataclass
class Spread:
    """One block's values laid over the members of its dimensions.

    Attributes
    ----------
    frame
        The members, pairs and periods of the case.
    over
        The dimensions, in the order in which the block nests them.
    hold
        Whether a period that is not given takes the last one given before it.
    lenient
        Whether members that the case has not are passed over, as in the reference set.
    faults
        Takes what is wrong.
    missing
        What no value was found for.
    off
        Tells what is given for periods off the axis; by default nobody.
    named
        Takes the members that the block names.
    to_do
        What the rows of a table say is to be done about them, by their cells.
    """

    frame: Frame
    over: tuple[str, ...]
    hold: bool
    lenient: bool
    faults: list[Fault]
    missing: list[Missing] = field(default_factory=list)
    off: OffAxis | None = None
    named: set[tuple[str, str]] = field(default_factory=set)
    to_do: dict[Node, str] = field(default_factory=dict)

    def nested(self, node: Node, at: Place, is_leaf: Callable[[Node], bool]) -> dict[Members, Node]:
        """The leaf for each combination of a nested mapping; a leaf higher up holds for all below.

        Parameters
        ----------
        node
            The mapping.
        at
            Where its key stands: what is missing belongs there.
        is_leaf
            Whether a node is a value, not a further level.
        """
        found: dict[Members, Node] = {}
        self._descend(node, at, {}, is_leaf, found)
        return found

    def table(self, table: Table) -> dict[Members, Node]:
        """The last cell of each row for the combination that its other cells name.

        A row may name `others` for a member: it holds for those that have no row of their own.
        """
        rows: dict[Members, Node] = {}
        strangers = Strangers(self.frame)
        twice: list[Fault] = []
        axes = [self.frame.positions.get(dimension, {}) for dimension in self.over]
        for row in table.rows:
            members = row.cells[:-1]
            if not all(
                member in axis
                or (member == OTHERS and dimension not in TIME)
                or self._known(dimension, member, row.place(index), strangers)
                for index, (dimension, member, axis) in enumerate(zip(self.over, members, axes, strict=True))
            ):
                continue
            first = rows.get(members)
            if first is not None:
                same = "delete it" if first.text == row.cells[-1] else "delete the one that is not meant"
                message = f"a second row for {', '.join(members)}: the first is line {first.place.line}"
                twice.append(row.place(0).fault(f"{message}; {same}"))
            elif OTHERS in members or self._exists(dict(zip(self.over, members, strict=True)), row.start):
                cell = rows[members] = Node(row.place(-1), Word(row.cells[-1]))
                if row.to_do:
                    self.to_do[cell] = row.to_do
        strangers.tell(self.faults)
        if twice:
            more = of_many(len(twice), "rows")
            self.faults.append(replace(twice[0], message=f"{twice[0].message}{more}"))
        self.named.update(pair for members in rows for pair in zip(self.over, members, strict=True))
        found: dict[Members, Node] = {}
        lacking: list[str] = []
        held = self._held(rows) if self.hold else {}
        shared = any(OTHERS in members for members in rows)
        for members in self.combinations():
            named = self._called(members) if shared else (members,)
            node = next((node for each in named if (node := rows.get(each) or held.get(each))), None)
            if node is None:
                lacking.append(",".join(members))
            else:
                found[members] = node
        if lacking:
            self.missing.append(Missing(table.place, (), tuple(lacking)))
        if self.off is not None and not self.lenient:
            self.off.gaps += self._early(rows, lacking)
            self.off.tell_rows(table.place)
            self._tell_end(table)
        return found

    def _called(self, members: Members) -> Iterator[Members]:
        """What a row may call a combination: by its members, or by `others` for some, the last ones first."""
        axes = zip(self.over, members, strict=True)
        yield from product(*((member,) if name in TIME else (member, OTHERS) for name, member in axes))

    def _early(self, rows: Mapping[Members, Node], lacking: Sequence[str]) -> list[str]:
        """What a table lacks of the periods up to its last; of one that does not run over time, all."""
        at = next((place for place, name in enumerate(self.over) if name in TIME), None)
        if at is None or not rows:
            return list(lacking)
        last = max(members[at] for members in rows)
        return [each for each in lacking if each.split(",")[at] <= last]

    def _tell_end(self, table: Table) -> None:
        """Tell where a table over time ends, by all of its rows."""
        at = next((place for place, name in enumerate(self.over) if name in TIME), None)
        if at is not None and self.off is not None:
            form = _PERIODS.get(self.over[at])
            given = [row.cells[at] for row in table.rows if form is None or form.fullmatch(row.cells[at])]
            self.off.tell_end(given, self.frame.ids(self.over[at]), table.place)

    def combinations(self, fixed: Mapping[str, str] | None = None) -> list[Members]:
        """The combinations that exist, in the block's order of dimensions."""
        rest = [name for name in without_time(self.over) if name not in (fixed or {})]
        periods = [name for name in self.over if name in TIME and name not in (fixed or {})]
        if fixed:
            named = [name for name in self.over if name not in periods]
            rows = [tuple(one[name] for name in named) for one in self.frame.combinations(rest, fixed)]
        else:
            rows = list(self.frame.rows(rest))
        if not periods:
            return rows
        (axis,) = periods
        labels = self.frame.ids(axis)
        at = self.over.index(axis)
        return [(*row[:at], label, *row[at:]) for row in rows for label in labels]

    def _descend(
        self,
        node: Node,
        at: Place,
        above: dict[str, str],
        is_leaf: Callable[[Node], bool],
        found: dict[Members, Node],
        shared: bool = False,
    ) -> None:
        depth = len(above)
        if depth == len(self.over) or is_leaf(node):
            for members in self.combinations(above):
                found[members] = node
            return
        if not isinstance(node.value, dict):
            dimension = self.over[depth]
            self.faults.append(node.place.fault(f"a mapping from {dimension} to values is expected here"))
            return
        dimension = self.over[depth]
        # What stands under `others` serves many members: some may lack a combination.
        self._check_keys(node, dimension, {} if shared else above)
        given = self._members(node, dimension)
        lacking: list[str] = []
        for member in self.frame.ids(dimension):
            here = {**above, dimension: member}
            if not self.frame.exists(here):
                continue
            child = given.get(member)
            if child is not None:
                place = node.keys.get(member, at)
                self._descend(child, place, here, is_leaf, found, shared or child is node.get(OTHERS))
            elif self._any(here):
                lacking.append(member)
        if lacking:
            self.missing.append(Missing(at, tuple(above.values()), tuple(lacking)))

    def _check_keys(self, node: Node, dimension: str, above: dict[str, str]) -> None:
        """Each key is a member, or a period, that exists with the members above it."""
        for member in node.mapping:
            place = node.key_place(member)
            self.named.add((dimension, member))
            if member != OTHERS and self._known(dimension, member, place):
                self._exists({**above, dimension: member}, place)

    def _known(self, dimension: str, member: str, place: Place, strangers: Strangers | None = None) -> bool:
        """Whether a member or period is one of the case's; a fault where it is a slip.

        A table, which gathers its slips, may run on beyond the axis: it is often longer than one case wants.
        """
        if member in self.frame.positions.get(dimension, {}):
            return True
        form = _PERIODS.get(dimension)
        if form and form.fullmatch(member) and (dimension != "year" or is_financial_year(member)):
            if not (self.hold or self.lenient or strangers is not None):
                ids = self.frame.ids(dimension)
                message = f"{member} is off the {dimension} axis, which runs from {ids[0]} to {ids[-1]}"
                self.faults.append(place.fault(message))
            if strangers is not None and not self.hold and self.off is not None:
                self.off.rows[member] = self.off.rows.get(member, 0) + 1
            return self.hold
        if not self.lenient or form:
            if strangers is not None:
                strangers.meet(dimension, member, place)
            else:
                self.faults.append(place.fault(no_member(member, dimension, self.frame)))
        return False

    def _exists(self, combination: dict[str, str], place: Place) -> bool:
        """Whether the case has this combination; a fault where it has not."""
        if self.frame.exists(combination):
            return True
        if not self.lenient:
            names = ", ".join(combination.values())
            self.faults.append(place.fault(f"the combination {names} does not exist in this case"))
        return False

    def _members(self, node: Node, dimension: str) -> dict[str, Node]:
        """The child for each member: the one given, the last one before it, or that of `others`."""
        given = {key: child for key, child in node.mapping.items() if key != OTHERS}
        if self.hold and dimension in TIME:
            if self.off is not None and not self.lenient:
                self.off.held(given, self.frame.ids(dimension), {key: node.key_place(key) for key in given})
            last: Node | None = None
            for period in sorted({*given, *self.frame.ids(dimension)}):
                last = given.get(period, last)
                if last is not None:
                    given[period] = last
        others = node.get(OTHERS)
        if others is not None:
            for member in self.frame.ids(dimension):
                given.setdefault(member, others)
        return given

    def _held(self, rows: dict[Members, Node]) -> dict[Members, Node]:
        """For each combination and period the row of the last period given before it."""
        axis = next((place for place, name in enumerate(self.over) if name in TIME), None)
        if axis is None:
            return rows
        series: dict[Members, dict[str, Node]] = {}
        for members, node in rows.items():
            series.setdefault(members[:axis] + members[axis + 1 :], {})[members[axis]] = node
        if self.off is not None and not self.lenient:
            self.off.gaps = gaps(series, axis) + unsaid(series, self.frame.ids(self.over[axis]))
        held: dict[Members, Node] = {}
        for rest, periods in series.items():
            if self.off is not None and not self.lenient:
                for period in dropped(periods, self.frame.ids(self.over[axis])):
                    self.off.rows[period] = self.off.rows.get(period, 0) + 1
            last: Node | None = None
            for period in sorted({*periods, *self.frame.ids(self.over[axis])}):
                last = periods.get(period, last)
                if last is not None:
                    held[(*rest[:axis], period, *rest[axis:])] = last
        return held

    def _any(self, fixed: dict[str, str]) -> bool:
        """Whether any combination exists below these members."""
        rest = [name for name in without_time(self.over) if name not in fixed]
        return not rest or next(iter(self.frame.combinations(rest, fixed)), None) is not None
