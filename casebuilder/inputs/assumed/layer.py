"""One block of one file read against the input it is for: dimensions, unit, source, values, ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from casebuilder.algebra.dimensions import Frame, time_of
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.amounts import is_range, read_amount, takes_range
from casebuilder.inputs.assumed.apart import read_apart
from casebuilder.inputs.assumed.blocks import Block
from casebuilder.inputs.assumed.kept_layers import KeptLayers
from casebuilder.inputs.assumed.marks import marked, read_marks
from casebuilder.inputs.assumed.overlay import Overlay
from casebuilder.inputs.assumed.typed import as_word
from casebuilder.inputs.assumed.uncertain.ranges import RangeReader
from casebuilder.inputs.files.habits import shortened
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.once import once_a_kind
from casebuilder.inputs.files.paths import table_path
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import Word, listed, nearest
from casebuilder.inputs.files.tables import read_table
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.dropped import OffAxis
from casebuilder.inputs.shape.sources import check_source
from casebuilder.inputs.shape.spread import Missing, Spread
from casebuilder.inputs.values import STATES, UNVERIFIED, Members, Origin, Source, Value
from casebuilder.units import UnknownUnitError, parse_unit

REAL = "GBP_real"
# What somebody has to vouch for.
_VOUCHED = ("published", "local")
_STATES = "published, local or chosen"
_WANTED = {
    "source": ": write source: and the id of what vouches for it in sources.yaml, as source: L1",
    "state": f": write state: and one of {', '.join(STATES)}",
}
_SHORTENED = "'{}' is a number that Excel has shortened, so that digits are lost: format the column as Number"


@dataclass(frozen=True)
class Layer:
    """What a block gives: values, origin (and that of some apart), the year of its prices, what it lacks."""

    values: dict[Members, Value]
    origin: Origin
    prices_of: str
    missing: tuple[Missing, ...]
    flawed: bool
    apart: Mapping[Members, Origin]


class LayerReader:
    """Reads blocks against one case's members and registers."""

    def __init__(self, frame: Frame, base_year: str, register: dict[str, Source], files: Files) -> None:
        """Keep what every block is read against."""
        self._frame = frame
        self._base_year = base_year
        self._register = register
        self._files = files
        self._faults = files.faults
        self._ranged = RangeReader(files)
        self._kept = KeptLayers(frame, base_year, register, files)

    def read(
        self, block: Block, declared: Input, below: Overlay | None = None, option: str | None = None
    ) -> Layer | None:
        """A block's values; None where they cannot be read.

        Parameters
        ----------
        block
            What the file gives.
        declared
            The input it is for.
        below
            What holds so far, where the block lies over something: it may then leave out the
            unit, the dimensions, the source, the state and some of the values.
        option
            The option whose file this is.
        """
        alone = below is None and block.given.apart is None
        table = self._kept.contents(block) if alone and block.given.table is not None else ("", b"")
        if not alone or table is None:
            return self._read(block, declared, below, option, self._files.named)
        return self._kept.get(
            block, declared, table, lambda named: self._read(block, declared, below, option, named)
        )

    def _read(
        self,
        block: Block,
        declared: Input,
        below: Overlay | None,
        option: str | None,
        named: set[tuple[str, str]],
    ) -> Layer | None:
        """A block's values; the members that it names are put in `named`."""
        before = len(self._faults)
        over = self._check_over(block, declared, below is not None)
        self._check_unit(block, declared, below is not None)
        origin = self._origin(block, below.origin if below else None, declared)
        if over is None:
            return None
        # Without one of these what lacks is a fault, told elsewhere.
        fills = block.given.hold or declared.optional is not None or below is not None
        off = OffAxis(_is_flow(declared), self._faults, self._files.warnings, fills, self._until(block, over))
        spread = Spread(
            self._frame, over, block.given.hold, block.lenient, self._faults, off=off, named=named
        )
        leaves = self._leaves(block, spread)
        if leaves is None:
            return None
        ranges = self._ranges(block, over) if takes_range(declared) else {}
        leaves = _ordered(leaves, over, declared)
        values = self._values(block, declared, leaves, ranges, below)
        rows = {members: said for members, node in leaves.items() if (said := spread.to_do.get(node))}
        marks = read_marks(block, declared, over, leaves, self._frame, self._faults)
        values = marked(values, marks, rows)
        apart = read_apart(
            block, declared, values, origin, self._frame, self._register, self._faults, self._files.warnings
        )
        rest = {members: value for members, value in values.items() if members not in apart}
        self._check_ranges(block, declared, origin, rest)
        if below is not None:
            self._tell_unvouched(block, declared, rest, below, option)
        elif apart and rest and not block.flawed:
            for name in ("source", "state"):
                if block.node.get(name) is None:
                    what = f"'{name}' is missing: apart does not speak for {listed(map(','.join, rest))}"
                    self._faults.append(block.place.fault(f"{block.key}: {what}"))
        prices = self._prices_of(block, declared, below, option is None, spread.missing)
        flawed = block.flawed or len(self._faults) > before
        return Layer(values, origin, prices, tuple(spread.missing), flawed, apart)

    def _check_over(self, block: Block, declared: Input, layered: bool) -> tuple[str, ...] | None:
        """The dimensions in the block's own order; None where they are not the input's."""
        given = block.given.over
        want = f"[{', '.join(declared.over)}]"
        if given is None:
            if not declared.over or layered:
                return declared.over
            if not block.flawed:
                self._faults.append(block.place.fault(f"{block.key}: 'over' is missing: write over: {want}"))
            return None
        node = block.node.get("over")
        for item in node.items if node else []:
            name = item.text or ""
            if name not in self._frame.dimensions:
                message = f"'{name}' is no dimension{nearest(name, self._frame.dimensions)}"
                self._faults.append(item.place.fault(message))
                return None
        if sorted(given) != sorted(declared.over):
            place = node.place if node else block.place
            right = f"runs over {want}" if declared.over else "is a single value"
            self._faults.append(place.fault(f"{block.key} {right}, not over [{', '.join(given)}]"))
            return None
        return tuple(given)

    def _check_unit(self, block: Block, declared: Input, layered: bool) -> None:
        """The unit is the input's, however it is spelt."""
        given = block.given.unit
        if given is None:
            if not layered and not block.flawed:
                message = f"{block.key}: 'unit' is missing: write unit: {declared.unit}"
                self._faults.append(block.place.fault(message))
            return
        node = block.node.get("unit")
        place = node.place if node else block.place
        try:
            same = parse_unit(given) == parse_unit(declared.unit)
        except UnknownUnitError as error:
            hint = f"; the input is in {declared.unit}"
            self._faults.append(place.fault(f"{block.key}: {error}{hint}"))
            return
        if not same:
            self._faults.append(place.fault(f"{block.key} is in {declared.unit}, not in {given}"))

    def _origin(self, block: Block, lower: Origin | None, declared: Input) -> Origin:
        """Where the block stands and what vouches for it; faults for what it does not say."""
        given = block.given
        # A value laid over another has no source or state but its own: those of the other are the other's.
        source = given.source or ""
        state = given.state or (UNVERIFIED if lower or given.apart else "")
        if lower and not source and state in _VOUCHED:
            state = UNVERIFIED
        for name, value in (("source", given.source), ("state", given.state)):
            if value is None and lower is None and not block.flawed and given.apart is None:
                self._faults.append(block.place.fault(f"{block.key}: '{name}' is missing{_WANTED[name]}"))
        node = block.node.get("source")
        if node is not None and given.source is not None:
            check_source(given.source, node.place, self._register, self._faults)
        shape = given.shape or (lower.shape if lower else "pert")
        place = block.place
        file = self._files.short(place.file)
        return Origin(file, place.line, place.column, source, state, given.note, shape, given.of or "")

    def _until(self, block: Block, over: tuple[str, ...]) -> tuple[str, Place] | None:
        """The last period that a table says it gives, with its place; a fault where none runs over time."""
        if block.given.until is None:
            return None
        if block.given.table is None or time_of(over) is None:
            message = f"{block.key}: until: goes with a table over time, and says what its last row is for"
            self._faults.append(block.at("until").fault(message))
            return None
        return block.given.until, block.at("until")

    def _leaves(self, block: Block, spread: Spread) -> dict[Members, Node] | None:
        """The node of each combination's value, in the block's order of dimensions."""
        value, values, table = (block.node.get(key) for key in ("value", "values", "table"))
        if value is not None:
            if isinstance(value.value, list | dict):
                message = f"{block.key}: a mapping from {listed(spread.over)} stands under values:"
                one = value.items[0].text if len(value.items) == 1 else None
                alone = "one value is expected here" + (f": write {one} without the brackets" if one else "")
                self._faults.append(value.place.fault(message if spread.over and one is None else alone))
                return None
            return dict.fromkeys(spread.combinations(), value)
        if values is not None:
            if not spread.over:
                self._faults.append(block.at("values").fault(f"{block.key} is a single value: write value:"))
                return None
            return spread.nested(values, block.at("values"), lambda node: not isinstance(node.value, dict))
        if table is not None and table.text is None:
            self._faults.append(block.at("table").fault(f"{block.key}: no file is given under table:"))
            return None
        path = table_path(table, block.root, self._files) if table else None
        if path is None:
            return None
        read = read_table(path, self._files.shown(path), (*spread.over, block.column), self._faults)
        return None if read is None else spread.table(read)

    def _ranges(self, block: Block, over: tuple[str, ...]) -> dict[Members, Node]:
        """The node of each combination's range, where one is given."""
        node = block.node.get("range")
        if node is None or node.value is None:
            return {}
        spread = Spread(self._frame, over, block.given.hold, block.lenient, self._faults)
        return spread.nested(node, block.at("range"), is_range)

    def _values(
        self,
        block: Block,
        declared: Input,
        leaves: Mapping[Members, Node],
        ranges: Mapping[Members, Node],
        below: Overlay | None,
    ) -> dict[Members, Value]:
        """The checked value and range of each combination; a leaf that serves many is read once."""
        over = tuple(block.given.over or declared.over)
        own = _ordered(ranges, over, declared)
        amounts: dict[int, float | str | None] = {}
        ranged: dict[tuple[int, int], Value | None] = {}
        bad: set[int] = set()
        wrong: list[Fault] = []
        table = block.node.get("table") is not None
        found: dict[Members, Value] = {}
        for members, node in leaves.items():
            if id(node) not in amounts:
                told: list[Fault] = []
                if table and node.text is not None and shortened(node.text):
                    message = f"{_name(declared, members)}: {_SHORTENED.format(node.text)}"
                    told.append(node.place.fault(message))
                if table and isinstance(node.value, Word):
                    node.value = as_word(node.value, declared)
                amounts[id(node)] = read_amount(
                    declared, node, _name(declared, members), told, _usual(below, members)
                )
                wrong += told
            amount = amounts[id(node)]
            if amount is None:
                continue
            limit = own.get(members)
            if limit is None:
                lower = below.base.get(members) if below else None
                found[members] = self._ranged.inherited(block, lower, amount, node.place)
                continue
            pair = (id(node), id(limit))
            if pair not in ranged and id(limit) not in bad:
                name = _name(declared, members)
                ranged[pair] = self._ranged.read(block, declared, limit, amount, name, below)
            if ranged.get(pair) is None:
                # A range at fault is shown once, and counts as given so that it is not missed as well.
                bad.add(id(limit))
            found[members] = replace(ranged.get(pair) or Value(amount, 0.0, 0.0), place=node.place)
        self._faults += once_a_kind(wrong) if table else wrong
        return found

    def _check_ranges(
        self, block: Block, declared: Input, origin: Origin, values: Mapping[Members, Value]
    ) -> None:
        """What nobody has verified needs a range; a word and a yes or no cannot have one."""
        given = block.node.get("range") is not None
        if not takes_range(declared):
            if given:
                self._faults.append(block.at("range").fault(f"{declared.key} takes no range"))
            return
        said = block.given.state == UNVERIFIED or (not block.given.state and given)
        if origin.state != UNVERIFIED or not said or block.flawed:
            return
        bare = [members for members, value in values.items() if value.low is None]
        if not bare:
            return
        where = f" for {listed(','.join(members) for members in bare)}" if given and declared.over else ""
        message = f"{declared.key}: an unverified value needs a range{where}: write range: [LOW, HIGH]"
        self._faults.append(block.at("range").fault(message))

    def _tell_unvouched(
        self,
        block: Block,
        declared: Input,
        values: Mapping[Members, Value],
        below: Overlay,
        option: str | None,
    ) -> None:
        """A warning where values change and bring no source, or none of the states."""
        given = block.given
        if given.source and given.state is None and values:
            what = f"{declared.key}: a source and no state: it counts as unverified; write state: {_STATES}"
            self._files.warnings.append(block.place.fault(what))
        now = {**below.base, **below.options.get(option or "", {})}
        changed = [m for m, value in values.items() if m in now and now[m].amount != value.amount]
        if not changed or given.source or given.state not in (None, UNVERIFIED, *_VOUCHED):
            return
        bare = takes_range(declared) and any(values[members].low is None for members in changed)
        cure = "give it source and state" + (", and a range where it is uncertain" if bare else "")
        what = f"{declared.key}: a value of the case without a source: it counts as unverified; {cure}"
        self._files.warnings.append(block.place.fault(what))

    def _prices_of(
        self, block: Block, declared: Input, below: Overlay | None, base: bool, missing: list[Missing]
    ) -> str:
        """The year of the prices quoted; empty for those of the base year."""
        year = block.given.prices_of
        lower = below.prices_of if below else ""
        place = block.at("prices_of")
        if year is not None:
            if not parse_unit(declared.unit).of(REAL):
                self._faults.append(place.fault(f"prices_of goes with {REAL} only: {declared.unit}"))
                return lower
            known = self._frame.ids("price_year")
            if year not in known:
                span = f", which run from {known[0]} to {known[-1]}" if known else ""
                message = f"prices_of {year} is not among the years of the price indices{span}"
                self._faults.append(place.fault(message))
                return lower
        quoted = "" if year in (None, self._base_year) else str(year)
        if below is None:
            return quoted
        if base and not missing and block.given.unit is not None:
            # A block with its unit and every value stands by itself.
            return quoted
        if year is not None and quoted != lower:
            there = lower or f"{self._base_year}, the base year"
            message = f"prices_of {year}: the values it lies over are in prices of {there}"
            if missing and block.given.unit is not None:
                lacking = "; ".join(str(one) for one in missing)
                message = (
                    f"prices_of {year}: {block.key} has no value for {lacking}, which would stay in prices "
                    f"of {there}, and one input has prices of one year: give these values too, or give those "
                    f"you have in prices of {there}"
                )
            elif base:
                message += f": give unit: and every value, or write the prices of {there}"
            self._faults.append(place.fault(message))
        return lower


def _ordered(found: Mapping[Members, Node], over: tuple[str, ...], declared: Input) -> dict[Members, Node]:
    """The same by the input's own order of dimensions."""
    if over == declared.over:
        return dict(found)
    order = [over.index(dimension) for dimension in declared.over]
    return {tuple(members[i] for i in order): node for members, node in found.items()}


def _usual(below: Overlay | None, members: Members) -> float | str | None:
    """What holds so far."""
    value = below.base.get(members) if below else None
    return value.amount if value else None


def _is_flow(declared: Input) -> bool:
    """Whether an input gives a part or a sum of money for each period of its axis, as a profile does."""
    axis = time_of(declared.over)
    if axis is None:
        return False
    powers = dict(parse_unit(declared.unit).powers)
    per = powers.pop("month" if axis == "month" else "year", 0)
    return per == -1 and all(atom.startswith("GBP") for atom in powers)


def _name(declared: Input, members: Members) -> str:
    """The key as `--set` takes it: `equipment.unit_price[ct]`."""
    return f"{declared.key}[{','.join(members)}]" if members else declared.key
