"""What an editor sees of a case: its files read by the core schema of YAML 1.2, held to the JSON Schemas.

The validator is jsonschema's, which shares no code with us. YAML is PyYAML's tree, read by the rules of YAML
1.2 as editors have them: `600_000`, `1,083` and `yes` are texts, `012` is twelve, keys are texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from casebuilder.inputs.files.strays import chapter_files
from casebuilder.inputs.schema.files import schema_for
from casebuilder.tasks.schema import schema_files

_BASE = "https://example.org/"
_CORE = {
    "null": (r"~|null|Null|NULL|", [*"~nN", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+0123456789."),
    ),
}


class _Core(yaml.SafeLoader):
    """PyYAML with the core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - as PyYAML declares it


for _name, (_pattern, _first) in _CORE.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"^(?:{_pattern})$"), _first)
_Core.add_constructor(
    "tag:yaml.org,2002:int",
    lambda _, node: int(node.value, 0) if node.value[:2] in ("0x", "0o") else int(node.value),
)
_Core.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value.replace(".inf", "inf")))


def as_an_editor_reads(path: Path) -> Any:
    """The file as JSON would hold it: keys are texts."""
    return _json(yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Core) or {})


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _json(child) for key, child in value.items()}
    return [_json(item) for item in value] if isinstance(value, list) else value


@cache
def registry(case: Path | None) -> Registry:
    """The schemas of a case, or of any, as they are written."""
    files = {name: json.loads(data) for name, data in schema_files(case).items()}
    for schema in files.values():
        Draft7Validator.check_schema(schema)
    return Registry().with_resources(
        (_BASE + name, Resource.from_contents(schema, default_specification=DRAFT7))
        for name, schema in files.items()
    )


def faults(case: Path, path: str, schemas: Path | None, as_file: str = "") -> list[str]:
    """What an editor would mark in one file of a case: each place with what is said.

    Parameters
    ----------
    case, path
        The case, and the file within it.
    schemas
        The case whose schemas they are; None for those of any case.
    as_file
        The name that the file would have in a case, where it has another.
    """
    validator = Draft7Validator(
        {"$ref": _BASE + schema_for(as_file or path)},
        registry=registry(schemas.resolve() if schemas else None),
    )
    found = validator.iter_errors(as_an_editor_reads(case / path))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in found]


def files_of(case: Path) -> list[str]:
    """The YAML files of a case that are files of their own, by path; what others include is part of them."""
    paths = [*chapter_files(case), *sorted((case / "options").glob("*.yaml"))]
    included = {
        (path.parent / name).resolve() for path in paths for name in _includes(as_an_editor_reads(path))
    }
    return [path.relative_to(case).as_posix() for path in paths if path.resolve() not in included]


def _includes(read: Any) -> list[str]:
    return list(read.get("include", ())) if isinstance(read, Mapping) else []
