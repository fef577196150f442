"""What offers rest on that a sheet cannot work out: rules side by side, departures, refusals, participation.

The engine's figures are marked as such, with the hash of the inputs, and a live cell tells when they no
longer fit: it reads the sums under the pool's shares, and the rule put forward.
"""

from __future__ import annotations

from casebuilder.algebra.terms import Input, Line
from casebuilder.analysis.sharing.offered import Offered
from casebuilder.analysis.sharing.offers import RULE, RULE_OF
from casebuilder.workbook.pages.cells import Spot
from casebuilder.workbook.pages.engine import CURRENT, STALE, write_origin
from casebuilder.workbook.pages.sharing import changed_since
from casebuilder.workbook.pages.tables import Page, Spec, TableWriter
from casebuilder.workbook.writing.bounds import bounded

_FITS = "Do they fit the inputs of the workbook?"


def write_offers(tables: TableWriter, page: Page, block: Spec) -> None:
    """Write the block of all members, or of the one whose page it is; nothing where no offer is made."""
    line = tables.cells.find(block["offers"])
    found = tables.findings.offered() if isinstance(line, Line) else None
    if found is None:
        return
    assert isinstance(line, Line)
    member = page.spot.members.get("provider")
    if member is None:
        tables.title(page, block)
        write_origin(tables, page, found.shares.option, ("Rule put forward", found.rule.name))
        _state(tables, page, found)
        page.row += 1
        _rules(tables, page, found, line)
        _departures(tables, page, found, line)
        _words(tables, page, "What that asks to be decided", found.decisions)
        _words(tables, page, "Least participation", found.least)
        _tiers(tables, page, found)
    elif member in found.names:
        tables.title(page, block)
        _state(tables, page, found)
        _of_member(tables, page, found, line, member)


def _state(tables: TableWriter, page: Page, found: Offered) -> None:
    """Whether the results still fit: nothing under them has changed, and the rule is the one put forward."""
    item = tables.cells.find(RULE)
    tests = [f"{changed_since(tables, page, found.shares)}=0"]
    if isinstance(item, Input):
        cell = tables.cells.formula(item, Spot(option=found.shares.option))
        word = next(word for word, key in RULE_OF.items() if key == found.rule.key)
        if cell:
            tests.append(f'{cell}="{word}"')
    page.sheet.write_string(page.row - 1, 0, _FITS, tables.styles["cell_text"])
    text = f'IF(AND({",".join(tests)}),"{CURRENT}","{STALE}")'
    page.sheet.write_text_formula(page.row, 2, text, tables.styles["status"], CURRENT)
    page.cells += 1
    page.row += 1


def _engine(tables: TableWriter, page: Page, place: int, value: float, unit: str) -> None:
    _, shown = bounded("0", round(value, 6), unit, True)
    style = tables.styles.number("engine", unit, True)
    if isinstance(shown, str):
        page.sheet.write_string(page.row - 1, place - 1, shown, style)
    else:
        page.sheet.write_number(page.row - 1, place - 1, shown, style)


def _rules(tables: TableWriter, page: Page, found: Offered, line: Line) -> None:
    """What each member saves by the rules put before members, and who would leave under each."""
    rules = found.rules()
    tables.header(page, ["Saved by rule (engine)", *(f"{rule.name}\n£" for rule in rules)], 1)
    saved = [found.shares.saved(rule.key) for rule in rules]
    for number, member in enumerate(found.shares.members):
        page.sheet.write_string(page.row - 1, 0, found.names[member], tables.styles["cell_text"])
        for place, values in enumerate(saved, 2):
            _engine(tables, page, place, float(values[number]), line.unit)
        page.row += 1
    page.row += 1
    for rule in rules:
        said = f"{rule.name}: {rule.sentence} {found.would_leave(rule)}"
        page.sheet.write_string(page.row - 1, 0, said, tables.styles["note"])
        page.row += 1
    page.row += 1


def _departures(tables: TableWriter, page: Page, found: Offered, line: Line) -> None:
    """A row for each that stays, a column for each that leaves."""
    if not found.departures:
        return
    leavers = [departure.leaver for departure in found.departures]
    tables.header(page, ["Pays more (engine), £, if", *(f"{m.upper()} leaves" for m in leavers)], 1)
    for member in found.shares.members:
        name = f"{found.names[member]} ({member.upper()})"
        page.sheet.write_string(page.row - 1, 0, name, tables.styles["cell_text"])
        losses = found.if_others_leave(member)
        for place, leaver in enumerate(leavers, 2):
            if leaver in losses:
                _engine(tables, page, place, losses[leaver], line.unit)
        page.row += 1
    page.sheet.write_string(page.row - 1, 0, "All who stay", tables.styles["section"])
    for place, departure in enumerate(found.departures, 2):
        _engine(tables, page, place, sum(other.loss for other in departure.others), line.unit)
    page.row += 2


def _words(tables: TableWriter, page: Page, heading: str, sentences: tuple[str, ...]) -> None:
    if not sentences:
        return
    page.sheet.write_string(page.row - 1, 0, f"{heading} (engine)", tables.styles["section"])
    page.row += 1
    for sentence in sentences:
        page.sheet.write_string(page.row - 1, 0, sentence, tables.styles["note"])
        page.row += 1
    page.row += 1


def _tiers(tables: TableWriter, page: Page, found: Offered) -> None:
    """Who the tier of each class and order hangs on."""
    tiers = found.participation.tiers
    if not tiers:
        return
    frame, styles = tables.frame, tables.styles
    names = ("Tier (engine)", "Order", "Units", "Threshold", "Fewest members", "Lost without")
    tables.header(page, names, 1, (1, 5))
    for need in tiers:
        row = page.row - 1
        page.sheet.write_string(row, 0, frame.label("equipment", need.equipment), styles["cell_text"])
        page.sheet.write_string(row, 1, frame.label("tranche", need.tranche), styles["cell_text"])
        for place, value in ((2, need.units), (3, need.threshold), (4, len(need.fewest))):
            page.sheet.write_number(row, place, value, styles.number("engine", "items"))
        lost = ", ".join(m.upper() for m in need.lost_without) or "nobody alone"
        page.sheet.write_string(row, 5, lost, styles["quiet"])
        page.row += 1
    page.row += 1


def _of_member(tables: TableWriter, page: Page, found: Offered, line: Line, member: str) -> None:
    """What another's leaving does to the member, and what its own make of a class would cost."""
    losses = found.if_others_leave(member)
    refused = [each for each in found.own_make(member) if each.matters]
    names = ["Leaves (engine)", "I pay more\n£", "", "If I keep my own make of (engine)", ""]
    tables.header(page, [*names, "I pay more\n£", "The others\n£"], 1, (3,))
    first = page.row
    for leaver, loss in losses.items():
        page.sheet.write_string(page.row - 1, 0, found.names[leaver], tables.styles["cell_text"])
        _engine(tables, page, 2, loss, line.unit)
        page.row += 1
    last, page.row = page.row, first
    for refusal in refused:
        has = " (kept)" if refusal.refused else ""
        label = f"{tables.frame.label('equipment', refusal.equipment)}{has}"
        page.sheet.write_string(page.row - 1, 3, label, tables.styles["cell_text"])
        _engine(tables, page, 6, refusal.to_itself, line.unit)
        _engine(tables, page, 7, refusal.to_others, line.unit)
        page.row += 1
    page.row = max(page.row, last) + 1
