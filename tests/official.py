"""Official files made again by their published headings: DM01 by provider and test, imaging, costs.

The headings are those that public programs read them by: workbooks of 2016 to 2026 have the sheets `Provider`
and `Provider by Test`, their header in row 14 below a preamble (before 2018 the regions are area teams and
the period is a day); the CSV of the full extract has thirty columns, commissioners apart and a test TOTAL.
"""

from __future__ import annotations

import csv
import io
import zipfile
from calendar import month_abbr, month_name
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pandas as pd
import xlsxwriter
import xlwt

Cells = list[list[object]]
Row = Mapping[Hashable, object]
BANDS = [f"weeks_{week:02d}" for week in range(14)]
# How the workbook and the CSV call each test.
IN_WORKBOOK = {
    "mri": "Magnetic Resonance Imaging",
    "ct": "Computed Tomography",
    "ultrasound": "Non-obstetric ultrasound",
    "barium_enema": "Barium Enema",
    "dexa": "DEXA Scan",
    "audiology": "Audiology - Audiology Assessments",
    "echocardiography": "Cardiology - echocardiography",
    "electrophysiology": "Cardiology - electrophysiology",
    "peripheral_neurophysiology": "Neurophysiology - peripheral neurophysiology",
    "sleep_studies": "Respiratory physiology - sleep studies",
    "urodynamics": "Urodynamics - pressures & flows",
    "colonoscopy": "Colonoscopy",
    "flexi_sigmoidoscopy": "Flexi sigmoidoscopy",
    "cystoscopy": "Cystoscopy",
    "gastroscopy": "Gastroscopy",
}
IN_CSV = {
    "mri": "MRI",
    "ct": "CT",
    "ultrasound": "NON_OBSTETRIC_ULTRASOUND",
    "barium_enema": "BARIUM_ENEMA",
    "dexa": "DEXA_SCAN",
    "audiology": "AUDIOLOGY_ASSESSMENTS",
    "echocardiography": "ECHOCARDIOGRAPHY",
    "electrophysiology": "ELECTROPHYSIOLOGY",
    "peripheral_neurophysiology": "PERIPHERAL_NEUROPHYS",
    "sleep_studies": "SLEEP_STUDIES",
    "urodynamics": "URODYNAMICS",
    "colonoscopy": "COLONOSCOPY",
    "flexi_sigmoidoscopy": "FLEXI_SIGMOIDOSCOPY",
    "cystoscopy": "CYSTOSCOPY",
    "gastroscopy": "GASTROSCOPY",
}
_MONTHS = [month for month in month_name if month]
_WEEKS = ["0 <01 weeks", *(f"{week:02d} <{week + 1:02d} weeks" for week in range(1, 13)), "13+ weeks"]
_CSV_WEEKS = ["00 < 01 Week", *(f"{week:02d} < {week + 1:02d} Weeks" for week in range(1, 13)), "13+ Weeks"]


def in_words(month: str) -> str:
    """March 2025."""
    return f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}"


def last_day(month: str) -> str:
    """31st March 2017."""
    days = pd.Period(month).days_in_month
    return f"{days}{'st' if days == 31 else 'th'} {in_words(month)}"


def preamble(month: str, year: int, revised: str = "") -> Cells:
    """The thirteen rows above the header."""
    period = last_day(month) if year <= 2017 else in_words(month)
    return [
        [],
        ["", "Title:", "Monthly Diagnostics"],
        ["", "Summary:", "Waiting times and activity for Diagnostic tests and procedures"],
        [],
        ["", "Period:", period],
        ["", "Source:", "DM01, collected via SDCS" if year >= 2020 else "Unify2 data collection - DM01"],
        ["", "Basis:", "Provider"],
        ["", "Published:", "15th May 2025"],
        ["", "Revised:", revised or "-"],
        ["", "Status:", "Published"],
        ["", "Contact:", "the publisher"],
        [],
        ["", "Provider level data", *[""] * 8, "Number of Patients Waiting at Month End"],
    ]


def header(year: int, *, by_test: bool) -> list[object]:
    """The header row: area teams to 2017, regional teams since."""
    team = "Area Team" if year <= 2017 else "Regional Team"
    of_test = ["Diagnostic ID", "Diagnostic Test Name"] if by_test else []
    counts = [
        "Total Waiting List",
        "Number waiting 6+ Weeks",
        "Number waiting 13+ Weeks",
        "Percentage waiting 6+ weeks",
    ]
    done = [
        "Planned tests / procedures",
        "Unscheduled tests / procedures",
        "Waiting list tests / procedures (excluding planned)",
    ]
    return [
        "",
        f"{team} Code",
        f"{team} Name",
        "Provider Code",
        "Provider Name",
        *of_test,
        *counts,
        *_WEEKS,
        "",
        *done,
    ]


def counts_of(rows: Sequence[Row]) -> list[object]:
    """The cells of one row, or of several together."""
    names = [
        "waiting_list",
        "over_6_weeks",
        "over_13_weeks",
        *BANDS,
        "planned",
        "unscheduled",
        "waiting_list_activity",
    ]
    total = {name: sum(float(str(row[name])) for row in rows) for name in names}
    share = total["over_6_weeks"] / total["waiting_list"] if total["waiting_list"] else 0.0
    first = [total[name] for name in names[:3]]
    return [*first, share, *(total[band] for band in BANDS), "", *(total[name] for name in names[-3:])]


def provider_book(rows: pd.DataFrame, year: int, revised: str = "") -> dict[str, Cells]:
    """The two sheets of one month's workbook.

    Parameters
    ----------
    rows
        The long layout, of one month, the rows of a provider together.
    year
        The year whose layout it is.
    """
    (month,) = rows.month.unique()
    ids = {test: number for number, test in enumerate(IN_WORKBOOK, 1)}
    top = preamble(month, year, revised)
    every = rows.to_dict("records")
    totals = [*top, header(year, by_test=False), ["", "", "", "", "Total", *counts_of(every)], []]
    by_test = [*top, header(year, by_test=True)]
    for provider, theirs in groupby(every, key=itemgetter("provider")):
        their_rows = list(theirs)
        place = ["", "Y62", "North West", provider, f"{provider} NHS Trust"]
        totals.append([*place, *counts_of(their_rows)])
        for row in their_rows:
            test = str(row["test"])
            by_test.append([*place, ids[test], IN_WORKBOOK[test], *counts_of([row])])
        by_test.append([*place, "", "Total", *counts_of(their_rows)])
    return {"Provider": totals, "Provider by Test": by_test}


def full_extract(rows: pd.DataFrame, commissioners: int = 1) -> Cells:
    """The CSV of all commissioners, each row's numbers split over some of them, and the test TOTAL."""
    named = [
        "Period",
        "Provider Parent Org Code",
        "Provider Parent Name",
        "Provider Org Code",
        "Provider Org Name",
        "Commissioner Parent Org Code",
        "Commissioner Parent Name",
        "Commissioner Org Code",
        "Commissioner Org Name",
        "Diagnostic Tests Sort Order",
        "Diagnostic Tests",
    ]
    done = ["Waiting List Activity", "Planned Activity", "Unscheduled Activity"]
    found: Cells = [[*named, *_CSV_WEEKS, "Total WL", *done, "Total Activity"]]
    columns = [*BANDS, "waiting_list_activity", "planned", "unscheduled"]
    for (month, provider), theirs in rows.groupby(["month", "provider"], sort=False):
        period = f"DM01-{in_words(str(month)).replace(' ', '-').upper()}"
        for payer in range(commissioners):
            place = [
                period,
                "QYG",
                "A BOARD",
                provider,
                f"{provider} NHS TRUST",
                "QYG",
                "A BOARD",
                f"0{payer}A",
                "A PAYER",
            ]
            every = [0] * len(columns)
            for number, one in enumerate(theirs.itertuples(), 1):
                whole = [int(getattr(one, name)) for name in columns]
                part = [x // commissioners + (payer < x % commissioners) for x in whole]
                every = [a + b for a, b in zip(every, part, strict=True)]
                found.append([*place, number, IN_CSV[str(one.test)], *_with_sums(part)])
            found.append([*place, 16, "TOTAL", *_with_sums(every)])
    return found


def _with_sums(numbers: Sequence[int]) -> list[object]:
    """Bands, their sum, the three kinds of tests and their sum."""
    return [*numbers[:14], sum(numbers[:14]), *numbers[14:], sum(numbers[14:])]


def write_xls(path: Path, sheets: dict[str, Cells]) -> Path:
    """A workbook of Excel 97 to 2003."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="MMM-YY")
    for name, cells in sheets.items():
        sheet = book.add_sheet(name)
        for i, row in enumerate(cells):
            for j, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write(i, j, cell, day)
                elif cell != "":
                    sheet.write(i, j, cell)
    book.save(str(path))
    return path


def write_xlsx(path: Path, sheets: dict[str, Cells]) -> Path:
    """A workbook of today."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "mmm-yy"}) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(cells):
                for j, cell in enumerate(row):
                    if cell != "":
                        sheet.write(i, j, cell)
    return path


def as_csv(cells: Cells) -> str:
    """The text of a CSV file, every cell in quotes as the full extract has them."""
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(cells)
    return file.getvalue()


def write_csv(path: Path, cells: Cells) -> Path:
    """A CSV with the mark that Excel wants."""
    path.write_text(as_csv(cells), encoding="utf-8-sig", newline="")
    return path


def write_zip(path: Path, name: str, cells: Cells) -> Path:
    """The full extract as it is fetched: one CSV in a .zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, as_csv(cells))
    return path


def imaging_book(rows: pd.DataFrame, value: str, start: int, row: int = 13) -> dict[str, Cells]:
    """An annual table of the imaging dataset: table 1 (`tests`) or 2 (median days).

    Parameters
    ----------
    rows
        `period`, `provider_code`, `modality` and the value; `.` or `*` where there is none.
    start
        The year in whose April it starts.
    row
        The row of the header, from 1: table 2 has it a row lower in most years.
    """
    names = {"CT": "Computerized Axial Tomography", "MRI": "Magnetic Resonance Imaging"}
    names |= {"Ultrasound": "Diagnostic Ultrasonography", "X-ray": "Plain Radiography"}
    names |= {"Nuclear medicine": "Nuclear Medicine Procedure"}
    what = "Count of imaging activity" if value == "tests" else "Median number of days from request to test"
    year = f"{start}/{(start + 1) % 100:02d}"
    top: Cells = [[], ["", "Title:", f"Diagnostic Imaging Dataset, {year}"], ["", "Summary:", what]]
    top += [[]] * (row - 1 - len(top))
    periods = [f"{start + (at >= 9)}-{(at + 3) % 12 + 1:02d}" for at in range(12)]
    short = [month_abbr[int(period[5:])] for period in periods]
    cells: Cells = [*top, ["", "Region Code", "Org Code", "Provider Name", "Modality", *short, "Year"]]
    inside = rows[rows.period.isin(periods)]
    for (code, modality), theirs in inside.groupby(["provider_code", "modality"], sort=False):
        given = dict(zip(theirs.period, theirs[value], strict=True))
        place = ["", "-", "-", "ENGLAND"] if code == "-" else ["", "Y62", code, f"{code} NHS TRUST"]
        cells.append(
            [*place, names[str(modality)], *(_as_cell(given.get(period, ".")) for period in periods), "."]
        )
    return {"Title Page": [["Diagnostic Imaging Dataset"]], "Provider": cells}


def _as_cell(value: object) -> object:
    """A number where it is one, else the mark that stands for none."""
    text = str(value)
    return float(text) if text.replace(".", "", 1).isdigit() else "." if text == "nan" else text


def cost_book(rows: pd.DataFrame) -> dict[str, Cells]:
    """The national schedule of costs: all departments on one sheet below a preamble."""
    cells: Cells = [["National schedule of NHS costs"], ["Year:", "2024/25"], [], []]
    cells.append(
        ["Department Code", "Currency Code", "Currency Description", "Activity", "Unit Cost", "Total Cost"]
    )
    for row in rows.itertuples(index=False):
        name, code, text, activity, cost = (str(x) for x in row[:5])
        cells.append([name, code, text, float(activity), float(cost), round(float(activity) * float(cost))])
    return {"Contents": [["Contents"]], "Total": cells}
