"""The shape of a case out of case.yaml: members, pairs that exist, options and periods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from casebuilder.algebra.dimensions import OPTION, TIME, Dimensions, Frame, Member
from casebuilder.errors import Fault
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.paths import table_path
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.prose import cut_text, long_text, visible
from casebuilder.inputs.files.scalars import MEMBER_ID, Word, bare, listed, nearest
from casebuilder.inputs.files.tables import read_table
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.calendar import (
    Calendar,
    april_of,
    financial_year,
    is_financial_year,
    month_number,
)
from casebuilder.inputs.shape.pairs import read_pairs
from casebuilder.inputs.shape.schema import CaseFile
from casebuilder.inputs.shape.spread import OTHERS

MEMBERS = "members.yaml"
_COLUMNS = ("table", "id", "label")
_FEW = 5
RESERVED = ("true", "false", OTHERS)


_DATES = ("base_year", "first_month", "operating_months", "horizon")
# What the rest of a case is read against where case.yaml's dates are at fault.
ANY_CALENDAR = Calendar("2021/22", "2021-04", 12, 1)
STAND_IN = {
    "title": "",
    "host": "",
    "baseline": "",
    "options": ["none"],
    "base_year": ANY_CALENDAR.base_year,
    "operating_months": ANY_CALENDAR.operating_months,
    "horizon": ANY_CALENDAR.horizon,
}


def read_calendar(case: CaseFile, node: Node, faults: list[Fault]) -> Calendar | None:
    """The time axes; None where they make no sense."""
    before = len(faults)
    given = {key: _given(node.get(key)) for key in _DATES}

    def refuse(key: str, message: str) -> None:
        child = node.get(key)
        faults.append((child.place if child else node.key_place(key)).fault(message))

    if not is_financial_year(case.base_year):
        right = financial_year(int(case.base_year[:4]))
        refuse("base_year", f"'{case.base_year}' is no financial year; did you mean '{right}'?")
        return None
    if any(getattr(case, key) != given[key] for key in _DATES):
        # One of them is at fault already, and the others make sense only together with it.
        return None
    first = case.first_month or f"{case.base_year[:4]}-04"
    if month_number(first) < april_of(case.base_year):
        refuse("first_month", f"{first} lies before the base year {case.base_year}")
        return None
    calendar = Calendar(case.base_year, first, case.operating_months, case.horizon, case.statement_years)
    if case.operating_months > 12 * case.horizon:
        refuse(
            "operating_months",
            f"{case.operating_months} months go beyond the horizon of {case.horizon} years",
        )
        return None
    last = calendar.months[-1]
    if not last.endswith("-03"):
        over = (month_number(last) - month_number("0000-03")) % 12
        less, more = case.operating_months - over, case.operating_months - over + 12
        right = f"{less} or {more}" if less > 0 else str(more)
        refuse("operating_months", f"the months must end in March, not in {last}: write {right}")
    elif calendar.year_of_month[-1] > case.horizon:
        refuse("operating_months", f"the months run to {last}, beyond the horizon of {case.horizon} years")
    return calendar if len(faults) == before else None


def read_frame(
    case: CaseFile,
    node: Node,
    options: Mapping[str, str],
    calendar: Calendar,
    files: Files,
    dimensions: Dimensions,
) -> Frame:
    """The frame; what is wrong goes to the faults of `files` and is left out.

    Parameters
    ----------
    case, node
        case.yaml, as its model and with places.
    options
        The label of each option, in order.
    calendar
        The time axes.
    files
        Where tables of pairs lie, and the reference set's members.
    dimensions
        Those that the model declares.
    """
    shipped, entry = shipped_members(files, dimensions), node.get("members")
    own = _members(entry, "case.yaml", files, files.folder, dimensions)
    _warn_of_fewer(shipped, own, entry, files)
    members = shipped | own
    if "price_year" not in own:
        _check_base_year(case, node, members.get("price_year", ()), files)
    periods = {"month": calendar.months, "year": calendar.years, "statement": calendar.statements}
    for axis, labels in periods.items():
        members[axis] = tuple(Member(label, label) for label in labels)
    frame = Frame(
        members={name: members[name] for name in dimensions if name in members},
        options=tuple(Member(id, label) for id, label in options.items()),
        baseline=case.baseline,
        year_of_month=calendar.year_of_month,
        dimensions=dimensions,
    )
    pairs = {} if files.shapeless else read_pairs(node.get("pairs"), frame, files)
    return replace(frame, pairs=pairs)


def _check_base_year(case: CaseFile, node: Node, years: Sequence[Member], files: Files) -> None:
    """Prices are brought to the base year, so that the price indices must hold it."""
    known = [year.id for year in years]
    entry = node.get("base_year")
    if known and entry is not None and is_financial_year(case.base_year) and case.base_year not in known:
        what = f"the price indices run from {known[0]} to {known[-1]}: {case.base_year} is not among them"
        files.faults.append(entry.place.fault(what))


def _given(child: Node | None) -> object:
    """A date as given: a text, or a number where it is one."""
    if child is None:
        return None
    return child.scalar if isinstance(child.scalar, int | float) else child.text


def check_options(case: CaseFile, node: Node, faults: list[Fault]) -> tuple[str, ...]:
    """The option ids that can be used; the rest are faults."""
    entry = node.get("options")
    good: list[str] = []
    for item in entry.items if entry else []:
        id = item.text or ""
        if id in good:
            faults.append(item.place.fault(f"option '{id}' is listed twice"))
        elif not re.fullmatch(MEMBER_ID, id) or id in RESERVED:
            right = f"; write {bare(id)}" if re.fullmatch(MEMBER_ID, bare(id)) else ""
            message = f"'{id}' is no option id: lower case letters, digits and _{right}"
            faults.append(item.place.fault(message))
        else:
            good.append(id)
    if case.baseline and good and case.baseline not in good:
        baseline = node.get("baseline")
        place = baseline.place if baseline else node.place
        hint = nearest(case.baseline, good) or f"; they are {listed(good)}"
        message = f"the baseline '{case.baseline}' is not among the options{hint}"
        faults.append(place.fault(message))
    return tuple(good)


def shipped_members(files: Files, dimensions: Dimensions) -> dict[str, tuple[Member, ...]]:
    """The members that the reference set gives; the case's own hold over them."""
    path: Path | None = files.reference / MEMBERS if files.reference else None
    if path is None or not path.is_file():
        return {}
    node = files.load(path)
    return _members(node, MEMBERS, files, path.parent, dimensions) if node else {}


def _warn_of_fewer(
    shipped: Mapping[str, tuple[Member, ...]],
    own: Mapping[str, tuple[Member, ...]],
    entry: Node | None,
    files: Files,
) -> None:
    """A warning for each dimension in which a case names fewer members than the reference set has."""
    for name in shipped.keys() & own.keys():
        given = {member.id for member in own[name]}
        gone = [member.id for member in shipped[name] if member.id not in given]
        if gone and entry is not None:
            many = "is" if len(gone) == 1 else "are"
            what = f"{name}: {listed(gone, 20)} of the reference set {many} left out, with all their values"
            files.warnings.append(entry.key_place(name).fault(what))


def _members(
    node: Node | None, file: str, files: Files, root: Path, dimensions: Dimensions
) -> dict[str, tuple[Member, ...]]:
    """The members of every dimension that a mapping gives; tables lie under `root`."""
    faults = files.faults
    found: dict[str, tuple[Member, ...]] = {}
    for name, entry in (node.mapping if node else {}).items():
        place = node.key_place(name) if node else Place(file)
        if name in TIME:
            faults.append(
                place.fault(f"the members of {name} come from base_year, first_month and the horizon")
            )
        elif name == OPTION:
            faults.append(place.fault("options stand under options:, at the top of case.yaml"))
        elif name not in dimensions:
            given = [each for each in dimensions if each not in TIME]
            faults.append(place.fault(f"'{name}' is no dimension{nearest(name, given)}"))
        else:
            found[name] = _dimension(name, entry, files, root, years=dimensions[name].years)
    return found


def _dimension(name: str, entry: Node, files: Files, root: Path, *, years: bool) -> tuple[Member, ...]:
    """One dimension's members: a mapping from id to label, a list of ids, or columns of a table."""
    faults = files.faults
    given: dict[str, tuple[Place, Node]] = {}
    if {"table", "id"} <= set(entry.mapping):
        given = _tabled(entry, files, root)
    elif isinstance(entry.value, dict):
        given = {id: (entry.key_place(id), child) for id, child in entry.value.items()}
    elif isinstance(entry.value, list):
        for item in entry.items:
            id = item.text or ""
            if id in given:
                faults.append(item.place.fault(f"{name} '{id}' is listed twice"))
            given[id] = (item.place, item)
    else:
        faults.append(entry.place.fault(f"the members of {name} are a mapping from id to label"))
    members: list[Member] = []
    wrong: list[Fault] = []
    for id, (place, child) in given.items():
        if years:
            if not is_financial_year(id):
                faults.append(place.fault(f"'{id}' is no financial year, as 2021/22"))
                continue
        elif not re.fullmatch(MEMBER_ID, id) or id in RESERVED:
            # It stays a member, so that each use of it is not a fault as well.
            message = f"'{id}' is no member id: lower case letters, digits and _, a letter first"
            right = bare(id)
            if not re.fullmatch(MEMBER_ID, right) or right in (*given, *RESERVED):
                right = ""
            wrong.append(place.fault(f"{message}; write {right}" if right else message))
            id = right or id
        members.append(Member(id, _label(id, child, files)))
        _check_label(name, members, child.place, files)
    # A table says it again, as values of the member and as its pairs.
    files.shapeless = files.shapeless or bool(wrong and "table" in entry.mapping)
    if len(wrong) > _FEW:
        wrong = [replace(wrong[0], message=f"{wrong[0].message} ({len(wrong)} are none; this is the first)")]
    faults += wrong
    return tuple(members)


def _check_label(name: str, members: list[Member], place: Place, files: Files) -> None:
    """Warn where the last member has the label of one before it: readers could not tell them apart."""
    last = members[-1]
    same = next((other.id for other in members[:-1] if other.label == last.label), None)
    if same is not None:
        message = f"'{same}' and '{last.id}' of {name} have one label, '{last.label}'"
        message += ": readers cannot tell them apart"
        files.warnings.append(place.fault(message))


def _tabled(entry: Node, files: Files, root: Path) -> dict[str, tuple[Place, Node]]:
    """The id and label of each row; an id may stand in many rows, with one label."""
    for key in entry.mapping:
        if key not in _COLUMNS:
            files.faults.append(entry.key_place(key).fault(f"unknown key '{key}'{nearest(key, _COLUMNS)}"))
    id, label = entry.mapping["id"].text or "", entry.get("label")
    columns = (id, (label.text if label else None) or id)
    path = table_path(entry.mapping["table"], root, files)
    before = len(files.faults)
    table = read_table(path, files.shown(path), columns, files.faults) if path else None
    given: dict[str, tuple[Place, Node]] = {}
    if table is not None and not table.rows and len(files.faults) == before:
        files.faults.append(table.place.fault("the table has no row, and so gives no members"))
    # A row that cannot be read may hold a member that all else is set against.
    files.shapeless = files.shapeless or table is None or len(files.faults) > before
    for row in table.rows if table else ():
        member, name = row.cells
        first = given.setdefault(member, (row.place(0), Node(row.place(1), Word(name, quoted=True))))[1].text
        if first != name:
            message = f"'{member}' is called '{first}' above and '{name}' here: give it one label"
            files.faults.append(row.place(1).fault(message))
    return given


def _label(id: str, child: Node, files: Files) -> str:
    """A member's name: text, or a mapping with `label`."""
    faults = files.faults
    short = not isinstance(child.value, dict)  # one under label: is told as every label is
    if not short:
        for key in child.mapping:
            if key != "label":
                faults.append(child.key_place(key).fault(f"unknown key '{key}'{nearest(key, ['label'])}"))
        child = child.get("label") or child
    if child.text is None:
        hidden = f": {child.comment} is a comment to YAML" if child.comment else ""
        faults.append(child.place.fault(f"the label of '{id}' must be text{hidden}; put it in quotes"))
        return id
    if short and not visible(child.text):
        faults.append(child.place.fault(f"the label of '{id}' is empty: write what it is called"))
    faults += long_text(child, "label")
    cut = cut_text(child, "label")
    if cut:
        (faults if cut[1] else files.warnings).append(cut[0])
    return child.text
