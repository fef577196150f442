"""Write the JSON Schemas of a case's YAML files, and the line by which an editor finds each."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from casebuilder.case import load_model
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.inputs.files.strays import chapter_files
from casebuilder.inputs.read import known_names
from casebuilder.inputs.schema.files import schema_for, schemas
from casebuilder.tasks.together import write_together

# Where they stand in a case: a folder that readers of cases pass over.
FOLDER = ".schema"
_LINE = "# yaml-language-server: $schema="
_MARK = "\ufeff"
# A new case's answers stand in it as they were typed.
_AS_TYPED = "answers.yaml"
# Of the reference set alone.
_MEMBERS = "members.yaml"


def schema_files(case: Path | None) -> dict[str, bytes]:
    """Every schema as it is written, by its name: of one case, or of any where none is given.

    Raises
    ------
    ModelError
        A template that ships names what the model has not.
    """
    model = load_model()
    found = schemas(model, known_names(case, model.dimensions), list(HEADLINES))
    if case is not None and not (case / _MEMBERS).is_file():
        found.pop(schema_for(_MEMBERS))
    return {name: _json(schema) for name, schema in found.items()}


def write_schemas(folder: Path, case: Path | None) -> dict[str, int]:
    """Write the schemas into a folder.

    Parameters
    ----------
    folder
        Where they are to stand.
    case
        The case they are of; None for any.

    Returns
    -------
    dict
        The bytes of each file that was written.
    """
    files = schema_files(case)
    write_together({folder / name: data for name, data in files.items()})
    return {name: len(data) for name, data in files.items()}


def link(case: Path, folder: Path) -> list[str]:
    """Put the line by which an editor finds its schema first in every YAML file of a case that lacks it.

    Parameters
    ----------
    case
        The case.
    folder
        Where the schemas stand.

    Returns
    -------
    list
        The files that were given the line, by their path within the case.
    """
    known = {path.name for path in folder.glob("*.json")}
    changed: dict[Path, bytes] = {}
    inner = [sorted((case / folder).glob("*.yaml")) for folder in ("options", "scenarios")]
    for path in [*chapter_files(case), *inner[0], *inner[1]]:
        name = schema_for(path.relative_to(case).as_posix())
        if name not in known or path.name == _AS_TYPED:
            continue
        data = path.read_bytes().decode("utf-8")
        text = data.removeprefix(_MARK)
        if _LINE in text[: text.find("\n") + 1]:
            continue
        end = "\r\n" if "\r\n" in text else "\n"
        to = Path(os.path.relpath(folder / name, path.parent)).as_posix()
        mark = _MARK if data.startswith(_MARK) else ""
        changed[path] = f"{mark}{_LINE}{to}{end}{text}".encode()
    write_together(changed)
    return [path.relative_to(case).as_posix() for path in changed]


def guide_editors(case: Path) -> None:
    """Give a new case its schemas, and each of its files the line that names its own."""
    write_schemas(case / FOLDER, case)
    link(case, case / FOLDER)


def renew(case: Path) -> list[str]:
    """The schemas of a case again, where it keeps them, for its members and options as they are now.

    Returns
    -------
    list
        The files that were given the line; none where the case keeps no schemas.
    """
    folder = case / FOLDER
    if not folder.is_dir():
        return []
    write_schemas(folder, case)
    return link(case, folder)


def _json(schema: Mapping[str, object]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
