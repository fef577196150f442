"""Match the values of a case to the inputs that the model declares."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from casebuilder.algebra.dimensions import Frame, time_of, without_time
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.amounts import amount_of, wrong_with
from casebuilder.inputs.assumed.blocks import Block, Blocks
from casebuilder.inputs.assumed.layer import Layer, LayerReader
from casebuilder.inputs.assumed.overlay import Overlay
from casebuilder.inputs.assumed.rows import row_faults
from casebuilder.inputs.assumed.scenarios import ScenarioBinder, ScenarioBlocks
from casebuilder.inputs.assumed.settings.notes import beyond_range, keeps_own, opened_by, overtaken
from casebuilder.inputs.assumed.settings.sets import Setting, members_of, typed_value
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.inputs.files.strays import misnamed
from casebuilder.inputs.shape.calendar import calendar_values
from casebuilder.inputs.shape.renamed import renamed
from casebuilder.inputs.shape.sources import CALENDAR
from casebuilder.inputs.values import Members, Origin, Source, Value

_FEW = 5


@dataclass(frozen=True)
class Layers:
    """What each layer of a case gives: files by input, and settings.

    `scenarios` are the named ones, and `scenario` the one that is laid between the files and the settings.
    """

    reference: Blocks
    case: Blocks
    options: Mapping[str, Blocks]
    settings: Sequence[Setting]
    scenarios: Sequence[ScenarioBlocks] = ()
    scenario: str = ""

    @property
    def lower(self) -> tuple[Blocks, Blocks]:
        """The layers of the base case, the reference set first."""
        return self.reference, self.case


class Binder:
    """Binds one input after another; what is wrong goes to the faults of `files`.

    Attributes
    ----------
    notes
        What is worth saying of each `--set`.
    lacking
        By the key of an input the combinations that no layer gives a value for.
    scenarios
        Binds what named scenarios give.
    """

    def __init__(
        self, frame: Frame, base_year: str, layers: Layers, register: Mapping[str, Source], files: Files
    ) -> None:
        """Keep what every input is read against."""
        self._frame = frame
        self._base_year = base_year
        self._layers = layers
        self._files = files
        self._faults = files.faults
        self.notes: list[str] = []
        self.lacking: dict[str, list[Members]] = {}
        self._meant: set[str] = set()
        self._same: dict[str, Place] = {}
        self._beyond: list[Fault] = []
        self._absent: dict[Path, list[Input]] = {}
        self._reader = LayerReader(frame, base_year, dict(register), files)
        self.scenarios = ScenarioBinder(layers.scenarios, layers.scenario, self._reader, files.faults)

    def check_keys(self, inputs: Sequence[Input]) -> bool:
        """Each key of the case's own files is an input; the reference set may hold more.

        Returns
        -------
        bool
            Whether one is a key that had another name or is gone.
        """
        old = False
        keys = {declared.key for declared in inputs}
        blocks = [self._layers.case, *self._layers.options.values()]
        strange = self._strange_files(keys)
        for layer, block in ((each, block) for each in blocks for block in each.by_key.values()):
            if block.key in keys or block.place.file in strange:
                continue
            became = renamed(block.key)
            if became is not None:
                old = True
                self._faults.append(block.place.fault(str(became)))
                self._meant |= set(became.now)
            else:
                hint = self._hint(block.key, keys, whole=layer is not self._layers.case)
                self._faults.append(block.place.fault(f"unknown input '{block.key}'{hint}"))
                # What it was meant for is not missing as well.
                name = hint.partition("'")[2].partition("'")[0]
                self._meant |= {name, f"{block.key.rpartition('.')[0]}.{name}"} if name else set()
        for layer in self._layers.options.values():
            for key, place in layer.opens.items():
                if key not in keys:
                    became = renamed(key)
                    old = old or became is not None
                    message = str(became or f"unknown input '{key}' under opens{nearest(key, keys)}")
                    self._faults.append(place.fault(message))
        fixed = {declared.key for declared in inputs if declared.fixed}
        self._check_fixed(fixed)
        self._faults.extend(self.scenarios.check_keys(keys, fixed))
        return old

    def _check_fixed(self, fixed: Collection[str]) -> None:
        """An option has the rows that the case has: it gives no value to what settles them."""
        own = [
            (option, block.key, block.place)
            for option, layer in self._layers.options.items()
            for block in layer.by_key.values()
        ]
        own += [
            (o, key, place) for o, layer in self._layers.options.items() for key, place in layer.opens.items()
        ]
        own += [(each.option, each.key, each.key_place) for each in self._layers.settings if each.option]
        for option, key, place in own:
            if key in fixed:
                why = f"{key} settles which rows the case has, and is the same in every option"
                self._faults.append(place.fault(f"{why}: give it in the case, not in {option}"))

    def _strange_files(self, keys: set[str]) -> set[str]:
        """The files of the case that are named after no chapter and hold no input, each told once."""
        chapters = {key.rpartition(".")[0] for key in keys}
        files: dict[str, list[Block]] = {}
        for block in self._layers.case.by_key.values():
            files.setdefault(block.place.file, []).append(block)
        found: set[str] = set()
        for file, blocks in files.items():
            stem = Path(file).stem
            if (
                stem in chapters
                or len(blocks) < 2
                or any(block.key in keys or renamed(block.key) for block in blocks)
            ):
                continue
            found.add(file)
            message = f"no chapter is called '{stem}', so that its {len(blocks)} blocks are unknown inputs"
            hint = nearest(stem, chapters)
            right = hint.partition("'")[2].partition("'")[0] + ".yaml"
            if hint and not (self._files.folder / right).exists():
                hint = f": rename it {right}"
            self._faults.append(Place(file).fault(f"{message}{hint}"))
        return found

    def finish(self) -> None:
        """A fault for each file that is not there, with the inputs that it lacks."""
        beside = misnamed(self._files.folder)
        for path, lacking in self._absent.items():
            names = "; ".join(
                f"{one.key} is missing ({one.label}: {one.unit}{_over(one)})" for one in lacking[:_FEW]
            )
            more = f"; and {len(lacking) - _FEW} more inputs of {path.stem}" if len(lacking) > _FEW else ""
            wrong = beside.get(path.name)
            if wrong is not None:
                names = f"{wrong.name} is not read: rename it {path.name}"
                inputs = "1 input is" if len(lacking) == 1 else f"{len(lacking)} inputs are"
                more = f"; {inputs} missing without it"
            self._faults.append(Place(self._files.shown(path)).fault(f"there is no such file: {names}{more}"))

    def bind(self, declared: Input) -> Overlay:
        """All layers of one input, the later over the earlier."""
        overlay = Overlay(declared)
        if not all(self._frame.ids(dimension) for dimension in declared.over):
            self._read_in_vain(overlay)
            return overlay
        needed = self._combinations(declared.over)
        whole = self._bind_base(overlay, needed)
        if not whole:
            return overlay
        self.scenarios.lay(overlay, None)
        based = self._set(overlay, None)
        overlay.opened = {o for o, blocks in self._layers.options.items() if declared.key in blocks.opens}
        for option, blocks in self._layers.options.items():
            block = blocks.by_key.get(declared.key)
            layer = self._reader.read(block, declared, overlay, option) if block else None
            if layer is not None and block is not None:
                self._note_same(option, block, layer, overlay)
                overlay.lay_option(option, layer.values, layer.origin, layer.apart)
            self.scenarios.lay(overlay, option)
            self._set(overlay, option)
        self.notes += filter(None, (keeps_own(overlay, setting, found) for setting, found in based))
        found = [*row_faults(overlay.result(), self._frame), *self.scenarios.finish(overlay, self._frame)]
        self._faults.extend(self._files.whole(fault) for fault in found)
        return overlay

    def remarks(self) -> list[Fault]:
        """What is set beyond its range; all overrides, and each scenario, that change nothing."""
        idle = [*self._beyond, *self.scenarios.remarks()]
        if not self._same:
            return idle
        what = "1 override gives" if len(self._same) == 1 else f"{len(self._same)} overrides give"
        message = f"{what} the values of Base again, which stay when Base changes; delete what is not meant"
        return [next(iter(self._same.values())).fault(f"{message}: {listed(self._same)}"), *idle]

    def _note_same(self, option: str, block: Block, layer: Layer, overlay: Overlay) -> None:
        """Note an override that changes nothing: the option keeps these values when the base changes."""
        base = overlay.base
        now = {members: base[members] for members in layer.values if members in base}
        if now and now == layer.values:
            self._same[f"{option}:{block.key}"] = block.place

    def _read_in_vain(self, overlay: Overlay) -> None:
        """Read what the case gives for an input that has no rows: members that it names are faults."""
        key = overlay.declared.key
        for option, blocks in ((None, self._layers.case), *self._layers.options.items()):
            block = blocks.by_key.get(key)
            if block is not None:
                self._reader.read(block, overlay.declared, overlay, option)

    def _bind_base(self, overlay: Overlay, needed: list[Members]) -> bool:
        """Lay the files of the base case; whether every value is there."""
        declared = overlay.declared
        last: tuple[Block, Layer] | None = None
        broken = any(declared.key in blocks.broken for blocks in self._layers.lower)
        for blocks in self._layers.lower:
            block = blocks.by_key.get(declared.key)
            if block is None:
                continue
            layer = self._reader.read(block, declared, overlay if overlay.base else None)
            if layer is None:
                broken = True
                continue
            overlay.lay(layer.values, layer.origin, layer.prices_of, layer.apart)
            last = block, layer
            broken = broken or layer.flawed
        if last is None and not broken:
            self._from_calendar(overlay)
        if declared.optional is not None:
            overlay.fill(needed, declared.optional)
        lacking = [members for members in needed if members not in overlay.base]
        overlay.base = {members: overlay.base[members] for members in needed if members in overlay.base}
        if lacking and not broken:
            self.lacking[declared.key] = lacking
            self._missing(declared, lacking, last)
        return not lacking

    def _from_calendar(self, overlay: Overlay) -> None:
        """Fill an input that case.yaml's dates answer."""
        values = calendar_values(overlay.declared, self._frame, self._base_year)
        if values is not None:
            overlay.base = {members: Value(amount) for members, amount in values.items()}
            overlay.origin = Origin("case.yaml", 1, 1, CALENDAR.id, "published")

    def _set(self, overlay: Overlay, option: str | None) -> list[tuple[Setting, list[Members]]]:
        """Lay the settings for the base or for one option; gives each with what it names."""
        declared = overlay.declared
        laid = []
        for setting in self._layers.settings:
            if setting.key != declared.key or setting.option != option:
                continue
            value = typed_value(setting, declared)
            wrong = wrong_with(declared, value)
            if wrong:
                self._faults.append(setting.value_place.fault(f"{setting.key}: {wrong}"))
                continue
            amount = amount_of(declared, value)
            found = members_of(setting, declared, self._frame, self._faults)
            if found and (note := opened_by(overlay, setting)):
                self.notes.append(note)
            if (beyond := beyond_range(overlay, setting, found, amount)) is not None:
                self._beyond.append(beyond)
            laid.append((setting, found))
            overlay.set(option, dict.fromkeys(found, amount), setting.value_place)
        self.notes += overtaken(laid)
        return laid

    def _missing(self, declared: Input, lacking: list[Members], last: tuple[Block, Layer] | None) -> None:
        """A fault for an input, or for some of its members, that no file gives."""
        if last is None or last[0].lenient:
            if self._files.failed or declared.key in self._meant:
                # What is missing may stand in a file that could not be read.
                return
            what = f"{declared.key} is missing ({declared.label}: {declared.unit}{_over(declared)})"
            if last is not None:
                what = f"{declared.key} is missing for {self._named(declared, lacking)}"
                what += ": the reference set does not give it"
            path = self._files.folder / f"{declared.chapter}.yaml"
            if last is None and not path.is_file():
                self._absent.setdefault(path, []).append(declared)
                return
            self._faults.append(Place(self._files.shown(path)).fault(what))
            return
        block, layer = last
        known = set(lacking)
        told = False
        for missing in layer.missing:
            own = missing.only(known, block.given.over or declared.over, declared.over)
            if own is not None:
                told = True
                what = f"no row for {own}" if block.given.table else f"no value for {own}"
                self._faults.append(missing.place.fault(f"{declared.key}: {what}"))
        if not told:
            what = f"{declared.key}: no value for {self._named(declared, lacking)}"
            self._faults.append(block.place.fault(what))

    def _combinations(self, over: Sequence[str]) -> list[Members]:
        """The combinations of members and periods that exist."""
        rows = without_time(over)
        axis = time_of(over)
        found = self._frame.rows(rows)
        if axis is None:
            return list(found)
        return [(*one, period) for one, period in product(found, self._frame.ids(axis))]

    def _named(self, declared: Input, lacking: Sequence[Members]) -> str:
        """Combinations in words, the first few of many; without the periods where all of them lack."""
        axis = time_of(declared.over)
        if axis is not None and len(declared.over) > 1:
            rows = dict.fromkeys(members[:-1] for members in lacking)
            if len(lacking) == len(rows) * len(self._frame.ids(axis)):
                return listed(",".join(row) for row in rows)
        return listed(",".join(members) for members in lacking)

    def _hint(self, key: str, keys: set[str], *, whole: bool) -> str:
        """The nearest input, first in the same chapter; `whole` where its key is written with the chapter."""
        chapter, _, name = key.rpartition(".")
        within = {known.rpartition(".")[2] for known in keys if known.rpartition(".")[0] == chapter}
        near = nearest(name, within)
        return (near.replace("'", f"'{chapter}.", 1) if whole else near) or nearest(key, keys)


def _over(declared: Input) -> str:
    return f", over [{', '.join(declared.over)}]" if declared.over else ""
