"""Named scenarios: the files of `scenarios/` matched to the inputs; the one asked for is laid on the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.assumed.amounts import amount_of, wrong_with
from casebuilder.inputs.assumed.blocks import Block, Blocks, add_block
from casebuilder.inputs.assumed.layer import Layer, LayerReader
from casebuilder.inputs.assumed.overlay import Overlay, with_edits
from casebuilder.inputs.assumed.rows import row_faults
from casebuilder.inputs.assumed.settings.sets import members_of, read_sets, typed_value
from casebuilder.inputs.edits import Edit, Scenario, name_of
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import MEMBER_ID, listed, nearest
from casebuilder.inputs.files.strays import chapter_files
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.schema import ScenarioFile, check
from casebuilder.inputs.values import CaseInputs, Members, Value

FOLDER = "scenarios"
ASKED = "--scenario"


@dataclass(frozen=True)
class ScenarioBlocks:
    """What one file of `scenarios/` gives.

    Attributes
    ----------
    name, label, note
        As the scenario has them.
    place
        Where its label stands.
    layers
        Its blocks for the base case (None), and for each option that it names.
    """

    name: str
    label: str
    note: str
    place: Place
    layers: Mapping[str | None, Blocks] = field(default_factory=dict)

    def blocks(self, key: str) -> Iterator[tuple[str | None, Block]]:
        """The block of an input for the base case, and for each option that has one."""
        for option, blocks in self.layers.items():
            if key in blocks.by_key:
                yield option, blocks.by_key[key]


def read_scenarios(files: Files, options: Mapping[str, Place]) -> tuple[ScenarioBlocks, ...]:
    """Every scenario of a case, in the order of the names of their files.

    Parameters
    ----------
    files
        Reads the files.
    options
        The options that case.yaml lists.
    """
    found = []
    for path in chapter_files(files.folder / FOLDER):
        node = files.load(path, depth=2)
        if files.resolved(path) in files.included or node is None:
            continue
        if not re.fullmatch(MEMBER_ID, path.stem):
            message = f"'{path.stem}' is no name of a scenario: lower case letters, digits and _"
            files.faults.append(Place(files.shown(path)).fault(message))
        given = check(ScenarioFile, node, node.place, files.faults)
        layers: dict[str | None, Blocks] = {None: _layer(node.get("inputs"), files)}
        own = node.get("options")
        for option, entry in (own.mapping if own else {}).items():
            if option not in options:
                message = f"'{option}' is no option{nearest(option, options)}"
                files.faults.append(entry.place.fault(message))
                continue
            layers[option] = _layer(entry, files)
        if given is not None:
            place = node.key_place("label")
            found.append(ScenarioBlocks(path.stem, given.label, given.note, place, layers))
    return tuple(found)


def _layer(entry: Node | None, files: Files) -> Blocks:
    blocks = Blocks()
    for key, child in (entry.mapping if entry else {}).items():
        assert entry is not None
        add_block(blocks, key, entry.key_place(key), child, files, files.folder, lenient=False)
    return blocks


def chosen_scenario(scenarios: tuple[ScenarioBlocks, ...], asked: str, faults: list[Fault]) -> str:
    """The scenario asked for; none, with a fault, where the case has it not."""
    names = [each.name for each in scenarios]
    if not asked or asked in names:
        return asked
    hint = nearest(asked, names)
    if not hint:
        hint = f"; the scenarios are {listed(names, 12)}" if names else f": the case has none in {FOLDER}/"
    faults.append(Place(ASKED).fault(f"'{asked}' is no scenario{hint}"))
    return ""


class ScenarioBinder:
    """Binds what scenarios give for one input after another.

    Parameters
    ----------
    scenarios
        What the files give.
    chosen
        The name of the one that is laid on the case; empty for none.
    reader
        Reads blocks against the case.
    faults
        Takes what is wrong.

    Attributes
    ----------
    notes
        What is worth saying of the one that is laid.
    """

    def __init__(
        self, scenarios: Sequence[ScenarioBlocks], chosen: str, reader: LayerReader, faults: list[Fault]
    ) -> None:
        """Keep what every input is read against."""
        self._scenarios, self._chosen, self._reader, self._faults = scenarios, chosen, reader, faults
        self._edits: dict[str, list[Edit]] = {each.name: [] for each in scenarios}
        self._stated: dict[str, Mapping[Members, Value]] = {}
        self._changed: set[str] = set()
        self.notes: list[str] = []

    def remarks(self) -> list[Fault]:
        """A warning for each scenario that changes nothing."""
        return [
            each.place.fault(
                f"the scenario {each.name} changes nothing: "
                + ("all that it gives is so in the case" if self._edits[each.name] else "it gives no value")
                + "; write under inputs: what differs, or delete the file"
            )
            for each in self._scenarios
            if each.name not in self._changed
        ]

    def check_keys(self, keys: Iterable[str], fixed: Iterable[str]) -> Iterator[Fault]:
        """Faults of inputs that there are not, and of those that settle which rows a case has."""
        known, settled = set(keys), set(fixed)
        for scenario in self._scenarios:
            for layer in scenario.layers.values():
                for key, block in layer.by_key.items():
                    if key in settled:
                        why = f"{key} settles which rows the case has, and is the same in every scenario"
                        yield block.place.fault(f"{why}: give it in the case, not in {scenario.name}")
                    elif key not in known:
                        yield from self._unknown(key, known, scenario)

    def _unknown(self, key: str, known: set[str], scenario: ScenarioBlocks) -> Iterator[Fault]:
        for _, block in scenario.blocks(key):
            yield block.place.fault(f"unknown input '{key}'{nearest(key, known)}")

    def lay(self, overlay: Overlay, option: str | None) -> None:
        """Read what the scenarios give for the base case, or for an option, and lay the one asked for.

        Parameters
        ----------
        overlay
            The input with the files of the case laid, and of that option.
        option
            The option; None for the base case.
        """
        declared = overlay.declared
        given = [(each, own, block) for each in self._scenarios for own, block in each.blocks(declared.key)]
        if not given:
            return
        if option is None:
            self._stated[declared.key] = dict(overlay.base)
        now = {**self._stated.get(declared.key, {}), **(overlay.options.get(option, {}) if option else {})}
        read: list[tuple[ScenarioBlocks, Layer]] = []
        for scenario, own, block in given:
            if own != option:
                continue
            layer = self._reader.read(block, declared, overlay, option or f"scenario {scenario.name}")
            if layer is not None:
                read.append((scenario, layer))
                if any(now.get(members) != value for members, value in layer.values.items()):
                    self._changed.add(scenario.name)
        for scenario, layer in read:
            self._edits[scenario.name] += _edits(declared, option, layer)
            if option is not None:
                overlay.opened.add(option)
            if scenario.name != self._chosen:
                continue
            if option is None:
                overlay.lay(layer.values, layer.origin, overlay.prices_of, layer.apart)
            else:
                overlay.lay_option(option, layer.values, layer.origin, layer.apart)

    def finish(self, overlay: Overlay, frame: Frame) -> list[Fault]:
        """Faults of rows side by side in each scenario, once every layer of an input is laid."""
        key = overlay.declared.key
        result = overlay.result()
        found: list[Fault] = []
        for scenario in self._scenarios:
            edits = [edit for edit in self._edits[scenario.name] if edit.key == key]
            if not edits:
                continue
            if scenario.name == self._chosen:
                self.notes += _kept(overlay, edits, scenario.name)
            elif overlay.base:
                before = set(row_faults(result, frame))
                after = row_faults(with_edits(result, edits), frame)
                found += [fault for fault in after if fault not in before]
        return found

    def result(self, order: Sequence[Input]) -> tuple[Scenario, ...]:
        """All scenarios with their edits in the order of the model, those of the base case first."""
        place = {item.key: number for number, item in enumerate(order)}
        return tuple(
            Scenario(
                each.name,
                each.label,
                each.note,
                tuple(sorted(self._edits[each.name], key=lambda edit: (edit.option or "", place[edit.key]))),
            )
            for each in self._scenarios
        )


def _edits(declared: Input, option: str | None, layer: Layer) -> Iterator[Edit]:
    """The values of one block."""
    for members, value in layer.values.items():
        origin = layer.apart.get(members, layer.origin)
        yield Edit(
            declared.key,
            members,
            value.amount,
            option,
            source=origin.source,
            state=origin.state,
            note=origin.note,
            low=value.low,
            high=value.high,
            place=f"{origin.file}:{origin.line}",
        )


def _kept(overlay: Overlay, edits: Sequence[Edit], name: str) -> Iterator[str]:
    """Which options keep values of their own under what a scenario gives for the base case."""
    key = overlay.declared.key
    based = [edit.members for edit in edits if edit.option is None]
    own = {(edit.option, edit.members) for edit in edits if edit.option is not None}
    for option, values in overlay.options.items():
        names = {
            name_of(option, key, members)
            for members in based
            if members in values and (option, members) not in own
        }
        if names:
            yield f"scenario {name}: {option} keeps its own {listed(sorted(names), 3)}"


def edits_of(texts: Sequence[str], case: CaseInputs) -> tuple[Edit, ...]:
    """The edits that some `--set` would make of a case that is read.

    Parameters
    ----------
    texts
        As `--set` takes them.
    case
        The case.

    Raises
    ------
    InputError
        What is wrong with them, all together.
    """
    faults: list[Fault] = []
    found: list[Edit] = []
    for setting in read_sets(texts, case.frame.option_ids, case.values, faults):
        given = case.values[setting.key]
        declared = given.input
        value = typed_value(setting, declared)
        wrong = wrong_with(declared, value)
        if declared.fixed:
            wrong = "it settles which rows the case has"
        if wrong:
            faults.append(setting.value_place.fault(f"{setting.key}: {wrong}"))
            continue
        amount = amount_of(declared, value)
        combinations = members_of(setting, declared, case.frame, faults)
        found += [Edit(declared.key, members, amount, setting.option) for members in combinations]
    if faults:
        raise InputError(faults)
    return tuple(found)
