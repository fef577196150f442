"""Read a case: every file, every layer, and all faults together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import Dimensions, Frame, time_of
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.alike import baseline_put_forward, like_labels, like_scenarios
from casebuilder.inputs.assumed.bind import Binder, Layers
from casebuilder.inputs.assumed.blocks import read_chapters, read_options
from casebuilder.inputs.assumed.columns import columns_read, unread_columns
from casebuilder.inputs.assumed.evidence import Evidence
from casebuilder.inputs.assumed.idle import idle_members
from casebuilder.inputs.assumed.left_to_do import of_texts
from casebuilder.inputs.assumed.scenarios import FOLDER, chosen_scenario, read_scenarios
from casebuilder.inputs.assumed.settings.sets import read_sets
from casebuilder.inputs.assumed.uncertain.together import read_uncertainty
from casebuilder.inputs.digest import Digest
from casebuilder.inputs.edit.change_log import CHANGE_LOG, read_change_log
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import MEMBER_ID
from casebuilder.inputs.files.strays import misnamed, stray_warnings, unused_sources
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.schema.names import Known as KnownNames
from casebuilder.inputs.shape.decision import DECISION, load_decision
from casebuilder.inputs.shape.expected import Known, load_expected, read_claims
from casebuilder.inputs.shape.frame import ANY_CALENDAR, STAND_IN, check_options, read_calendar, read_frame
from casebuilder.inputs.shape.in_workbook import check_in_workbook
from casebuilder.inputs.shape.members_needed import Missing, named_by_nothing
from casebuilder.inputs.shape.priorities import read_priorities
from casebuilder.inputs.shape.renamed import check_format, unsaid_format
from casebuilder.inputs.shape.schema import CaseFile, check
from casebuilder.inputs.shape.sources import SOURCES, read_sources
from casebuilder.inputs.templates.read import standard_stresses
from casebuilder.inputs.values import CaseInfo, CaseInputs, Claim, InputValues, Members, Override, Priorities
from casebuilder.resources import resource

CASE = "case.yaml"


def read_case(
    folder: Path,
    inputs: Sequence[Input],
    dimensions: Dimensions,
    *,
    sets: Sequence[str] = (),
    reference: Path | None = None,
    headlines: Sequence[str] = (),
    model: Model | None = None,
    scenario: str = "",
) -> CaseInputs:
    """A case read, checked and bound to the inputs that the model declares.

    Parameters
    ----------
    folder
        The case.
    inputs
        What the model's lines declare.
    dimensions
        The dimensions that the model declares.
    sets
        Changes as `--set` takes them: `KEY=V`, `KEY[member,period]=V`, `OPTION:KEY=V`.
    reference
        The reference set; by default the shipped one.
    headlines
        The headlines that a claim may be about; by default any.
    model
        The lines that the case must have members for; by default this is not looked at.
    scenario
        The named scenario that is laid on the case, under `sets`.

    Raises
    ------
    InputError
        All that is wrong, each fault with its file, line and column.
    """
    files = Files(folder, reference or resource("assumptions/reference"))
    path = folder / CASE
    if not path.is_file():
        what = "no such file: a case is a folder with a case.yaml" if folder.is_dir() else "no such folder"
        if CASE in misnamed(folder):
            what = f"no such file: rename {misnamed(folder)[CASE].name} {CASE}"
        raise InputError([Place(str(path if folder.is_dir() else folder)).fault(what)])
    node = files.load(path, depth=2)
    if node is not None:
        check_format(node)
    return _Case(files, node, headlines, dimensions).read(inputs, sets, model, scenario)


@dataclass(frozen=True)
class Bound:
    """The values of a case that may lack some.

    Attributes
    ----------
    values
        What is given, by input.
    lacking
        The combinations for which neither the case nor the reference set gives a value, by input.
    named
        The members that some value, pair or table names, each with its dimension; the reference set may name
        some that the case has not.
    """

    values: Mapping[str, InputValues]
    lacking: Mapping[str, Sequence[Members]]
    named: frozenset[tuple[str, str]]


def bind_what_there_is(folder: Path, inputs: Sequence[Input], dimensions: Dimensions) -> Bound:
    """The values of a case, whatever is wrong with it; none where its shape cannot be read.

    Parameters
    ----------
    folder
        The case.
    inputs, dimensions
        What the model declares.
    """
    files = Files(folder, resource("assumptions/reference"))
    return _Case(files, files.load(folder / CASE, depth=2), (), dimensions).bound(inputs)


def known_names(folder: Path | None, dimensions: Dimensions) -> KnownNames:
    """The members, options and sources of a case, whatever is wrong with it; without a folder, of none.

    Parameters
    ----------
    folder
        The case.
    dimensions
        What the model declares.
    """
    reference = resource("assumptions/reference")
    if folder is None:
        return KnownNames(vouched=frozenset(read_chapters(Files(reference), reference, lenient=True).by_key))
    files = Files(folder, reference)
    case = _Case(files, files.load(folder / CASE, depth=2), (), dimensions)
    frame, dated = case.frame()
    vouched = frozenset(case.reference.by_key) if case.reference else frozenset()
    members = frame.members if frame is not None and dated and not files.shapeless else None
    return KnownNames(members, tuple(case.places), tuple(case.register), vouched)


class _Case:
    """The parts of one case while they are read."""

    def __init__(
        self, files: Files, node: Node | None, headlines: Sequence[str], dimensions: Dimensions
    ) -> None:
        """Read what needs no other part: case.yaml, registers, options and chapters."""
        self.files = files
        self.node = node
        self.dimensions = dimensions
        self.register = read_sources(files)
        self.case = check(CaseFile, node, node.place, files.faults, STAND_IN) if node else None
        self.places = self._option_places()
        self.told, self.options = read_options(files, self.places)
        self.chapters = read_chapters(files, files.folder, lenient=False)
        self.scenarios = read_scenarios(files, self.places)
        files.warnings += self._hidden_stresses()
        self.reference = read_chapters(files, files.reference, lenient=True) if files.reference else None
        self.known = Known(tuple(self.places), headlines)
        self.expected = load_expected(files, self.register, self.known)

    def read(
        self, inputs: Sequence[Input], sets: Sequence[str], model: Model | None, scenario: str
    ) -> CaseInputs:
        """Bind the inputs; raise where anything is wrong."""
        faults = self.files.faults
        frame, dated = self.frame()
        keys = [declared.key for declared in inputs]
        results = {*self.known.headlines, *(model.by_key if model is not None else ())}
        settings = read_sets(sets, tuple(self.places), keys, faults, results)
        known = frame is not None and not self.files.shapeless
        if frame is None or not known or self.case is None or self.node is None or self.reference is None:
            raise self._error()
        chosen = chosen_scenario(self.scenarios, scenario, faults)
        layers = Layers(self.reference, self.chapters, self.options, settings, self.scenarios, chosen)
        binder = Binder(frame, self.case.base_year, layers, self.register, self.files)
        if binder.check_keys(inputs) and self.case.format is None:
            self.files.warnings.append(unsaid_format(self.node))
        # Without dates, what runs over time cannot be read; the rest can, so that its faults are shown too.
        overlays = [binder.bind(declared) for declared in inputs if dated or not time_of(declared.over)]
        claims = read_claims(self.node.get("claims"), self.files, self.register, self.known)
        priorities = read_priorities(self.node.get("priorities"), frame, faults)
        left_out: dict[str, str] = {}
        if model is not None:
            missing = Missing(model, frame, self.node)
            faults.extend(missing.faults())
            left_out = missing.left_out(faults)
        check_in_workbook(self.node.get("in_workbook"), frame, faults)
        decision = load_decision(self.files, self.register, frame, model)
        values = {overlay.declared.key: overlay.result() for overlay in overlays}
        laid = [blocks for each in self.scenarios for blocks in each.layers.values()]
        together = read_uncertainty(self.files, self.register, layers.lower, self.options, laid, values)
        binder.finish()
        log = read_change_log(self.files.folder, self.files.shown(self.files.folder / CHANGE_LOG), faults)
        self.files.warnings += named_by_nothing(self.node, frame, self.files.named)
        idle = idle_members((o.result() for o in overlays), frame, {setting.key for setting in settings})
        faults += [self.files.whole(fault) for fault in idle]
        if faults:
            raise self._error()
        overrides = tuple(override for overlay in overlays for override in overlay.log)
        evidence = Evidence(values, self.register, (self.case.region, self.case.system))
        said = next((key for key in ("system", "region") if self.node.get(key)), "title")
        where = self.node.key_place(said)
        self.files.warnings += evidence.warnings(where, self.files.whole)
        self.files.warnings += [*binder.remarks(), *self._alike(frame)]
        own = (self.chapters, *self.options.values(), *laid)
        self.files.warnings += unread_columns(columns_read(self.node, own, inputs, self.files), self.files)
        found = self._result(self.case, frame, values, overrides, claims, priorities, left_out)
        to_do = tuple(of_texts(self.files, self.node))
        named = binder.scenarios
        return replace(
            found,
            notes=(*named.notes, *binder.notes),
            decision=decision,
            to_do=to_do,
            log=tuple(log),
            scenarios=named.result(inputs),
            scenario=chosen,
            uncertainty=together,
        )

    def bound(self, inputs: Sequence[Input]) -> Bound:
        """The values that there are, and those that lack."""
        frame, dated = self.frame()
        if frame is None or not dated or self.case is None or self.reference is None:
            return Bound({}, {}, frozenset())
        layers = Layers(self.reference, self.chapters, self.options, ())
        binder = Binder(frame, self.case.base_year, layers, self.register, self.files)
        values = {declared.key: binder.bind(declared).result() for declared in inputs}
        return Bound(values, binder.lacking, frozenset(self.files.named))

    def _result(
        self,
        case: CaseFile,
        frame: Frame,
        values: dict[str, InputValues],
        overrides: tuple[Override, ...],
        claims: tuple[Claim, ...],
        priorities: Priorities,
        left_out: dict[str, str],
    ) -> CaseInputs:
        """All parts as one."""
        folder = self.files.folder
        info = CaseInfo(
            name=folder.resolve().name,
            title=case.title,
            host=case.host,
            base_year=case.base_year,
            first_month=frame.ids("month")[0],
            reference=case.reference,
            folder=folder,
            description=case.description,
            system=case.system,
        )
        texts = {f"option.{id}": option.description for id, option in self.told.items()}
        warnings = tuple(sorted({*self.files.warnings, *self._warnings(), *self._unused_sources()}))
        return CaseInputs(
            info,
            frame,
            values,
            self.register,
            overrides,
            claims,
            warnings,
            Digest(values),
            texts,
            priorities,
            left_out,
            gaps=tuple(sorted(self.files.gaps)),
            in_workbook=tuple(case.in_workbook),
        )

    def frame(self) -> tuple[Frame | None, bool]:
        """The members, pairs, options and periods, and whether the periods are the case's own.

        There is no frame where case.yaml cannot be read.
        """
        if self.case is None or self.node is None:
            return None, False
        calendar = read_calendar(self.case, self.node, self.files.faults)
        check_options(self.case, self.node, self.files.faults)
        labels = {id: self.told[id].label if id in self.told else id for id in self.places}
        frame = read_frame(
            self.case, self.node, labels, calendar or ANY_CALENDAR, self.files, self.dimensions
        )
        # A case.yaml at fault is told of first, before the inputs that no file gives.
        self.files.failed = self.files.failed or calendar is None
        return frame, calendar is not None

    def _hidden_stresses(self) -> Iterator[Fault]:
        """A warning for each scenario that stands where a stress of its name would."""
        stresses = standard_stresses() if self.scenarios else {}
        for name in [each.name for each in self.scenarios if each.name in stresses]:
            message = (
                f"the standard stress '{stresses[name]}' has the name {name} too: the workbook offers this "
                "scenario in its place; give the file another name to have both"
            )
            yield Place(self.files.shown(self.files.folder / FOLDER / f"{name}.yaml")).fault(message)

    def _alike(self, frame: Frame) -> list[Fault]:
        """Warnings of what readers could not tell apart."""
        given = {
            id: self.files.load(self.files.folder / "options" / f"{id}.yaml", depth=2) for id in self.told
        }
        options = [(id, self.told[id].label, node.key_place("label")) for id, node in given.items() if node]
        scenarios = [(each.name, each.label, each.place) for each in self.scenarios]
        path = self.files.folder / DECISION
        decision = self.files.load(path) if path.is_file() else None
        put = baseline_put_forward(self.node, decision, frame) if self.node else []
        return [*like_labels("options", options), *like_scenarios(scenarios), *put]

    def _option_places(self) -> dict[str, Place]:
        """The options that case.yaml lists, each with its place there."""
        entry = self.node.get("options") if self.node else None
        places: dict[str, Place] = {}
        for item in entry.items if entry else []:
            if item.text is not None and re.fullmatch(MEMBER_ID, item.text):
                places.setdefault(item.text, item.place)
        return places

    def _error(self) -> InputError:
        """All faults, with what was noticed beside them: it may be the cause of one."""
        faults = told_once(self.files.faults, self._unregistered())
        faults = [self.files.marked(fault) for fault in faults]
        return InputError(faults, [*self.files.warnings, *self._warnings()])

    def _unregistered(self) -> Fault | None:
        """That the case has no register of sources, where it has none."""
        path = self.files.folder / SOURCES
        if path.is_file():
            return None
        message = "no such file: it registers the case's own sources, as L1: {title: The board paper of May}"
        return Place(self.files.shown(path)).fault(message)

    def _warnings(self) -> list[Fault]:
        """Files that look like part of the case and are not read."""
        files = self.files
        options = self.places or {path.stem for path in files.folder.glob("options/*")}
        tables = files.tables | self._mentioned()
        return stray_warnings(files, options, tables)

    def _mentioned(self) -> set[Path]:
        """The files in data/ that a text of the case names, if none of that name is read as a table."""
        about = (_text(path) for path in self.files.folder.glob("data/*.md"))
        named = " ".join([*self.files.texts, *about])
        read = {path.name for path in self.files.tables}
        return {
            self.files.resolved(path)
            for path in self.files.folder.glob("data/**/*.*")
            if path.name not in read and re.search(rf"(?<![\w.-]){re.escape(path.name)}(?![\w-])", named)
        }

    def _unused_sources(self) -> list[Fault]:
        """Sources of the case's own that nothing cites."""
        path = self.files.folder / SOURCES
        node = self.files.load(path) if path.is_file() else None
        return unused_sources(node.keys if node else {}, self.files.texts)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
