"""What the shipped templates name, set against the model: lines, inputs, headlines, dimensions and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from casebuilder.algebra.dimensions import OPTION
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.templates.shapes import Numbers
from casebuilder.units import UnknownUnitError, parse_unit

# Axes of tables beside the dimensions.
_AXES = (OPTION, "quarter", "horizon")
# Fields that hold the key of a line or input, and those that hold an axis.
_KEYS = (
    "line",
    "unless",
    "given",
    "start",
    "end",
    "pooling",
    "sharing",
    "offers",
    "only",
)
_AXIS_FIELDS = ("each", "across", "over", "repeat")
_STEPS = ("Level", "Below the step", "Fall", "Rise")


def wrong_names(
    name: str,
    content: Any,
    keys: Collection[str],
    headlines: Collection[str],
    dimensions: Collection[str],
    pages: Sequence[Mapping[str, Any]] = (),
) -> list[str]:
    """What a template names that the model has not, each with its place in the template.

    Parameters
    ----------
    name, content
        The template.
    keys
        The keys of all lines and inputs of the model.
    headlines
        The names of the headlines.
    dimensions
        Those of the model.
    pages
        All pages of the workbook, where the template is one: a map shows tables of any.
    """
    axes = (*_AXES, *dimensions)
    if name == "words.yaml":
        return [_unknown(key, key, keys) for key in content if key not in keys]
    if name == "workbook/pasted.yaml":
        return []
    if name == "challenge.yaml":
        limits = [limit["headline"] for each in content["questions"] for limit in each.get("limits", ())]
        return [_unknown("questions", each, headlines) for each in limits if each not in headlines]
    if name == "stresses.yaml":
        return list(_stresses(content, keys, dimensions))
    if name == "workbook/portfolio.yaml":
        shown = [(place, each["headline"]) for place, each in enumerate(content["columns"])]
        return [
            _unknown(f"columns[{place}].headline", each, headlines)
            for place, each in shown
            if each not in headlines
        ]
    if name == "workbook/intake.yaml":
        return list(_intake(content, keys, dimensions))
    if name == "workbook/layout.yaml":
        found = list(_walk("", content, keys, axes))
        summary = content["summary"]
        for place, each in enumerate(summary["headlines"]):
            if each not in headlines:
                found.append(_unknown(f"summary.headlines[{place}]", each, headlines))
        for place, each in enumerate(summary["site_chart"]["lines"]):
            if each not in keys:
                found.append(_unknown(f"summary.site_chart.lines[{place}]", each, keys))
        return found
    found = list(_walk("", content, keys, axes))
    if "blocks" in content:
        found += _tables(content, pages)
    return found


def _intake(content: Mapping[str, Any], keys: Collection[str], dimensions: Collection[str]) -> Iterator[str]:
    """The inputs and dimensions that the intake form names."""
    for field in ("owner", "hosted"):
        if content[field] not in dimensions:
            yield _unknown(field, content[field], dimensions)
    register = content["register"]
    named = {"hosts": [content["hosts"]]} | {field: content[field] for field in ("bid", "demand", "pool")}
    named |= {"dm01": list(content["dm01"].values()), "register.beside": register["beside"]}
    named |= {f"register.{field}": [register[field]] for field in ("given", "due")}
    for place, found in named.items():
        yield from (_unknown(place, key, keys) for key in found if key not in keys)


def _stresses(
    content: Mapping[str, Any], keys: Collection[str], dimensions: Collection[str]
) -> Iterator[str]:
    """The inputs, lines and dimensions that the stresses name."""
    for stress in content["stresses"]:
        place = f"stresses.{stress['name']}"
        picked = stress.get("for_one") or {}
        named = [picked.get("least"), picked.get("most")]
        for edit in (*stress["edits"], *stress["mitigated_by"]):
            named += [edit["input"], edit.get("of"), edit.get("divided_by")]
        yield from (_unknown(place, key, keys) for key in named if key and key not in keys)
        if picked and picked["dimension"] not in dimensions:
            yield _unknown(f"{place}.for_one", picked["dimension"], dimensions)


def _unknown(place: str, name: object, known: Collection[str]) -> str:
    return f"{place}: '{name}' is in no model{nearest(str(name), known)}"


def _is_unit(name: str) -> bool:
    """Whether a number can be shown as one of a unit."""
    if name in Numbers.model_fields:
        return True
    try:
        parse_unit(name)
    except UnknownUnitError:
        return False
    return True


def _walk(place: str, content: Any, keys: Collection[str], axes: Collection[str]) -> Iterator[str]:
    """Every field that holds a key or an axis."""
    if isinstance(content, Sequence) and not isinstance(content, str):
        for number, item in enumerate(content):
            yield from _walk(f"{place}[{number}]", item, keys, axes)
    if not isinstance(content, Mapping):
        return
    for field, value in content.items():
        here = f"{place}.{field}".lstrip(".")
        named = field in _KEYS or (field == "total" and isinstance(value, str))
        if named and value not in keys:
            yield _unknown(here, value, keys)
        elif field == "unit" and not _is_unit(value):
            yield _unknown(here, value, Numbers.model_fields)
        elif field in _AXIS_FIELDS and value not in axes:
            yield _unknown(here, value, axes)
        elif field == "rows":
            for axis in [value] if isinstance(value, str) else value:
                if axis not in axes:
                    yield _unknown(here, axis, axes)
        elif not named:
            yield from _walk(here, value, keys, axes)


def _tables(page: Mapping[str, Any], pages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Charts name tables of their page, and columns that the table has; a map those of any page."""
    by_page = {each["sheet"]: dict(_columns(each)) for each in (*pages, page)}
    own = by_page[page["sheet"]]
    for place, block in enumerate(page["blocks"]):
        where = f"blocks[{place}]"
        for field in ("switching", "lives"):
            if field in block and block[field] not in own:
                yield _unknown(f"{where}.{field}", block[field], own)
        for count, chart in enumerate(block.get("charts", ())):
            yield from _chart(f"{where}.charts[{count}]", chart, own, by_page)


def _chart(
    where: str,
    chart: Mapping[str, Any],
    own: Mapping[str, set[str]],
    pages: Mapping[str, Mapping[str, set[str]]],
) -> Iterator[str]:
    if "table" in chart:
        if chart["table"] not in own:
            yield _unknown(f"{where}.table", chart["table"], own)
            return
        for each in chart.get("columns", ()):
            if each not in own[chart["table"]]:
                yield _unknown(f"{where}.columns", each, own[chart["table"]])
    elif "line" not in chart and "series" not in chart:
        yield f"{where}: a chart shows a table, a line or series"
    for place, series in enumerate(chart.get("series", ())):
        at = f"{where}.series[{place}]"
        tables = pages.get(series["sheet"])
        if tables is None:
            yield _unknown(f"{at}.sheet", series["sheet"], pages)
        elif series["table"] not in tables:
            yield _unknown(f"{at}.table", series["table"], tables)
        else:
            for axis in ("x", "y"):
                if series[axis] not in tables[series["table"]]:
                    yield _unknown(f"{at}.{axis}", series[axis], tables[series["table"]])


def _columns(page: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """The tables of a page, each with what charts may call its columns."""
    for block in page["blocks"]:
        if "name" not in block:
            continue
        names = {column.get("name", column["line"]) for column in block.get("columns", ())}
        yield block["name"], names | (set(_STEPS) if "steps" in block else set())
