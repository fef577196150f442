"""Which members of two dimensions go together: given in case.yaml, by a table, or through a third."""

from __future__ import annotations

from casebuilder.algebra.dimensions import TIME, Frame
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.paths import table_path
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.strangers import Strangers
from casebuilder.inputs.files.tables import read_table
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.gaps import Gaps, known_member

Pair = tuple[str, str]
Pairs = dict[Pair, frozenset[Pair]]


def read_pairs(entry: Node | None, frame: Frame, files: Files) -> Pairs:
    """The pairs that exist, each in the order of the dimensions; those through a third come last."""
    pairs: Pairs = {}
    through: list[tuple[Node, Pair]] = []
    for item in entry.items if entry else []:
        over = _dimensions(item, pairs, frame, files)
        ways = [way for way in ("members", "table", "through") if item.get(way) is not None]
        if over is None:
            continue
        if len(ways) != 1:
            files.faults.append(item.place.fault("give one of members, table and through"))
        elif ways == ["through"]:
            through.append((item, over))
        else:
            listed_here = ways == ["members"]
            before = len(files.faults)
            found = (_listed_pairs if listed_here else _table_pairs)(item, over, frame, files)
            _add(pairs, over, found, frame)
            # A member that is written wrongly is not missing as well.
            if found is not None and len(files.faults) == before:
                Gaps(item, over, found, frame, files).tell()
    for item, over in [] if files.shapeless else through:
        _add(pairs, over, _pairs_through(item, over, pairs, files), frame)
    return pairs


def _add(pairs: Pairs, over: Pair, found: set[Pair] | None, frame: Frame) -> None:
    """Keep pairs under their dimensions in order."""
    if found is None:
        return
    if frame.in_order(over) != over:
        pairs[over[1], over[0]] = frozenset((b, a) for a, b in found)
    else:
        pairs[over] = frozenset(found)


def _dimensions(item: Node, pairs: Pairs, frame: Frame, files: Files) -> Pair | None:
    """The two dimensions of an entry; None, with a fault, where they will not do."""
    over = item.get("over")
    names = [name.text or "" for name in over.items] if over else []
    if over is None or len(names) != 2:
        return None
    for name, node in zip(names, over.items, strict=True):
        if name not in frame.dimensions or name in TIME:
            files.faults.append(
                node.place.fault(f"'{name}' is no dimension of pairs{nearest(name, frame.dimensions)}")
            )
            return None
        if not frame.ids(name):
            files.faults.append(node.place.fault(f"the case gives no members for {name}"))
            return None
    first, second = names
    if first == second or (first, second) in pairs or (second, first) in pairs:
        files.faults.append(over.place.fault(f"the pairs of {first} and {second} are already given"))
        return None
    return first, second


def _listed_pairs(item: Node, over: Pair, frame: Frame, files: Files) -> set[Pair]:
    """Pairs as a mapping from each member of the first to a list of the second."""
    found: set[Pair] = set()
    members = item.get("members")
    for first, others in (members.mapping if members else {}).items():
        place = members.key_place(first) if members else item.place
        if not known_member(over[0], first, place, frame, files):
            continue
        for other in others.items:
            second = other.text or ""
            if known_member(over[1], second, other.place, frame, files):
                if (first, second) in found:
                    files.faults.append(other.place.fault(f"'{second}' is listed twice for {first}"))
                found.add((first, second))
    return found


def _table_pairs(item: Node, over: Pair, frame: Frame, files: Files) -> set[Pair] | None:
    """Pairs as the rows of a table."""
    name = item.get("table")
    path = table_path(name, files.folder, files) if name else None
    before = len(files.faults)
    table = read_table(path, files.shown(path), over, files.faults) if path else None
    # A row that cannot be read may hold a pair that values are set against.
    files.shapeless = files.shapeless or table is None or len(files.faults) > before
    if table is None:
        return None
    found: set[Pair] = set()
    strangers = Strangers(frame)
    for row in table.rows:
        unknown = [place for place, name in enumerate(over) if row.cells[place] not in frame.positions[name]]
        for place in unknown[:1]:
            strangers.meet(over[place], row.cells[place], row.place(place))
        if not unknown:
            found.add((row.cells[0], row.cells[1]))
            files.named.update(zip(over, row.cells, strict=True))
    strangers.tell(files.faults)
    return found


def _pairs_through(item: Node, over: Pair, pairs: Pairs, files: Files) -> set[Pair] | None:
    """Pairs that share a member of a third dimension."""
    node = item.get("through")
    third = (node.text or "") if node else ""
    place = node.place if node else item.place
    sides: list[set[Pair]] = []
    for name in over:
        if (name, third) in pairs:
            sides.append(set(pairs[name, third]))
        elif (third, name) in pairs:
            sides.append({(b, a) for a, b in pairs[third, name]})
        else:
            files.faults.append(place.fault(f"no pairs of {name} and {third} are given to go through"))
    if len(sides) < 2:
        return None
    left, right = sides
    return {(a, b) for a, link in left for b, other in right if link == other}
