"""Which cases a portfolio holds: a portfolio.yaml that lists them, or every case in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.files.places import read_text
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.yaml import parse_yaml
from casebuilder.inputs.shape.schema import Shape, Text, check

PORTFOLIO, CASE = "portfolio.yaml", "case.yaml"
_STAND_IN = {"title": "", "cases": [""]}


class PortfolioFile(Shape):
    """portfolio.yaml."""

    title: Text = ""
    cases: list[Text] = Field(min_length=1)


@dataclass(frozen=True)
class Listed:
    """The cases of a portfolio: its name, and by the name of each case its folder, in order."""

    name: str
    folders: dict[str, Path]


def read_portfolio(folder: Path, only: Sequence[str] = ()) -> Listed:
    """The cases of a folder.

    Parameters
    ----------
    folder
        Holds cases, each a folder with a case.yaml, or a portfolio.yaml that lists folders from there.
    only
        The names of those wanted; all where none is named.

    Raises
    ------
    InputError
        There is no case, a case is listed that is not there, two have one name, or one is named that is none.
    """
    faults: list[Fault] = []
    file = folder / PORTFOLIO if folder.is_dir() else folder
    name = folder.resolve().name
    folders: dict[str, Path] = {}
    if file.is_file() and file.name == PORTFOLIO:
        name, folders = _listed(file, faults)
    elif folder.is_dir():
        inner = sorted(path for path in folder.iterdir() if (path / CASE).is_file())
        folders = {path.name: path for path in inner}
        if not folders:
            what = (
                f"no case in it: a portfolio is a folder of cases, or one with a {PORTFOLIO} that lists them"
            )
            if (folder / CASE).is_file():
                what = "this is one case: casebuilder simulate and casebuilder run take a case"
            faults.append(Fault(str(folder), 1, 1, what))
    else:
        faults.append(Fault(str(folder), 1, 1, f"no such folder: give a folder of cases, or a {PORTFOLIO}"))
    for wanted in only:
        if folders and wanted not in folders:
            hint = nearest(wanted, folders) or f": it holds {', '.join(folders)}"
            faults.append(Fault(str(folder), 1, 1, f"no case '{wanted}' in the portfolio{hint}"))
    if faults:
        raise InputError(told_once(faults, None))
    kept = {case: path for case, path in folders.items() if not only or case in only}
    return Listed(name, kept)


def _listed(file: Path, faults: list[Fault]) -> tuple[str, dict[str, Path]]:
    """The title and the folders of a portfolio.yaml."""
    shown = str(file)
    text = read_text(file, shown, faults)
    node = parse_yaml(text, shown, faults) if text is not None else None
    given = check(PortfolioFile, node, node.place, faults, _STAND_IN) if node is not None else None
    if node is None or given is None or faults:
        return "", {}
    entry = node.get("cases")
    assert entry is not None
    folders: dict[str, Path] = {}
    for item, path in zip(entry.items, given.cases, strict=True):
        folder = file.parent / path
        if not (folder / CASE).is_file():
            faults.append(item.place.fault(f"'{path}' is no case: there is no {folder / CASE}"))
        elif folder.resolve().name in folders:
            faults.append(item.place.fault(f"two cases are called '{folder.resolve().name}': rename one"))
        else:
            folders[folder.resolve().name] = folder
    return given.title or file.resolve().parent.name, folders
