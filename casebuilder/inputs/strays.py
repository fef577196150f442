"""Files beside those of a case: locks, backups and copies, wrong endings, and what nothing uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.places import Place
from casebuilder.inputs.scalars import listed

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
_DOCUMENTS = (".md", ".pdf", ".docx")


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


def stray_warnings(
    folder: Path, shown: Path, options: Collection[str], included: Collection[Path], names: Iterable[str]
) -> list[Fault]:
    """What lies in a case's folder and is not read, each file at its first line.

    Parameters
    ----------
    folder, shown
        The case, and its name as faults show it.
    options
        The options that case.yaml lists.
    included
        The files that others include.
    names
        The tables that the case reads.
    """
    warnings: list[Fault] = []

    def warn(path: Path, message: str) -> None:
        warnings.append(Place(str(shown / path.relative_to(folder))).fault(message))

    for right, path in misnamed(folder).items():
        there = (folder / right).is_file()
        cure = f"{right} is; delete one of the two" if there else f"rename it {right}"
        if path.suffix.lower() == ".txt" and ".y" not in path.stem.lower():
            continue
        warn(path, f"{path.name} is not read: {cure}")
    for path in sorted(folder.glob("*.yaml")):
        if copy_of(path) and not litter(path) and path.resolve() not in included:
            like = f"it looks like a copy of {copy_of(path)}; delete or rename it"
            warn(path, f"{path.name} is not read: {like}")
    for path in sorted((folder / "options").glob("*")):
        if litter(path) or path.suffix.lower() not in (".yaml", ".yml", ".txt"):
            continue
        read = path.suffix == ".yaml" and path.stem in options
        if not read and path.resolve() not in included:
            warn(path, f"options/{path.name} is not read: case.yaml does not name it")
    known = set(names)
    unused = [
        path
        for path in sorted((folder / "data").rglob("*"))
        if path.is_file() and not litter(path) and path.suffix.lower() not in _DOCUMENTS
        and path.name not in known
    ]  # fmt: skip
    if unused:
        which = listed(path.relative_to(folder).as_posix() for path in unused)
        files = "1 file is" if len(unused) == 1 else f"{len(unused)} files are"
        warn(unused[0], f"{files} read by nothing and named nowhere in the case: {which}")
    return warnings


def unused_sources(own: Mapping[str, Place], texts: Iterable[str]) -> list[Fault]:
    """A warning where sources of the case's register are cited by no value, figure or note."""
    cited = {id for text in texts for id in re.findall(r"\bL[0-9]+\b", text)}
    idle = [id for id in own if id not in cited]
    if not idle:
        return []
    many = "source is" if len(idle) == 1 else "sources are"
    return [own[idle[0]].fault(f"{len(idle)} {many} cited by nothing in the case: {listed(idle)}")]
