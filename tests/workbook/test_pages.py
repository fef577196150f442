"""The pages about operations: a sheet a centre, waits, workforce, access, by what two cells choose."""

from __future__ import annotations

import math
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import PropertyMock, patch
from xml.etree import ElementTree

import pytest

from casebuilder.case import Case, load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.layout.addresses import lay_out, letter
from casebuilder.workbook.sheets.calculations import CalculationWriter
from casebuilder.workbook.sheets.inputs import InputsWriter
from casebuilder.workbook.sheets.selection import MONTH_ROW, OPTION_ROW, Selection
from tests.shipped import Reopened, ShippedCases
from tests.short import POOL
from tests.workbook.reading import Sheet, read_sheets, refers_to_a_cell

CASE = "cmast"
# Where a page is recalculated: the short case whose trusts buy together, and CMAST in full.
RECALCULATED = [POOL, pytest.param(CASE, marks=pytest.mark.full)]
OTHERS = ("Programme", "Waits", "Workforce", "Access", "Places")
MONEY = (
    "Affordability",
    "Procurement",
    "Offers",
    "Who joins",
    "Governance",
    "Sensitivity",
    "Long list",
    "Funding",
    "Income",
    "Pay",
    "Running cost",
    "Contracts and hours",
    "Benchmark",
    "Reconciliation",
    "Value",
    "Benefits",
    "Risks",
    "CIA export",
    "Cost form",
    "Reference class",
    "Cost form items",
)
LAST = "2026-03"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(CASE)


@pytest.fixture(scope="module")
def workbook(shipped_cases: ShippedCases) -> Path:
    return shipped_cases.workbook(CASE)


@pytest.fixture(scope="module")
def sheets(shipped_cases: ShippedCases) -> dict[str, Sheet]:
    return shipped_cases.sheets(CASE)


@dataclass(frozen=True)
class Live:
    """A case with its workbook as stored and open: one for all tests of this file, which put values back."""

    name: str
    case: Case
    sheets: dict[str, Sheet]
    engine: Reopened


@pytest.fixture(scope="module", params=RECALCULATED)
def live(request: pytest.FixtureRequest, shipped_cases: ShippedCases) -> Live:
    name: str = request.param
    return Live(name, shipped_cases.case(name), shipped_cases.sheets(name), shipped_cases.engine(name))


def pages(sheets: dict[str, Sheet]) -> dict[str, Sheet]:
    """The pages: the sheets between Options and Inputs."""
    names = list(sheets)
    return {name: sheets[name] for name in names[names.index("Options") + 1 : names.index("Inputs")]}


def row_of(sheet: Sheet, table: str, label: str) -> int:
    """The row of a label in the table under a heading."""
    start = next(row for row in sorted(sheet.rows) if sheet.value(row, 1) == table)
    return next(row for row in sorted(sheet.rows) if row > start and sheet.value(row, 1) == label)


def column_of(sheet: Sheet, table: str, heading: str) -> int:
    """The column of a heading, its unit left out, in the table under a heading."""
    start = next(row for row in sorted(sheet.rows) if sheet.value(row, 1) == table)
    for row in range(start + 1, start + 5):
        for column, cell in sheet.rows.get(row, {}).items():
            if str(cell.value).split("\n")[0] == heading:
                return column
    raise AssertionError(f"no column {heading} under {table}")


def shown(sheet: Sheet, table: str, label: str, heading: str) -> object:
    """A figure of a table."""
    return sheet.value(row_of(sheet, table, label), column_of(sheet, table, heading))


def word(case: Case, site: str, test: str, option: str, month: str) -> str:
    """What binds, from the three kinds of slots and not from the line that says it."""
    value = case.results.value
    bays = value("capacity.preparation_slots", option, (site, test))
    weeks = value("capacity.weeks_served", option, (site, month))
    assert bays is not None and weeks is not None
    here = (site, test, month)
    slots = [value(f"capacity.{kind}_slots", option, here) for kind in ("equipment", "staffed")]
    slots.append(bays * weeks)
    least = min(range(3), key=lambda place: slots[place])
    return "–" if slots[least] == 0 else ("equipment", "staff", "preparation")[least]


def stored(value: object) -> object:
    """A result as a workbook stores it: fifteen digits."""
    return float(f"{value:.15g}") if isinstance(value, float) else value


def test_every_centre_has_a_sheet_between_options_and_inputs(case: Case, sheets: dict[str, Sheet]) -> None:
    """Sites, a sheet for each of the ten centres, operations, then money and a sheet for each host."""
    centres = [f"Site {site}" for site in case.inputs.frame.ids("site")]
    hosts = [f"Host {provider}" for provider in case.inputs.frame.ids("provider")]
    offers = [f"Offer {provider}" for provider in case.inputs.frame.ids("provider")]
    expected = ["Sites", *centres, *OTHERS, *MONEY, *hosts, *offers]
    assert list(pages(sheets)) == expected
    listed = [sheets["Contents"].value(row, 1) for row in range(5, 5 + len(sheets))]
    assert listed == list(sheets)


def test_a_centre_shows_the_engine_s_figures(case: Case, sheets: dict[str, Sheet]) -> None:
    """Tests, slots, staff and money of Paddington are those of the preferred option's last month."""
    sheet, value = sheets["Site paddington"], case.results.value
    table = "By test, in the month shown"
    for test, label in (("mri", "MRI"), ("ct", "CT"), ("ultrasound", "Non-obstetric ultrasound")):
        for heading, line, members in (
            ("Gross slots", "throughput.gross_slots", ("paddington", test)),
            ("Slots by equipment", "capacity.equipment_slots", ("paddington", test, LAST)),
            ("Slots by staff", "capacity.staffed_slots", ("paddington", test, LAST)),
            ("Tests it can do", "capacity.cdc_slots", ("paddington", test, LAST)),
            ("Tests done", "waits.cdc_tests", ("paddington", test, LAST)),
            ("Utilisation, network", "waits.slots_used", (test, LAST)),
            ("Posts filled", "workforce.staff_cover_test", (test, LAST)),
            ("Capacity gap, network", "targets.capacity_gap", (test, LAST)),
        ):
            said = shown(sheet, table, label, heading)
            assert said == stored(value(line, "preferred", members)), (test, heading)
    # 28 months from April 2021: the 28th is July 2023.
    assert value("programme.opening_month", "preferred", ("paddington",)) == 28
    assert shown(sheet, "The centre", "Opening month", "Value") == "2023-07"
    wte = value("workforce.wte_required", "preferred", ("paddington", "radiographer"))
    assert shown(sheet, "Staff", "Radiographer", "WTE required once open") == stored(wte)


def test_what_binds_is_in_words(case: Case, sheets: dict[str, Sheet]) -> None:
    """Each centre's page says what binds each test, now and at the end of each year."""
    frame, found = case.inputs.frame, set()
    for site in frame.ids("site"):
        sheet = sheets[f"Site {site}"]
        for pair in frame.combinations(("test",), {"site": site}):
            label = frame.label("test", pair["test"])
            now = shown(sheet, "By test, in the month shown", label, "What limits it")
            assert now == word(case, site, pair["test"], "preferred", LAST), (site, label)
            for year in ("2021/22", "2023/24", "2025/26"):
                text = shown(sheet, "What limits capacity in the last month of each year", label, year)
                march = f"{int(year[:4]) + 1}-03"
                assert text == word(case, site, pair["test"], "preferred", march), (site, label, year)
                found.add(text)
    assert found == {"equipment", "staff", "–"}


def test_utilisation_is_tests_done_of_those_a_centre_can_do(case: Case, sheets: dict[str, Sheet]) -> None:
    """For each centre, the tests of 2025/26 over its capacity in that year, all tests added."""
    frame = case.inputs.frame
    for site in frame.ids("site"):
        tests = [pair["test"] for pair in frame.combinations(("test",), {"site": site})]
        done, can = (
            sum(case.results.value(key, "preferred", (site, test, "2025/26")) for test in tests)
            for key in ("activity.cdc_tests_year", "capacity.cdc_capacity_year")
        )
        label = frame.label("site", site)
        found = shown(sheets["Sites"], "Centres in the last year of the months", label, "Utilisation")
        assert found == pytest.approx(done / can, rel=1e-9) and 0.5 < found <= 1


def _of_an_option_left_out(sheet: Sheet, row: int, column: int, left_out: set[str]) -> bool:
    """Whether a cell stands in row, column or table of an option that is not laid out: the engine's."""
    if sheet.value(row, 1) in left_out:
        return True
    title = row
    while title > 1 and sheet.value(title - 1, 1) is not None:
        title -= 1
    if str(sheet.value(title, 1)).startswith(tuple(left_out)):
        return True
    above = (sheet.value(higher, column) for higher in range(row - 1, 0, -1))
    return next((text for text in above if isinstance(text, str)), None) in left_out


def test_cells_of_pages_link_to_calculations(case: Case, sheets: dict[str, Sheet]) -> None:
    """No figure is typed but the engine's, which say so: all others are formulas that name a cell."""
    numbers, typed = 0, dict.fromkeys(("Waits", "Procurement", "Sensitivity", "Offers"), 0)
    typed |= {name: 0 for name in sheets if name.startswith("Offer ")}
    layout = lay_out(case.problem)
    left_out = {layout.name_of(o.id) for o in case.inputs.frame.options if o.id not in layout.options}
    for name, sheet in pages(sheets).items():
        for (row, column), cell in sheet.cells.items():
            if isinstance(cell.value, float):
                if cell.formula is None and _of_an_option_left_out(sheet, row, column, left_out):
                    continue
                if name in typed and cell.formula is None:
                    typed[name] += 1
                    continue
                assert cell.formula is not None, (name, row, column)
                assert refers_to_a_cell(cell.formula), (name, row, column)
                numbers += 1
    assert numbers > 3_000
    # The list of the option, to tell when they are stale.
    assert typed["Waits"] == len(_longer(sheets["Waits"])) + 1
    # What ranges, stresses and scenarios do, under one live mark that tells when it is stale.
    assert typed["Sensitivity"] > 50
    # What each saves under three rules, and on each page what happens if another leaves.
    assert typed["Offers"] >= 3 * 13
    assert all(typed[f"Offer {provider}"] >= 12 for provider in case.inputs.frame.ids("provider"))
    # Three rules for thirteen trusts; what they rest on stands on the technical sheet, then and now.
    assert typed["Procurement"] == 3 * 13
    rested = [cell for cell in sheets["Engine results"].cells.values() if isinstance(cell.value, float)]
    assert sum(cell.formula is None for cell in rested) == len(rested) / 3 > 30


POOLING = "Whose patients wait longer because lists are pooled"


def _longer(sheet: Sheet) -> dict[tuple[str, str], tuple[object, object, object]]:
    """By trust and test: weeks of cover with lists pooled, apart, and the difference."""
    start = next(row for row in sorted(sheet.rows) if sheet.value(row, 1) == POOLING)
    first = next(row for row in range(start, start + 12) if sheet.value(row, 1) == "Trust") + 1
    found = {}
    while sheet.value(first, 1) not in (None, "", "None"):
        found[sheet.value(first, 1), sheet.value(first, 5)] = tuple(sheet.value(first, c) for c in (2, 3, 4))
        first += 1
    return found


def test_who_waits_longer_for_pooling_is_the_engine_s(case: Case, sheets: dict[str, Sheet]) -> None:
    """The trusts are those of the option worked out with lists apart."""
    apart = load_case(CASE, ["preferred:lists.pooling=0"]).results
    frame, listed = case.inputs.frame, _longer(sheets["Waits"])
    for pair in frame.combinations(("provider", "test")):
        members = (pair["provider"], pair["test"])
        pooled = case.results.value("performance.cover_at_end", "preferred", members)
        own = apart.value("performance.cover_at_end", "preferred", members)
        label = (frame.label("provider", members[0]), frame.label("test", members[1]))
        assert (label in listed) == (pooled - own > 0.05), label
        if label in listed:
            assert listed[label] == pytest.approx((pooled, own, pooled - own), rel=1e-9)


def test_what_the_engine_says_of_pooling_goes_stale(live: Live) -> None:
    """Another input makes the state STALE."""
    assert state(live) == "current"
    inputs = live.sheets["Inputs"]
    cell = next(r for key, r in inputs.keyed() if key == "demand.removal_rate[ct]")
    base = inputs.columns()["Base"]
    before = inputs.value(cell, base)
    live.engine.put("Inputs", f"{letter(base)}{cell}", before * 1.01)
    stale = state(live)
    live.engine.put("Inputs", f"{letter(base)}{cell}", before)  # current again below: it is worked out anew
    assert stale.startswith("STALE")


def state(live: Live) -> str:
    """Whether what the engine says of pooling fits the workbook's inputs."""
    waits = live.sheets["Waits"]
    row = next(r for r in waits.rows if waits.value(r, 1) == "Does it fit the inputs of the workbook?")
    return str(live.engine.value("Waits", f"B{row}"))


def test_the_two_cells_turn_every_page(live: Live, tmp_path: Path) -> None:
    """Another option and month, chosen in IronCalc, give the pages of a workbook made with that choice."""
    case, engine = live.case, live.engine
    months, chosen = case.inputs.frame.ids("month"), lay_out(case.problem).options[1]
    month = len(months) * 2 // 3
    other = tmp_path / "other.xlsx"
    with (
        patch.object(Selection, "option", new_callable=PropertyMock, return_value=1),
        patch.object(Selection, "month", new_callable=PropertyMock, return_value=month),
        # Pages name the cells of lines and inputs and need none of them written.
        patch.object(CalculationWriter, "write"),
        patch.object(InputsWriter, "write"),
    ):
        build(case.results, case.headlines, case.checks, case.findings, other, "test")
    expected = pages(read_sheets(other))
    engine.put("Sites", f"B{OPTION_ROW}", chosen)
    engine.put("Sites", f"B{MONTH_ROW}", months[month])
    engine.calculate()
    before = pages(live.sheets)
    compared = moved = 0
    for name, sheet in expected.items():
        for (row, column), cell in sheet.cells.items():
            if cell.formula is None:
                continue
            turned = engine.value(name, f"{letter(column)}{row}")
            assert _same(turned, cell.value), (name, row, column, cell.formula, turned, cell.value)
            compared += 1
            moved += not _same(before[name].value(row, column), cell.value)
    engine.put("Sites", f"B{OPTION_ROW}", "preferred")
    engine.put("Sites", f"B{MONTH_ROW}", months[-1])
    assert compared > 4_000 and moved > 1_500


def _same(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
    return (a or "") == (b or "")


CHOSEN = {
    # In March 2022 the staff of St Helens bind where rooms do four years later.
    CASE: ("st_helens", "echocardiography", "2022-03", "staff", "equipment"),
    # In June 2024 the rooms of James Paget bind where staff do a year later.
    POOL: ("james_paget", "ct", "2024-06", "equipment", "staff"),
}


def test_a_month_chosen_shows_that_month(live: Live) -> None:
    """What binds at a site, and what it can do, are those of the month and not of the last."""
    case, engine = live.case, live.engine
    site, test, month, then, at_the_end = CHOSEN[live.name]
    engine.put("Sites", f"B{MONTH_ROW}", month)
    sheet, table = live.sheets[f"Site {site}"], "By test, in the month shown"
    row = row_of(sheet, table, case.inputs.frame.label("test", test))
    limit, can = (column_of(sheet, table, name) for name in ("What limits it", "Tests it can do"))
    shows = [engine.value(sheet.name, f"{letter(column)}{row}") for column in (limit, can)]
    assert state(live) == "current"  # whatever month is shown, and after inputs were typed back
    engine.put("Sites", f"B{MONTH_ROW}", case.inputs.frame.ids("month")[-1])
    assert (shows[0], sheet.value(row, limit)) == (then, at_the_end)
    value = case.results.value("capacity.cdc_slots", "preferred", (site, test, month))
    assert stored(shows[1]) == stored(value)


def test_steps_make_up_the_whole(case: Case, sheets: dict[str, Sheet]) -> None:
    """The changes from option to option add up from the start to the last option."""
    sheet, table = sheets["Waits"], "What each option adds to the one before it"
    layout = lay_out(case.problem)
    labels = [layout.name_of(option.id) for option in case.inputs.frame.options]
    for measure, start, end, times in (
        ("Share over six weeks", "over_six_weeks_start", "over_six_weeks_end", 100),  # in points
        ("Waiting list", "list_start", "list_end", 1),
    ):
        first = shown(sheet, table, "Start, observed", measure)
        changes = [shown(sheet, table, label, f"Change: {measure.lower()}") for label in labels]
        headlines = case.headlines["preferred"].headlines
        assert first == stored(headlines[start])
        assert first + sum(changes) / times == pytest.approx(headlines[end], rel=1e-12)
    bars = [shown(sheet, table, label, name) for label in labels for name in ("Fall", "Rise")]
    assert all(bar >= 0 for bar in bars)


def test_trusts_that_wait_longer_are_marked(case: Case, sheets: dict[str, Sheet]) -> None:
    """A figure above nothing stands where the check on longer waits counts a breach."""
    sheet, table, frame = sheets["Waits"], "Whose patients wait longer than at baseline", case.inputs.frame
    longer = 0
    for pair in frame.combinations(("provider", "test")):
        if case.results.value("performance.waits_longer", "preferred", (pair["provider"], pair["test"])):
            label, test = frame.label("provider", pair["provider"]), frame.label("test", pair["test"])
            assert shown(sheet, table, label, test) > 0
            longer += 1
    breaches = {check.key: check.breaches for check in case.checks.results}
    assert longer == breaches["operating_checks.nobody_waits_longer"]["preferred"] > 0


def test_each_place_has_one_band_on_the_map(case: Case, sheets: dict[str, Sheet]) -> None:
    """Of the three latitudes one is the place's own, by its minutes; the others lie off the map."""
    sheet, frame = sheets["Places"], case.inputs.frame
    start = next(row for row in sorted(sheet.rows) if sheet.value(row, 1) == "Place") + 1
    counted = [0, 0, 0]
    for place, member in enumerate(frame.ids("place")):
        minutes, bands = sheet.value(start + place, 2), [sheet.value(start + place, 4 + i) for i in range(3)]
        assert sheet.value(start + place, 1) == frame.label("place", member)
        band = 0 if minutes <= 15 else 1 if minutes <= 30 else 2  # 30 minutes count as near
        assert bands[band] > 53 and sum(bands) == bands[band], member
        counted[band] += 1
    assert all(counted) and sum(counted) == len(frame.ids("place"))


def charts(path: Path) -> dict[str, list[str]]:
    """By title, the ranges that each chart's series read."""
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/charts/chart"):
                tree = ElementTree.fromstring(archive.read(name))
                title = "".join(t.text or "" for t in tree.find(f".//{CHART}title").iter(TEXT))
                values = [*tree.iter(f"{CHART}val"), *tree.iter(f"{CHART}yVal")]
                found[title] = [v.find(f".//{CHART}f").text for v in values]
    return found


def test_charts_read_the_rows_they_name(case: Case, workbook: Path, sheets: dict[str, Sheet]) -> None:
    """Lists and shares by test read the calculation rows of every option; others the tables of their page."""
    drawn, frame = charts(workbook), case.inputs.frame
    for test in ("mri", "ct", "ultrasound", "dexa", "echocardiography"):
        for text, key in (
            ("waiting list", "waits.list_by_test"),
            ("share over six weeks", "performance.share_by_test"),
        ):
            series = drawn[f"{frame.label('test', test)}: {text}"]
            for option, found in zip(lay_out(case.problem).options, series, strict=True):
                name, row = re.fullmatch(r"'(.+)'!\$\w+\$(\d+):\$\w+\$\2", found).groups()
                assert name == f"Months {option}"
                assert sheets[name].value(int(row), 1) == f"{key}[{test}]"
    for site in frame.ids("site"):
        for found in drawn[f"{frame.label('site', site)}: tests in the month shown"]:
            assert found.startswith(f"'Site {site}'!")
    assert len(drawn["Where people live, by minutes to a centre"]) == 4
    assert any(found.startswith("Workforce!") for found in drawn["WTE required by year, option shown"])


def test_accounts_of_a_host_show_the_engine_s_figures(case: Case, sheets: dict[str, Sheet]) -> None:
    """Pay is shown as a cost, performance as it is, and the balance is nothing, in each of ten years."""
    sheet = sheets["Host rbl"]
    years = case.inputs.frame.ids("statement")
    rows: dict[object, int] = {}
    for row in range(1, 80):  # the first of each label: pay stands again where it is shown line by line
        rows.setdefault(sheet.value(row, 1), row)
    for label, line, sign in (
        ("Pay, as employer", "accounts.pay", -1),
        ("Adjusted financial performance", "position.adjusted_performance", 1),
        ("Net assets less equity", "position.balance", 1),
        ("Cash at year end with the scheme", "plans.cash_total", 1),
    ):
        for column, year in enumerate(years, 2):
            found = sheet.value(rows[label], column)
            ours = case.results.value(line, "preferred", ("rbl", year))
            assert found == pytest.approx(sign * (ours or 0.0), rel=1e-12), (label, year)


def test_the_rate_implicit_in_a_lease_stands_beside_the_treasury_s(
    case: Case, sheets: dict[str, Sheet]
) -> None:
    """Only leased sites have a row; the last column is the implicit rate less HM Treasury's."""
    sheet, table = sheets["Affordability"], "Leases: the rate implicit beside HM Treasury's"
    names = ("Rate implicit", "HM Treasury's rate", "Implicit above HM Treasury's")
    columns = [column_of(sheet, table, name) for name in names]
    for site in ("paddington", "warrington_halton"):
        row = row_of(sheet, table, case.problem.frame.label("site", site))
        own, treasury, above = (sheet.value(row, column) for column in columns)
        assert own == stored(case.results.value("leases.implicit_rate", "preferred", (site,)))
        assert above == pytest.approx(own - treasury, rel=1e-9)  # type: ignore[operator]
