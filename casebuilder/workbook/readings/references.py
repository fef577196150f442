"""Where a formula's names point: the cell or range that a line or input has for some members.

Formulas are written once a row with marks in place of column letters, then stepped along the
periods: `{0}` is the cell's own column, `{1}` the one to its left, `{2}` and `{3}` the column in use
of the same year and month on the sheets of inputs, `{4}` that of the same year on the sheet of years.
A dollar sign marks a column that stays as the formula steps along, and the rows of the header; no formula
is stepped down, so that other rows need none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Input, Line, Named, Term
from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.addresses import STATEMENTS, YEARS, Block, CalculationSheet, Layout, letter

OWN, LEFT, SAME_YEAR = "{0}", "{1}", "{4}"
# A member id up to this length is written out in a key.
_SHORT = 8
# So many times fewer rows are worth a range of their own.
_FEWER = 8
INPUT_COLUMN = {"year": "{2}", "month": "{3}"}


def column_marks(layout: Layout, sheet: CalculationSheet) -> list[tuple[str, ...]]:
    """For each period of a sheet the columns behind the marks `{0}` to `{4}`."""
    years = layout.sheets[YEARS].first
    return [
        (
            letter(sheet.first + i),
            letter(sheet.opening + i),
            letter(layout.inputs.period("year", i)),
            letter(layout.inputs.period("month", i)),
            letter(years + i),
        )
        for i in range(len(sheet.periods))
    ]


@dataclass(frozen=True)
class Place:
    """Where a formula stands, and for which members and option it reads.

    Attributes
    ----------
    kind
        The kind of sheet the formula stands on.
    option
        The option whose values are read; `home` is the one whose sheet the formula stands on.
    members
        The member of each dimension of the row, and of what `at` has chosen.
    span
        The dimensions being added up inside a `total`, time among them.
    combinations
        The combinations of the spanned row dimensions, in order.
    row, row_members
        The row the formula stands in, and the members its dimension columns name.
    names
        Within a sum, a line whose rows, from the first to the last, name the combinations added up: what does
        not lie beside them is looked up by these names.
    beyond
        Within a sum, the dimensions that one factor alone varies by: all its cells along them are added up.
    all_rows
        Whether `names` are rows of their line side by side, among them others than those to be added up.
    whole
        The formula, where it is read for the row's own members: what it reads through arithmetic alone makes
        it an error if it is one, whatever else the formula holds.
    """

    layout: Layout
    kind: str
    option: str
    home: str
    members: Mapping[str, str]
    row: int
    row_members: Mapping[str, str] = field(default_factory=dict)
    span: tuple[str, ...] = ()
    combinations: tuple[Mapping[str, str], ...] = ()
    names: tuple[Line, int, int] | None = None
    beyond: tuple[str, ...] = ()
    all_rows: bool = False
    whole: Term | None = None

    @classmethod
    def of_row(cls, layout: Layout, line: Line, option: str, members: Sequence[str], row: int) -> Place:
        """Where the formula of a line stands for the members of one of its rows, on an option's own sheet."""
        named = dict(zip(without_time(line.over), members, strict=True))
        return cls(layout, layout.sheet_of[line], option, option, named, row, named)

    def choosing(self, **members: str) -> Place:
        """The same place with some members chosen."""
        return replace(self, members={**self.members, **members}, whole=None)

    def reading(self, option: str) -> Place:
        """The same place reading another option."""
        return replace(self, option=option, whole=None)

    def beside_the_span(self) -> Place:
        """The same place outside of the sum: what does not vary by what is added up has one value."""
        return replace(self, span=(), combinations=(), names=None, beyond=(), all_rows=False)

    @property
    def sheet(self) -> CalculationSheet:
        """The columns of the sheet the formula stands on."""
        return self.layout.sheets[self.kind]


def prefix(place: Place, kind: str, line: Line | None = None) -> str:
    """The sheet name and `!` where a calculation sheet is not the formula's own.

    It is the sheet that holds a line for the option read; without a line the option's own, for its header.
    """
    holder = place.option if line is None else place.layout.holder(line, place.option)
    if kind == place.kind and holder == place.home:
        return ""
    return f"'{place.layout.sheet_name(kind, holder)}'!"


def rows_of(named: Named, place: Place) -> Block:
    """The rows of a line or of an input for the option read."""
    layout = place.layout
    if isinstance(named, Line):
        return layout.sheets[layout.sheet_of[named]].blocks[named]
    if isinstance(named, Input):
        return layout.inputs.block(named, place.option)
    raise LayoutError(f"{named!r} has no rows")


def row_for(named: Named, place: Place, members: Mapping[str, str]) -> int | None:
    """The row for some members; None where the combination does not exist."""
    key = tuple(members[dimension] for dimension in without_time(named.over))
    return rows_of(named, place).rows.get(key)


def aligned_rows(named: Named, place: Place) -> tuple[int, int] | None:
    """The first and last row over the spanned combinations, if they are one after the other."""
    found, chosen, dimensions = rows_of(named, place).rows, place.members, without_time(named.over)
    rows = [found.get(tuple(c[d] if d in c else chosen[d] for d in dimensions)) for c in place.combinations]
    if not rows or rows[0] is None:
        return None
    if any(row != rows[0] + i for i, row in enumerate(rows)):
        return None
    return rows[0], rows[0] + len(rows) - 1


def columns_of(named: Named, place: Place) -> tuple[str, str] | str:
    """The column a term is read in: letters for a range of periods, or one column."""
    layout = place.layout
    axis = time_of(named.over)
    if isinstance(named, Line):
        sheet = layout.sheets[layout.sheet_of[named]]
        if axis is None:
            return f"${letter(sheet.total)}"
        if axis in place.span:
            return f"${letter(sheet.first)}", f"${letter(sheet.last)}"
        if sheet.kind == YEARS and place.kind == STATEMENTS:
            return SAME_YEAR
        if sheet.kind != place.kind:
            raise LayoutError(f"{named.key} runs by {axis}; a {place.kind} line must add it up")
        return OWN
    assert isinstance(named, Input)
    if axis is None:
        return f"${letter(layout.inputs.use_column(named, place.option))}"
    if axis in place.span:
        last = len(layout.problem.frame.ids(axis)) - 1
        first, end = layout.inputs.period(axis), layout.inputs.period(axis, last)
        return f"${letter(first)}", f"${letter(end)}"
    return INPUT_COLUMN[axis]


def sheet_prefix(named: Named, place: Place) -> str:
    """A sheet of inputs, another calculation sheet, or nothing."""
    if isinstance(named, Input):
        return place.layout.inputs.prefix(named)
    assert isinstance(named, Line)
    return prefix(place, place.layout.sheet_of[named], named)


def cell(named: Named, place: Place) -> str:
    """The reference to a term where nothing is spanned, or 0 where there is no such row."""
    row = row_for(named, place, place.members)
    if row is None:
        return "0"
    return block(named, place, (row, row))


def spanned(named: Named, place: Place) -> str | None:
    """The range of a term over the spanned dimensions; None where its rows do not line up."""
    if any(d in place.beyond for d in named.over):
        return looked_up(named, place)
    if not any(d in place.span for d in without_time(named.over)):
        return cell(named, place)
    if place.all_rows:
        assert place.names is not None
        line, first, last = place.names
        if lies_alike(named, line, place):  # thousands of rows looked up among as many are slow
            apart = rows_of(named, place).first - rows_of(line, place).first
            return block(named, place, (first + apart, last + apart))
        return looked_up(named, place)
    rows = aligned_rows(named, place) if spans_all(named, place) else None
    return looked_up(named, place) if rows is None else block(named, place, rows)


def spans_all(named: Named, place: Place) -> bool:
    """Whether a term varies by every row dimension that is added up."""
    return all(d in named.over for d in without_time(place.span))


def lies_alike(named: Named, line: Line, place: Place) -> bool:
    """Whether a term has the same members as a line in row after row, from the first to the last."""
    if without_time(named.over) != without_time(line.over):
        return False
    own, other = rows_of(named, place), rows_of(line, place)
    return [(key, row - own.first) for key, row in own.rows.items()] == [
        (key, row - other.first) for key, row in other.rows.items()
    ]


def looked_up(named: Named, place: Place) -> str | None:
    """A term for each combination added up, found by its members; None where it cannot be looked up.

    The rows of `place.names` name the members. What has no row is found nowhere, which counts as 0.
    """
    over = without_time(named.over)
    if time_of(place.span):
        return None
    within = [d for d in over if d in place.span and d not in place.beyond]
    if place.names is None and within:
        return None
    rows = rows_of(named, place)
    if not rows.rows:
        return None
    if isinstance(named, Line) and len(within) == 1 and not any(d in place.beyond for d in over):
        alone = replace(place, combinations=existing(place, within, named.over))
        lines = aligned_rows(named, alone)
        if lines is not None:  # by the members of the one dimension alone
            own, wanted = members_column(named, place, within[0], lines), _names(place, within[0])
            return f"SUMIF({own},{wanted},{block(named, place, lines)})"
    parts = [
        "*"
        if d in place.beyond
        else f'"&{_names(place, d)}&"'
        if d in within
        else f'"&{own_member(place, d)}&"'
        if len(place.members[d]) > _SHORT and names_itself(place, d)
        else place.members[d]
        for d in over
    ]
    every = (rows.first, rows.last)
    if place.all_rows:  # looked up for hundreds of rows
        every = rows_matching(named, place, [d for d in over if d not in within and d not in place.beyond])
    key = named.key
    if isinstance(named, Input) and time_of(named.over):  # rows of an option's own are named after it
        touched = place.option in place.layout.inputs.touching(named)
        key = f"{place.option}:{key}" if touched else key
    wanted = f'"{key}[{",".join(parts)}]"'.replace('&""&', "&")
    return f"SUMIF({block(named, place, every, '$A')},{wanted},{block(named, place, every)})"


def rows_matching(named: Named, place: Place, dimensions: Sequence[str]) -> tuple[int, int]:
    """The first and last of the rows that have the place's members of some dimensions.

    What is looked up there is looked for among as few rows as may hold it. It is all rows where these are
    hardly more: the rows of a line then say the same.
    """
    rows, over = rows_of(named, place), without_time(named.over)
    wanted = [(over.index(d), place.members[d]) for d in dimensions]
    found = [row for key, row in rows.rows.items() if all(key[i] == member for i, member in wanted)]
    few = found and _FEWER * (max(found) - min(found) + 1) <= rows.last - rows.first + 1
    return (min(found), max(found)) if few else (rows.first, rows.last)


def names_itself(place: Place, dimension: str) -> bool:
    """Whether the row's own column names the member that is read."""
    return place.row_members.get(dimension) == place.members[dimension]


def own_member(place: Place, dimension: str) -> str:
    """The cell in which the row names its member of a dimension."""
    return f"${letter(place.sheet.dimension_column(dimension))}{place.row}"


def _names(place: Place, dimension: str) -> str:
    """The members of a dimension that the rows of `place.names` name."""
    assert place.names is not None
    line, *rows = place.names
    return members_column(line, place, dimension, (rows[0], rows[1]))


def block(named: Named, place: Place, rows: tuple[int, int], column: str = "") -> str:
    """A range of rows in a column, by default in the column or columns that are read."""
    columns = column or columns_of(named, place)
    left, right = columns if isinstance(columns, tuple) else (columns, columns)
    start = sheet_prefix(named, place)
    if rows[0] == rows[1] and left == right:
        return f"{start}{left}{rows[0]}"
    return f"{start}{left}{rows[0]}:{right}{rows[1]}"


def whole_row(named: Named, place: Place) -> str | None:
    """A term's periods from first to last, for the members chosen; None without such a row."""
    axis = time_of(named.over)
    assert axis is not None
    row = row_for(named, place, place.members)
    if row is None:
        return None
    columns = columns_of(named, replace(place, span=(axis,)))
    assert isinstance(columns, tuple)
    return f"{sheet_prefix(named, place)}{columns[0]}{row}:{columns[1]}{row}"


def period_numbers(place: Place, kind: str, row: int) -> str:
    """The header row of period numbers on a calculation sheet of the option's own."""
    sheet = place.layout.sheets[kind]
    start = prefix(place, kind)
    return f"{start}${letter(sheet.first)}${row}:${letter(sheet.last)}${row}"


def members_column(line: Line, place: Place, dimension: str, rows: tuple[int, int] | None = None) -> str:
    """The column in which a line's rows, by default all, name their member of a dimension."""
    sheet = place.layout.sheets[place.layout.sheet_of[line]]
    first, last = rows or (sheet.blocks[line].first, sheet.blocks[line].last)
    column = letter(sheet.dimension_column(dimension))
    return f"{prefix(place, sheet.kind, line)}${column}{first}:${column}{last}"


def existing(place: Place, over: Sequence[str], within: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """The combinations over some dimensions that exist with the members already chosen.

    Only the dimensions `within` which the term varies count, as in the numbers reading.
    """
    frame = place.layout.problem.frame
    rows = without_time(over)
    fixed = {d: m for d, m in place.members.items() if d in within and d not in rows}
    return tuple({d: c[d] for d in rows} for c in frame.combinations(rows, fixed))
