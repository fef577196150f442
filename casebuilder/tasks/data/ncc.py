"""`data ncc`: the national schedule of costs becomes a case's unit costs and activity by currency."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebuilder.case import find_case, load_model
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.inputs.at_hand import at_hand
from casebuilder.inputs.dm01.headings import Headings, plain, read_headings
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.files.scalars import listed, shown
from casebuilder.inputs.files.tables import read_table, table_text
from casebuilder.inputs.shape.calendar import financial_year
from casebuilder.resources import resource
from casebuilder.tasks.data.header import Header, find_header, require
from casebuilder.tasks.data.outcome import Outcome
from casebuilder.tasks.data.sheets import Sheet, number, words
from casebuilder.tasks.data.tables import changed, from_text, read_given, replace_tables
from casebuilder.tasks.data.workbook import read_sheets

COSTS = "data/ncc.csv"
COLUMNS = ("currency", "code", "description", "department", "activity", "unit_cost")
_CODE = re.compile(r"[A-Z]{2}\d{2,3}[A-Z]?|[A-Z]{2,6}\d{0,2}[A-Z]?")
_YEAR = re.compile(r"(20\d\d)\s*[/_-]\s*(?:20)?(\d\d)|FY\s*(\d\d)\s*-?\s*(\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Cost:
    """One row of the schedule: where it stands, and its numbers (NaN where blank or kept back)."""

    sheet: Sheet
    row: int
    department: str
    code: str
    description: str
    activity: float
    unit_cost: float


def data_ncc(files: Sequence[Path], case: str, tell: Callable[[str], None] = lambda _: None) -> Outcome:
    """Read schedules and write the case's `data/ncc.csv`: its currencies, directly accessed services first.

    Parameters
    ----------
    files
        The schedule as a workbook or CSV.
    case
        The case's folder or name.
    tell
        Told the name of each stage.

    Raises
    ------
    InputError
        A file or the case is at fault; nothing was written.
    CaseError
        The files have none of the case's currencies.
    """
    folder = find_case(case)
    about = at_hand(folder, load_model().dimensions)
    reference = resource("assumptions/reference/data")
    headings = read_headings(reference / "ncc_headings.csv")
    faults: list[Fault] = []
    order = _order(reference / "ncc_departments.csv", faults)
    costs: list[Cost] = []
    notes: list[str] = []
    years: list[str] = []
    for path in files:
        tell(f"Reading {path.name}")
        found, said, year = _read(path, headings, faults)
        costs += found
        notes += said
        years += [year] if year else []
    before = read_given(folder / COSTS, faults)
    if faults:
        raise InputError(told_once(faults, None))
    wanted = about.members.get("currency", {})
    chosen, more = _chosen(costs, tuple(wanted), order)
    if not chosen:
        raise CaseError(f"the files have none of the case's currencies: {listed(wanted, 10)}")
    rows = (
        (
            id,
            cost.code,
            cost.description,
            cost.department,
            shown(cost.activity),
            shown(round(cost.unit_cost, 2)),
        )
        for id, cost in chosen.items()
    )
    after = from_text(table_text(COLUMNS, rows))
    tell("Writing the tables")
    said_before = replace_tables(folder, {COSTS: after.text})
    year = years[-1] if years else ""
    of = year or "YEAR, which no file names"
    return Outcome(
        "ncc",
        folder.resolve().name,
        (year or "year not named", year or "year not named"),
        (changed(COSTS, before, after, ("activity", "unit_cost")),),
        taken=said_before,
        to_change=(
            "benchmark.yaml reads it with national_cost: {unit: GBP_real / test, over: [currency], "
            f"prices_of: {of}, table: {COSTS}, column: unit_cost, source: …, state: published}}",
        ),
        left_out=(*notes, *more),
    )


def _order(path: Path, faults: list[Fault]) -> Mapping[str, int]:
    """By department, as `plain` has it, its place in the order in which they are taken."""
    table = read_table(path, str(path), ("department", "order"), faults)
    return {plain(row.cells[0]): int(row.cells[1]) for row in table.rows} if table else {}


def _read(path: Path, headings: Headings, faults: list[Fault]) -> tuple[list[Cost], list[str], str]:
    """The rows of every sheet that has currencies with activity and unit cost, and the year."""
    sheets = read_sheets(path, faults)
    headers = [
        header
        for sheet in sheets
        if (header := find_header(sheet, headings, faults)) is not None and "currency" in header.columns
    ]
    if sheets and not headers:
        named = listed((sheet.name for sheet in sheets if sheet.name), 8)
        there = f"; its sheets are {named}" if named else ""
        what = f"no sheet with currency, activity and unit cost: the national schedule is expected{there}"
        faults.append(Fault(str(path), 1, 1, what))
    costs: list[Cost] = []
    notes: list[str] = []
    whole = [header for header in headers if {"activity", "unit_cost"} <= set(header.columns)]
    if headers and not whole:
        require(headers[0], ("activity", "unit_cost"), headings, faults)
    for header in whole:
        found, passed = _rows(header, faults)
        costs += found
        if passed:
            notes.append(f"{path}: {header.sheet.shown}: {passed:,} rows without a currency code passed over")
    return costs, notes, _year([path.stem, *(_above(header) for header in whole)])


def _above(header: Header) -> str:
    return " ".join(words(cell) for row in header.sheet.rows[: header.row] for cell in row)


def _year(texts: Sequence[str]) -> str:
    """The financial year that a text names, as 2024/25; nothing where none does."""
    for text in texts:
        for found in _YEAR.finditer(text):
            start = int(found[1]) if found[1] else 2000 + int(found[3])
            if financial_year(start)[5:] == (found[2] or found[4]):
                return financial_year(start)
    return ""


def _rows(header: Header, faults: list[Fault]) -> tuple[list[Cost], int]:
    """The rows below a header, and how many have no code of a currency."""
    sheet, columns = header.sheet, header.columns
    found: list[Cost] = []
    seen: dict[tuple[str, str, str], int] = {}
    passed = 0
    for at in range(header.row + 1, len(sheet.rows)):
        row = sheet.rows[at]
        if not any(words(cell) for cell in row):
            continue
        if len(row) <= max(columns[name] for name in ("currency", "activity", "unit_cost")):
            passed += 1
            continue
        code = words(row[columns["currency"]]).upper()
        if not _CODE.fullmatch(code) or code == "TOTAL":
            passed += 1
            continue
        named = next((name for name in ("department", "service") if name in columns), "")
        department = words(row[columns[named]]) if named and not _lone(header) else sheet.name
        values: list[float] = []
        for name in ("activity", "unit_cost"):
            value = number(row[columns[name]])
            if value is None or value < 0:
                what = f"{code}: '{words(row[columns[name]])}' is no {name.replace('_', ' ')}, a number"
                faults.append(sheet.fault(at, columns[name], what))
            values.append(math.nan if value is None else value)
        service = words(row[columns["service"]]) if "service" in columns else ""
        key = (department, service, code)
        if key in seen:
            what = f"{code} stands here again for {department or 'the sheet'}, first in row {seen[key] + 1}"
            faults.append(sheet.fault(at, columns["currency"], f"{what}: once is right"))
            continue
        seen[key] = at
        text = words(row[columns["description"]]) if "description" in columns else ""
        cost = Cost(sheet, at, department, code, text, values[0], values[1])
        _adds_up(header, row, cost, faults)
        found.append(cost)
    return found, passed


def _lone(header: Header) -> bool:
    """Whether the sheet is of one department, whose name it has, and has services within it."""
    return "department" not in header.columns and bool(header.sheet.name)


def _adds_up(header: Header, row: Sequence[object], cost: Cost, faults: list[Fault]) -> None:
    """Activity times unit cost is the total cost, to within the pennies of a rounded unit cost."""
    at = header.columns.get("total_cost")
    total = number(row[at]) if at is not None and at < len(row) else None
    if at is None or total is None or math.isnan(total + cost.activity + cost.unit_cost):
        return
    rounded = max(0.01 * cost.activity, 1.0)  # a unit cost printed in whole pennies
    if abs(cost.activity * cost.unit_cost - total) > rounded:
        made = cost.activity * cost.unit_cost
        what = f"{cost.code}: {cost.activity:,.0f} at £{cost.unit_cost:,.2f} are £{made:,.0f}"
        faults.append(cost.sheet.fault(cost.row, at, f"{what}, and £{total:,.0f} stands here"))


def _mean(costs: Sequence[Cost]) -> Cost:
    """Several services of one currency as one, weighted by activity."""
    activity = sum(cost.activity for cost in costs)
    if len(costs) == 1 or not activity:
        return costs[0]
    spent = sum(cost.activity * cost.unit_cost for cost in costs)
    return replace(costs[0], activity=activity, unit_cost=spent / activity)


def _chosen(
    costs: Sequence[Cost], wanted: Sequence[str], order: Mapping[str, int]
) -> tuple[dict[str, Cost], list[str]]:
    """Of each currency the row of the first department in the order, and what was passed over."""
    by_code: dict[str, list[Cost]] = {}
    for cost in costs:
        by_code.setdefault(cost.code.lower(), []).append(cost)
    chosen: dict[str, Cost] = {}
    notes: list[str] = []
    blank: list[str] = []
    others: list[str] = []
    for id in wanted:
        rows = [cost for cost in by_code.get(id, []) if not math.isnan(cost.activity + cost.unit_cost)]
        known = [cost for cost in rows if plain(cost.department) in order]
        if id in by_code and not rows:
            blank.append(id)
        elif known:
            best = min(order[plain(cost.department)] for cost in known)
            same = [cost for cost in known if order[plain(cost.department)] == best]
            chosen[id] = _mean(same)
            if len(same) > 1:
                notes.append(f"{id}: the mean of {len(same)} services, weighted by activity")
        elif rows:
            others.append(f"{id} ({listed(sorted({cost.department for cost in rows}))})")
    lacking = [id for id in wanted if id not in by_code]
    first = min(order.values(), default=0)
    other = [f"{id} from {c.department}" for id, c in chosen.items() if order[plain(c.department)] > first]
    if other:
        notes.append(f"not directly accessed diagnostics: {listed(other, 20)}")
    if blank:
        notes.append(f"{listed(blank, 30)}: activity or unit cost is blank or kept back; no row")
    if others:
        notes.append(f"{listed(others, 30)}: only in other departments; no row")
    if lacking:
        notes.append(f"{listed(lacking, 30)}: not in the files; no row")
    passed = len(by_code) - len(set(by_code) & set(wanted))
    if passed:
        notes.append(f"{passed:,} currencies that are none of the case's")
    return chosen, notes
