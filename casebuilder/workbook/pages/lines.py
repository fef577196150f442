"""Tables whose rows are lines and whose columns are years or sites, as accounts and forms are laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.cells import Spot
from casebuilder.workbook.pages.tables import Page, Placed, TableWriter


def has_lines(tables: TableWriter, block: Mapping[str, Any]) -> bool:
    """Whether the case has any of the lines."""
    return any(tables.cells.find(spec["line"]) is not None for spec in block["lines"] if "line" in spec)


def _all(block: Mapping[str, Any]) -> list[str]:
    """The heading of the column that adds each row up, if there is one."""
    return [block["all"]] if "all" in block else []


def _rows(
    tables: TableWriter, page: Page, block: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any], str, Spot]]:
    """Each row: its entry, its label, and the member it fixes, of the lines that the case has."""
    for spec in block["lines"]:
        named = tables.cells.find(spec["line"]) if "line" in spec else None
        if "line" in spec and named is None:
            continue
        if "each" not in spec:
            yield spec, spec.get("heading") or (named.label if named is not None else ""), Spot()
            continue
        for label, spot in tables.cells.spots(spec["each"], page.spot.members):
            member = spot.members[spec["each"]]
            if member in spec.get("members", (member,)) and member not in spec.get("but", ()):
                yield spec, label, spot


def write_lines(tables: TableWriter, page: Page, block: Mapping[str, Any]) -> None:
    """Write lines one below the other, with a column for each member of `across`.

    A line may be shown with its sign turned (`minus`), as a total (`total`), once for each member of a
    dimension (`each`; only some `members`, or all `but` some), or its place hold a `heading` alone. Lines
    that the case does not have are left out. Where the block names a column for `all`, it adds the row up,
    save for a rate (`rate`), of which a sum would mean nothing.
    """
    if not has_lines(tables, block):
        return
    across = list(tables.cells.spots(block["across"], page.spot.members))
    tables.title(page, block)
    tables.header(page, [block.get("what", "£, cash"), *(label for label, _ in across), *_all(block)], 1)
    header = page.row - 1
    values: dict[int, list[float]] = {}
    by_name: dict[str, list[int]] = {}
    for spec, label, fixed in _rows(tables, page, block):
        total = bool(spec.get("total"))
        style = tables.styles["section"] if total or "line" not in spec else tables.styles["cell_text"]
        named = tables.cells.find(spec["line"]) if "line" in spec else None
        page.sheet.write_string(page.row - 1, 0, label, style)
        for place, (_, own) in enumerate(across, 2):
            if named is None:
                values.setdefault(place, []).append(0.0)
                continue
            spot = page.spot & fixed & own
            if not tables.cells.exists(named, spot):
                continue
            text, value = tables.cells.formula(named, spot), tables.cells.value(named, spot)
            if spec.get("minus"):
                text, value = f"-{text}" if text else "", 0.0 - value
            role = "total" if total else "calculation"
            value = tables.planned(page, spec, spot, place, (text, value), named.unit, role)
            values.setdefault(place, []).append(value)
        if "all" in block and named is not None and not spec.get("rate"):
            row, last = page.row, len(across) + 1
            text, value = f"SUM(B{row}:{letter(last)}{row})", sum(held[-1] for held in values.values())
            role = "total" if total else "calculation"
            tables.number(page, last + 1, text, value, named.unit, bool(spec.get("signed")), role)
        page.row += 1
    first = header + 1
    for place in values:
        by_name.setdefault(letter(place), []).append(place)
    units = dict.fromkeys(values, "GBP_nominal")
    headings = {place: label for place, (label, _) in enumerate(across, 2)}
    page.tables[block["name"]] = Placed(
        page.name, header, first, page.row - 1, 1, by_name, values, units, headings
    )
    page.row += 1
