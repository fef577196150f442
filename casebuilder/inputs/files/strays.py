"""Files beside those of a case: locks, backups and copies, wrong endings, and what nothing uses."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed

# What Excel, Word, LibreOffice, editors and systems leave behind; nothing of a case stands in them.
_LITTER_STARTS = ("~$", ".~lock", ".", "~WRL")
_LITTER_ENDS = ("~", "#", ".bak", ".tmp", ".swp", ".orig", ".lnk")
_LITTER = ("thumbs.db", "desktop.ini")
_COPIES = (
    re.compile(r"copy of (?P<of>.+)", re.IGNORECASE),
    re.compile(r"(?P<of>.+?)(?: -)? copy(?: ?\(?\d+\)?)?", re.IGNORECASE),
    re.compile(r"(?P<of>.+?) ?\(\d+\)"),
    re.compile(r"(?P<of>.+?)[ _.-](?:old|backup|bak|copy|orig|conflicted copy.*)", re.IGNORECASE),
)
_ENDINGS = re.compile(r"(?P<stem>.+?)\.(?:ya?ml)?\.?(?:ya?ml|txt)", re.IGNORECASE)
# Texts for people beside a case.
_PAPERS = (".md", ".pdf", ".docx")
_ABOUT = ("readme", "license", "licence", "notice", "sources", "changelog")
# What `casebuilder data` keeps beside the tables that it derives.
_KEPT = ("dm01.csv", "did.csv", "ncc.csv")
# What `pull` keeps beside the values that it brings in.
_LOGS = ("changes.csv",)
_SCENARIOS = "scenarios"
_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".parquet")


def litter(path: Path) -> bool:
    """Whether a file is a lock, a backup or a system's own, which is no part of a case."""
    name = path.name
    return name.startswith(_LITTER_STARTS) or name.endswith(_LITTER_ENDS) or name.lower() in _LITTER


def copy_of(path: Path) -> str:
    """The name of the file beside it that this one is a copy of; empty where it is none."""
    for form in _COPIES:
        found = form.fullmatch(path.stem)
        if found and (path.parent / f"{found['of']}{path.suffix}").is_file():
            return f"{found['of']}{path.suffix}"
    return ""


def chapter_files(folder: Path) -> list[Path]:
    """The YAML files of a folder that may be chapters, in order: no locks, backups or copies."""
    return [path for path in sorted(folder.glob("*.yaml")) if not litter(path) and not copy_of(path)]


def misnamed(folder: Path) -> dict[str, Path]:
    """For the right name of a file, one beside it with the ending that an editor gave: estate.yaml.txt."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        ending = _ENDINGS.fullmatch(path.name)
        if path.is_file() and ending and path.suffix != ".yaml" and not litter(path):
            found.setdefault(f"{ending['stem'].lower()}.yaml", path)
    return found


def case_files(folder: Path) -> list[Path]:
    """Every file in a case's folder, in order, without what is hidden and what programs leave behind."""
    found: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        found += [path for path in (Path(root, name) for name in names) if not litter(path)]
    return sorted(found)


def stray_warnings(files: Files, options: Collection[str], tables: Collection[Path]) -> list[Fault]:
    """What lies in a case's folder and is not read, each file at its first line.

    Parameters
    ----------
    files
        Those of the case that were read.
    options
        The options that case.yaml lists.
    tables
        The tables that the case reads or names.
    """
    warnings: list[Fault] = []
    folder = files.folder
    used = {*files.included, *tables}
    wrong = set(misnamed(folder).values())
    named = set(chapter_files(folder / _SCENARIOS))
    unused: list[Path] = []
    inner: dict[str, list[Path]] = {}

    def warn(path: Path, message: str) -> None:
        warnings.append(Place(str(path)).fault(message))

    for right, path in misnamed(folder).items():
        there = (folder / right).is_file()
        cure = f"{right} is; delete one of the two" if there else f"rename it {right}"
        if path.suffix.lower() == ".txt" and ".y" not in path.stem.lower():
            continue
        warn(path, f"{path.name} is not read: {cure}")
    for path in case_files(folder):
        within = path.relative_to(folder)
        if files.resolved(path) in used or path in wrong:
            continue
        if within.parts[0] == "data" and len(within.parts) > 1:
            unused += [] if _for_people(path, _PAPERS) or path.name in _KEPT else [path]
        elif within.parts[0] == _SCENARIOS and len(within.parts) > 1:
            if path not in named and not _for_people(path, (".txt", *_PAPERS)):
                warn(path, f"{within.as_posix()} is not read: {_scenario(path, within.parts)}")
        elif within.parts[0] == "options" and len(within.parts) > 1:
            read = len(within.parts) == 2 and path.suffix == ".yaml" and path.stem in options
            if not read and not _for_people(path, _PAPERS):
                where = "case.yaml does not name it"
                right = f"rename it {path.stem}.yaml" if path.stem in options else where
                warn(path, f"{within.as_posix()} is not read: {right if len(within.parts) == 2 else where}")
        elif _for_people(path, (".txt", *_PAPERS)) or within.as_posix() in _LOGS:
            continue
        elif len(within.parts) > 1:
            inner.setdefault(within.parts[0], []).append(path)
        elif path.suffix != ".yaml":
            warn(path, f"{path.name} is not read: {_right(path)}")
        elif copy_of(path):
            like = f"it looks like a copy of {copy_of(path)}; delete or rename it"
            warn(path, f"{path.name} is not read: {like}")
    for name, paths in inner.items():
        what = listed(path.relative_to(folder).as_posix() for path in paths)
        right = (
            "chapters lie beside case.yaml, options in options/, scenarios in scenarios/ and tables in data/"
        )
        if folder / name / "case.yaml" in paths:
            right = "a folder with a case.yaml is a case of its own"
        warn(paths[0], f"nothing in {name}/ is read ({what}): {right}")
    if unused:
        which = listed(path.relative_to(folder).as_posix() for path in unused)
        many = "1 file is" if len(unused) == 1 else f"{len(unused)} files are"
        warn(unused[0], f"{many} read by nothing and named nowhere in the case: {which}")
    return warnings


def _scenario(path: Path, parts: tuple[str, ...]) -> str:
    """What to do with a file of scenarios/ that is not read."""
    if len(parts) > 2:
        return f"a scenario lies in {_SCENARIOS}/ itself"
    if copy_of(path):
        return f"it looks like a copy of {copy_of(path)}; delete or rename it"
    ending = _ENDINGS.fullmatch(path.name)
    if ending is None:
        return "a scenario ends in .yaml, as high.yaml"
    right = f"{ending['stem']}.yaml"
    return f"{right} is; delete one of the two" if (path.parent / right).is_file() else f"rename it {right}"


def _for_people(path: Path, endings: Collection[str]) -> bool:
    """Whether a file is a text about the case, which nobody takes for a part of it."""
    text = path.stem.lower() in _ABOUT and path.suffix.lower() in ("", ".txt", ".md")
    named = _ENDINGS.fullmatch(path.name) and ".y" in path.stem.lower()  # estate.yaml.txt
    return text or (path.suffix.lower() in endings and not named)


def _right(path: Path) -> str:
    """How what a file of the case's own folder may hold is given."""
    if path.suffix.lower() in _TABLES:
        return "tables are CSV files in data/, and a block names its own as table: data/NAME.csv"
    return "a chapter ends in .yaml, as estate.yaml"


def unused_sources(own: Mapping[str, Place], texts: Iterable[str]) -> list[Fault]:
    """A warning where sources of the case's register are cited by no value, figure or note."""
    cited = {id for text in texts for id in re.findall(r"\bL[0-9]+\b", text)}
    idle = [id for id in own if id not in cited]
    if not idle:
        return []
    many = "source is" if len(idle) == 1 else "sources are"
    return [own[idle[0]].fault(f"{len(idle)} {many} cited by nothing in the case: {listed(idle)}")]
