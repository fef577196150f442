"""Every key of every template, and every name in one, misspelt in turn: each is named with its place."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from casebuilder.algebra.dimensions import Dimensions
from casebuilder.case import load_model
from casebuilder.errors import ModelError
from casebuilder.evaluate.headlines import FURTHER, HEADLINES
from casebuilder.inputs.templates import names as template_names
from casebuilder.inputs.templates import read as templates
from casebuilder.inputs.templates.names import wrong_names
from casebuilder.inputs.templates.read import names, pages, template, wrong_shape

ALL = (*HEADLINES, *FURTHER)
Path = tuple[str | int, ...]
SAMPLE = 150
# Words, fonts, number formats and the headings of what is pasted name nothing.
OTHER = ("words.yaml", "workbook/styles.yaml", "workbook/pasted.yaml")


@cache
def keys() -> frozenset[str]:
    """The keys of all lines and inputs."""
    model = load_model()
    return frozenset(named.key for named in (*model.lines, *model.inputs))


@cache
def dimensions() -> Dimensions:
    """The dimensions that chapters declare."""
    return load_model().dimensions


def paths(content: Any, above: Path = ()) -> Iterator[Path]:
    """The way to every key of a template."""
    items = content.items() if isinstance(content, dict) else enumerate(content)
    for step, inner in items:
        if isinstance(content, dict):
            yield (*above, step)
        if isinstance(inner, dict | list):
            yield from paths(inner, (*above, step))


def misspelt(content: Any, path: Path) -> Any:
    """A copy in which the key at the end of a path has a letter too many; order is kept."""
    if len(path) == 1:
        return {f"{key}x" if key == path[0] else key: inner for key, inner in content.items()}
    changed = copy.copy(content)
    changed[path[0]] = misspelt(content[path[0]], path[1:])
    return changed


def wrong(name: str, content: Any) -> list[str]:
    """What loading says of a template."""
    return wrong_shape(name, content) or wrong_names(name, content, keys(), ALL, dimensions(), pages())


def every_key() -> list[tuple[str, Path]]:
    """All keys of all templates."""
    return [(name, path) for name in names() for path in paths(template(name))]


def assert_named(name: str, path: Path) -> None:
    """The slip is told, by its key and the place it stands at."""
    said = wrong(name, misspelt(template(name), path))
    assert any(f"{path[-1]}x" in message for message in said), (name, path, said[:3])


def test_shipped_templates_are_well() -> None:
    """Nothing is said of what ships, and all of it is looked at."""
    for name in names():
        assert wrong(name, template(name)) == []
    assert len(every_key()) > 2_000


def test_a_sample_of_keys_misspelt_is_named() -> None:
    """Some of each template, drawn once for all."""
    draw = random.Random(13)
    for name in names():
        own = [path for each, path in every_key() if each == name]
        for path in draw.sample(own, min(len(own), SAMPLE // len(names()))):
            assert_named(name, path)


@pytest.mark.full
def test_every_key_misspelt_is_named() -> None:
    """All of them."""
    for name, path in every_key():
        assert_named(name, path)


NAMED = (
    "line",
    "unless",
    "given",
    "start",
    "end",
    "only",
    "each",
    "across",
    "repeat",
    "over",
    "pooling",
    "sharing",
    "switching",
    "lives",
    "table",
    "type",
    "paper",
    "as",
    "month",
    "unit",
    "option",
    "rows",
    "columns",
    "lines",
    "headlines",
)


def values(content: Any, above: Path = ()) -> Iterator[Path]:
    """The way to every value that names something: a text, or a text in a list, under one of those fields."""
    items = content.items() if isinstance(content, dict) else enumerate(content)
    for step, inner in items:
        here = (*above, step)
        if isinstance(inner, str) and (step in NAMED or (isinstance(step, int) and above[-1] in NAMED)):
            yield here
        elif isinstance(inner, dict | list):
            yield from values(inner, here)


def replaced(content: Any, path: Path) -> Any:
    """A copy in which the value at the end of a path has a letter too many."""
    changed = copy.copy(content)
    changed[path[0]] = replaced(content[path[0]], path[1:]) if len(path) > 1 else f"{content[path[0]]}x"
    return changed


@pytest.fixture
def _no_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nearest to a name is tested by itself, and looked for among two thousand keys."""
    monkeypatch.setattr(template_names, "nearest", lambda word, known: "")


@pytest.mark.usefixtures("_no_hints")
def test_a_sample_of_names_misspelt_is_told() -> None:
    """Keys of lines, axes, tables, kinds of charts and headlines."""
    draw = random.Random(14)
    for name in names():
        if name in OTHER:
            continue
        own = list(values(template(name)))
        for path in draw.sample(own, min(len(own), 40)):
            assert wrong(name, replaced(template(name), path)), (name, path)


@pytest.mark.full
@pytest.mark.usefixtures("_no_hints")
def test_every_name_misspelt_is_told() -> None:
    """All of them."""
    for name in names():
        for path in values(template(name)) if name not in OTHER else ():
            assert wrong(name, replaced(template(name), path)), (name, path)


def test_a_fault_names_the_file_the_place_and_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a user of a broken installation would read it."""
    content = {**template("summary/operations.yaml"), "headng": "x"}
    assert wrong_shape("summary/operations.yaml", content) == ["headng: unknown key; did you mean 'heading'?"]
    place = r"^templates/workbook/layout\.yaml: summary\.charts\[0\]\.line: 'waits"
    with pytest.raises(ModelError, match=place):
        monkeypatch.setattr(
            templates,
            "template",
            lambda name: replaced(template(name), ("summary", "charts", 0, "line")),
        )
        templates.check_names("workbook/layout.yaml", keys(), ALL, load_model().dimensions)
