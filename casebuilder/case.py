"""A case from end to end: read, bind, evaluate, and what readers ask of the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.algebra.chapters import Model, check_model, gather
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.strays import misnamed
from casebuilder.inputs.read import CASE, read_case
from casebuilder.inputs.values import CaseInputs
from casebuilder.resources import resource
from casebuilder.unchanged import check_once

if TYPE_CHECKING:
    from casebuilder.evaluate.checks import Checks
    from casebuilder.evaluate.engine import Results
    from casebuilder.evaluate.headlines import OptionResult
    from casebuilder.evaluate.problem import Problem
    from casebuilder.findings import Findings


_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_PACKED = (".zip", ".7z", ".rar", ".gz", ".tgz")
_NO_CASES = (*_WORKBOOKS, *_PACKED)
# The templates that were looked at, with the model, since the program was started.
_SOUND: set[Path] = set()


def load_model() -> Model:
    """The chapters of the model, in the order of the argument, as they are written.

    Whether they and the templates are sound is looked at where any file of the program has changed.

    Raises
    ------
    ModelError
        A line is written wrongly, or a template that ships names what the model has not.
    """
    from casebuilder.model import CHAPTERS

    model = gather(CHAPTERS)
    templates = resource("templates")

    def check() -> None:
        check_model(model)
        check_templates(model)

    if templates not in _SOUND:
        check_once(check, [templates])
        _SOUND.add(templates)
    return model


def check_templates(model: Model) -> None:
    """Set what the shipped templates name against the model.

    Raises
    ------
    ModelError
        A template names a line, input, headline, dimension or table that there is not.
    """
    from casebuilder.evaluate.headlines import FURTHER, HEADLINES
    from casebuilder.inputs.templates.read import check_names, names

    keys = {named.key for named in (*model.lines, *model.inputs)}
    for name in names():
        check_names(name, keys, (*HEADLINES, *FURTHER), model.dimensions)


def find_case(name: str) -> Path:
    """The folder of a case: a path to it or to its case.yaml, or the name of one under `assumptions/cases/`.

    Raises
    ------
    InputError
        There is no such folder, or it holds no case.yaml.
    """
    folder = Path(name)
    if folder.is_file() and folder.name == CASE:
        folder = folder.parent
    if folder.is_file():
        raise InputError([Fault(name, 1, 1, _no_folder(folder))])
    if not folder.is_dir():
        try:
            folder = resource(f"assumptions/cases/{name}")
        except CaseError:
            raise InputError([Fault(name, 1, 1, _no_case(name))]) from None
    if not (folder / CASE).is_file():
        raise InputError([Fault(str(folder / CASE), 1, 1, _without_case(folder))])
    return folder


def _no_folder(path: Path) -> str:
    """What to give instead of a file."""
    ending = path.suffix.lower()
    if ending in _WORKBOOKS:
        return (
            "a workbook is no case: give the folder it was built from; "
            f"casebuilder verify {path} takes a workbook"
        )
    if ending in _PACKED:
        return "a packed file is no case: unpack it, and give the folder with case.yaml"
    for above in path.resolve().parents:
        if (above / CASE).is_file():
            return f"a file of a case is no case: give its folder, {_from_here(above)}"
    return "a file is no case: a case is a folder with a case.yaml"


def _no_case(name: str) -> str:
    """What may have been meant by a name that is none."""
    shipped = [path.name for path in resource("assumptions/cases").iterdir() if (path / CASE).is_file()]
    path = Path(name)
    if path.suffix.lower() in _NO_CASES:
        return f"no such file; {_no_folder(path)}"
    around = path.parent.iterdir() if path.parent.is_dir() else ()
    beside = [other.name for other in around if (other / CASE).is_file()]
    hint = nearest(path.name, [*shipped, *beside]) or f"; these ship: {', '.join(sorted(shipped))}"
    return f"no case '{name}': neither a folder nor a name under assumptions/cases{hint}"


def _without_case(folder: Path) -> str:
    """What is said of a folder that has no case.yaml."""
    what = "no such file: a case is a folder with a case.yaml"
    inner = sorted(path.name for path in folder.iterdir() if (path / CASE).is_file())
    if inner:
        cases = ", ".join(str(folder / name) for name in inner[:5])
        return f"{what}; the folder holds {'a case' if len(inner) == 1 else 'cases'}: give {cases}"
    wrong = misnamed(folder).get(CASE)
    if wrong is not None:
        return f"{what}; {wrong.name} is there: rename it {CASE}"
    if (folder.resolve().parent / CASE).is_file():
        return f"{what}; give the folder above it, {_from_here(folder.resolve().parent)}"
    return what


def _from_here(path: Path) -> Path:
    """A path as one would type it here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


@dataclass(frozen=True)
class Case:
    """A case that was read and checked; numbers are worked out when they are asked for."""

    folder: Path
    model: Model
    inputs: CaseInputs

    @property
    def name(self) -> str:
        """The name of the case's folder."""
        return self.folder.resolve().name

    @cached_property
    def problem(self) -> Problem:
        """The model bound to the case."""
        from casebuilder.evaluate.problem import bind

        return bind(self.model, self.inputs)

    @cached_property
    def results(self) -> Results:
        """The values of every line, with those that have none; `results.require()` refuses such a case."""
        from casebuilder.evaluate.engine import evaluate

        return evaluate(self.problem, partial=True)

    @cached_property
    def headlines(self) -> dict[str, OptionResult]:
        """The headlines of every option."""
        from casebuilder.evaluate.headlines import headlines

        return headlines(self.results)

    @cached_property
    def checks(self) -> Checks:
        """The whole status of the case: checks, claims, notes, and what cannot be worked out.

        The terminal, JSON and the workbook show this and nothing else.
        """
        from casebuilder.evaluate.checks import run_checks
        from casebuilder.evaluate.notes import notes_of

        return run_checks(self.results, self.headlines, notes_of(self.problem))

    @cached_property
    def findings(self) -> Findings:
        """What analyses find out about the case, each worked out when it is first asked for."""
        from casebuilder.findings import Findings

        return Findings(self.results)


def load_case(name: str, sets: Sequence[str] = (), scenario: str = "") -> Case:
    """Read a case and bind it to the model.

    Parameters
    ----------
    name
        A folder, or the name of a case under `assumptions/cases/`.
    sets
        Values to put in place of others: `KEY=V`, `KEY[member]=V`, `OPTION:KEY=V`.
    scenario
        The named scenario of the case that is laid on it, under `sets`.

    Raises
    ------
    InputError
        The case is at fault; every fault is listed with file, line and column.
    ModelError
        A template that ships names what the model has not.
    """
    from casebuilder.evaluate.headlines import HEADLINES

    folder = find_case(name)
    model = load_model()
    inputs = read_case(
        folder,
        model.inputs,
        model.dimensions,
        sets=sets,
        headlines=HEADLINES,
        model=model,
        scenario=scenario,
    )
    return Case(folder, model, inputs)
