"""uncertainty.yaml, and `draw:` and `driver:` of blocks: what of a case is drawn together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casebuilder.errors import Fault
from casebuilder.inputs.assumed.blocks import Block, Blocks
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import MEMBER_ID, nearest
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.schema import UncertaintyFile, check
from casebuilder.inputs.shape.sources import check_source
from casebuilder.inputs.values import CHOSEN, Correlation, InputValues, Source, Uncertainty

UNCERTAINTY = "uncertainty.yaml"
EACH, AGAINST = "each", "-"


@dataclass
class _Said:
    """Which input follows which driver, with the place that says so; and what is drawn member by member."""

    drivers: dict[str, tuple[str, int]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    each: dict[str, Place] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)


def read_uncertainty(
    files: Files,
    register: Mapping[str, Source],
    layers: Iterable[Blocks],
    options: Mapping[str, Blocks],
    scenarios: Iterable[Blocks],
    values: Mapping[str, InputValues],
) -> Uncertainty:
    """What goes together; what is wrong is noted in `files`.

    Parameters
    ----------
    files
        The case's files, which take the faults.
    register
        The sources that it may cite.
    layers
        The blocks of the reference set, then those of the case.
    options, scenarios
        The blocks of options and of scenarios, which say nothing of draws.
    values
        The inputs of the case.
    """
    said = _Said()
    for blocks in layers:
        for block in blocks.by_key.values():
            if block.key in values:
                _of_block(block, said, files)
    for what, laid in (("options", options.values()), ("scenarios", scenarios)):
        for blocks in laid:
            files.faults.extend(_say_nothing_of_draws(blocks, what))
    path = files.folder / UNCERTAINTY
    node = files.load(path) if path.is_file() else None
    given = check(UncertaintyFile, node, node.place, files.faults) if node else None
    named: set[str] = set()
    if node is not None and given is not None:
        named = _of_file(node, said, register, values, files)
    _check_drivers(said, named, files)
    correlations: tuple[Correlation, ...] = ()
    if node is not None and given is not None:
        correlations = tuple(_correlations(node, said, register, values, files))
    return Uncertainty(said.drivers, frozenset(said.each), frozenset(said.whole), correlations)


def _say_nothing_of_draws(blocks: Blocks, laid: str) -> Iterator[Fault]:
    """Faults of `draw:` and `driver:` in what is laid over a case, where they would do nothing."""
    for block in blocks.by_key.values():
        for key in ("draw", "driver"):
            if block.node.get(key) is not None:
                what = f"{block.key}: {key}: is the same in all {laid}: give it in the case"
                yield block.at(key).fault(what)


def _of_block(block: Block, said: _Said, files: Files) -> None:
    """What one block says; a later layer holds over an earlier one."""
    given = block.given
    if given.draw == EACH:
        said.each[block.key] = block.at("draw")
        said.whole.discard(block.key)
    elif given.draw is not None:
        said.each.pop(block.key, None)
        said.whole.add(block.key)
    if given.driver is not None:
        name, sign = _signed(given.driver)
        if not re.fullmatch(MEMBER_ID, name):
            what = f"'{name}' is no name of a driver: lower case letters, digits and _"
            files.faults.append(block.at("driver").fault(what))
            return
        said.drivers[block.key], said.places[block.key] = (name, sign), block.at("driver")
    if block.key in said.each and block.key in said.drivers:
        what = f"{block.key}: members drawn each for itself follow no driver: take draw: or driver: out"
        files.faults.append(block.at("driver" if given.driver else "draw").fault(what))


def _of_file(
    node: Node,
    said: _Said,
    register: Mapping[str, Source],
    values: Mapping[str, InputValues],
    files: Files,
) -> set[str]:
    """The drivers that the file names, and the inputs that it puts to them."""
    drivers = node.get("drivers")
    for name, entry in (drivers.mapping if drivers else {}).items():
        assert drivers is not None
        if not re.fullmatch(MEMBER_ID, name):
            what = f"'{name}' is no name of a driver: lower case letters, digits and _"
            files.faults.append(drivers.key_place(name).fault(what))
        _cite(entry, register, files)
        inputs = entry.get("inputs")
        for item in inputs.items if inputs else []:
            key, sign = _signed(item.text or "")
            if key not in values:
                files.faults.append(item.place.fault(f"'{key}' is no input{nearest(key, values)}"))
            elif key in said.drivers and said.drivers[key] != (name, sign):
                what = f"{key} follows {said.drivers[key][0]} already: one input follows one driver"
                files.faults.append(item.place.fault(what))
            elif key in said.each:
                what = f"{key}: members drawn each for itself follow no driver"
                files.faults.append(item.place.fault(what))
            else:
                said.drivers[key], said.places[key] = (name, sign), item.place
    return set(drivers.mapping) if drivers else set()


def _check_drivers(said: _Said, named: set[str], files: Files) -> None:
    """A driver that no file names and one input alone follows was misspelt."""
    followers: dict[str, list[str]] = {}
    for key, (name, _) in said.drivers.items():
        followers.setdefault(name, []).append(key)
    for name, keys in followers.items():
        if len(keys) == 1 and name not in named:
            others = [other for other in {*followers, *named} if other != name]
            hint = nearest(name, others) or f": name it under drivers: in {UNCERTAINTY}, or in another block"
            what = f"{keys[0]} alone follows '{name}'{hint}"
            files.faults.append(said.places[keys[0]].fault(what))


def _correlations(
    node: Node,
    said: _Said,
    register: Mapping[str, Source],
    values: Mapping[str, InputValues],
    files: Files,
) -> Iterable[Correlation]:
    """The correlations of the file whose both sides can be drawn."""
    entry, drivers = node.get("correlations"), {name for name, _ in said.drivers.values()}
    seen: dict[frozenset[str], Place] = {}
    for item in entry.items if entry else []:
        _cite(item, register, files)
        between, rank = item.get("between"), item.get("rank")
        names = between.items if between else []
        good = len(names) == 2 and rank is not None
        for name in names:
            good = _may_be_named(name, said, drivers, values, files) and good
        if not good or between is None or rank is None:
            continue
        a, b = (name.text or "" for name in names)
        number = rank.scalar
        sides = frozenset(_variable(name, said) for name in (a, b))
        if len(sides) == 1:
            what = f"{a} and {b} are drawn by one score already: a correlation is of two"
            files.faults.append(between.place.fault(what))
        elif sides in seen:
            what = f"the correlation of {a} and {b} is given twice: first in line {seen[sides].line}"
            files.faults.append(between.place.fault(what))
        elif isinstance(number, int | float):
            seen[sides] = between.place
            texts = {key: (child.text or "") for key in ("source", "note") if (child := item.get(key))}
            yield Correlation(a, b, float(number), texts.get("source", ""), texts.get("note", ""))


def _may_be_named(
    node: Node, said: _Said, drivers: set[str], values: Mapping[str, InputValues], files: Files
) -> bool:
    """Whether a side of a correlation is a driver, or an input that is drawn as a whole."""
    name = node.text or ""
    if name in said.each:
        what = f"{name}: its members are drawn each for itself, and have no correlation as a whole"
        files.faults.append(node.place.fault(what))
        return False
    if name in drivers:
        return True
    if name not in values:
        known = [*drivers, *values]
        files.faults.append(node.place.fault(f"'{name}' is no input and no driver{nearest(name, known)}"))
        return False
    if not _is_drawn(values[name], name in said.whole or name in said.drivers):
        why = "has no range, or is a decision (state: chosen; draw: whole draws it all the same)"
        files.warnings.append(node.place.fault(f"{name} {why}: its correlation does nothing"))
    return True


def _is_drawn(given: InputValues, whole: bool) -> bool:
    return any(
        value.low is not None and (whole or given.origin(option, members).state != CHOSEN)
        for option, values in ((None, given.base), *given.options.items())
        for members, value in values.items()
    )


def _variable(name: str, said: _Said) -> str:
    """What draws an input: its driver, or itself."""
    return said.drivers[name][0] if name in said.drivers else name


def _signed(text: str) -> tuple[str, int]:
    """A name, and whether it is meant with the sign turned."""
    return (text.removeprefix(AGAINST).strip(), -1) if text.startswith(AGAINST) else (text, 1)


def _cite(node: Node, register: Mapping[str, Source], files: Files) -> None:
    source = node.get("source")
    if source is not None and source.text is not None:
        check_source(source.text, source.place, dict(register), files.faults)
