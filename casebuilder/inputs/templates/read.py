"""The YAML files that ship under `templates/`: ours, and checked all the same."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebuilder.errors import ModelError
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.shape.schema import Shape
from casebuilder.inputs.templates.names import wrong_names
from casebuilder.inputs.templates.shapes import SHAPES, PageGiven
from casebuilder.inputs.wording import meaning
from casebuilder.resources import resource

# libyaml reads the pages ten times as fast, where it is there.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PAGES = "workbook/pages"


@cache
def names() -> tuple[str, ...]:
    """Every template, a file of `workbook/pages` for each sheet among them in the order of the sheets."""
    return (*SHAPES, "words.yaml", *_page_names())


@cache
def pages() -> tuple[dict[str, Any], ...]:
    """The pages of the workbook, in order.

    Raises
    ------
    ModelError
        As `template` does, and two pages that give one sheet.
    """
    found = tuple(template(name) for name in _page_names())
    given: dict[str, str] = {}
    for name, page in zip(_page_names(), found, strict=True):
        other = given.setdefault(page["sheet"], name)
        if other != name:
            _raise(name, [f"sheet: '{page['sheet']}' is the sheet of {other} too"])
    return found


def _page_names() -> list[str]:
    folder = resource(f"templates/{_PAGES}")
    return sorted(f"{_PAGES}/{path.name}" for path in folder.glob("*.yaml"))


@cache
def template(name: str) -> dict[str, Any]:
    """The content of a shipped YAML template, such as `workbook/styles.yaml`.

    Raises
    ------
    ModelError
        A key that the template may not have, one that it lacks, or a value of another kind: the file and
        the place in it are named.
    """
    with resource(f"templates/{name}").open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.load(stream, Loader=_LOADER)
    _raise(name, wrong_shape(name, content))
    return content


def check_names(
    name: str, keys: Collection[str], headlines: Collection[str], dimensions: Collection[str]
) -> None:
    """Set what a template names against the model.

    Parameters
    ----------
    name
        The template.
    keys
        The keys of all lines and inputs of the model, those that a case lacks among them.
    headlines
        The names of the headlines.
    dimensions
        Those of the model.

    Raises
    ------
    ModelError
        A name that the model does not have: the file and the place in it are named.
    """
    _raise(name, wrong_names(name, template(name), keys, headlines, dimensions, pages()))


def wrong_shape(name: str, content: Any) -> list[str]:
    """What is wrong with the keys and kinds of a template's content."""
    if not isinstance(content, dict):
        return ["a mapping of keys to values is expected"]
    shape = PageGiven if name.startswith(_PAGES) else SHAPES.get(name)
    if shape is None:
        return [
            f"{key}: a list of words is expected"
            for key, words in content.items()
            if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words)
        ]
    try:
        shape.model_validate(content)
    except ValidationError as error:
        return [_told(shape, detail) for detail in error.errors()]
    return []


def _told(shape: type[Shape], detail: ErrorDetails) -> str:
    loc, kind = detail["loc"], detail["type"]
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")
    if kind != "extra_forbidden":
        return f"{place}: {'is missing' if kind == 'missing' else meaning(detail)}"
    known = {field.alias or name for name, field in _fields(shape, loc[:-1])}
    return f"{place}: unknown key{nearest(str(loc[-1]), known)}"


def _fields(shape: type[Shape], loc: tuple[int | str, ...]) -> list[tuple[str, Any]]:
    """The fields of the shape that stands at a place."""
    here: type[Shape] = shape
    for step in loc:
        if isinstance(step, str):
            found = _inner(here.model_fields[step].annotation) if step in here.model_fields else None
            here = found or here
    return list(here.model_fields.items())


def _inner(annotation: Any) -> type[Shape] | None:
    """The shape within an annotation such as `list[Block] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _inner(part))), None)


def _raise(name: str, wrong: list[str]) -> None:
    if wrong:
        raise ModelError("\n".join(f"templates/{name}: {what}" for what in wrong))


def standard_stresses() -> dict[str, str]:
    """The labels of the stresses that every bid is put to, by name."""
    return {str(each["name"]): str(each["label"]) for each in template("stresses.yaml")["stresses"]}
