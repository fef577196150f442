"""The tables of docs/england_portfolio.md: `python -m tests.cases.england_page` writes them.

Each stands between a line `<!-- name -->` and the next empty line.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from casebuilder.cli.app import app
from casebuilder.inputs.start.shipped import shipped

PAGE = Path(__file__).parents[2] / "docs" / "england_portfolio.md"
_SHARES = {"ct": "CT", "mri": "MRI", "all": "all tests of DM01"}


def worked_out(folder: Path) -> dict[str, Any]:
    """England without draws, as the command gives it; its cases are made where they are not there."""
    done = CliRunner().invoke(app, ["england", "-o", str(folder), "--draws", "0", "--json"])
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tables(told: Mapping[str, Any]) -> dict[str, str]:
    """By name the rows of each table of the page."""
    data = told["england"]
    return {
        "hours": _hours(),
        "shares": _shares(data),
        "tests": _tests(data),
        "scenarios": _scenarios(data),
        "against": _against(data),
        "kit": _kit(data),
    }


def _table(headers: list[str], rows: list[list[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _hours() -> str:
    given = shipped("england.yaml")["hours"]
    names = {
        "mri": "MRI",
        "ct": "CT",
        "other_dm01": "ultrasound, DEXA, echocardiography",
        "other": "X-ray, ECG, spirometry, blood tests",
    }
    rows = [
        [names[name], f"{group['hours'] * given['days']:.1f}", f"{group['done']:,}"]
        for name, group in given["groups"].items()
    ]
    return _table(["rooms of", "hours a week", "set to tests of August 2024"], rows)


def _shares(data: Mapping[str, Any]) -> str:
    rows = [
        [
            row["month"],
            _SHARES[row["test"]],
            f"{100 * row['model']:.1f} %",
            f"{100 * row['published']:.1f} %",
            "set" if row["set"] else f"{100 * row['error']:+.1f}".replace("-", "−"),
        ]
        for row in data["shares"]
    ]
    return _table(["month", "of", "cases", "published", "apart, points"], rows)


def _tests(data: Mapping[str, Any]) -> str:
    rows = [
        [
            row["month"],
            row["what"],
            f"{row['model']:,.0f}",
            f"{row['published']:,.0f}",
            f"{100 * (row['model'] / row['published'] - 1):+.1f} %".replace("-", "−"),
        ]
        for row in data["tests"]
    ]
    return _table(["month", "what", "cases", "came", "apart"], rows)


def _scenarios(data: Mapping[str, Any]) -> str:
    rows = [
        [
            one["label"],
            *(f"{100 * one[f'share_{test}']:.1f} %" for test in _SHARES),
            f"{one['tests_a_year'] / 1e6:.1f}m",
            f"{one['additional_a_year'] / 1e6:.1f}m",
            f"{100 * one['over_six_weeks_end']:.0f} %",
            f"£{one['capital'] / 1e6:,.0f}m",
            f"£{one['revenue_a_year'] / 1e6:,.0f}m",
            f"{one['radiographers']:,.0f}",
            f"{one['reporters']:,.0f}",
        ]
        for one in data["scenarios"].values()
    ]
    headers = [
        "scenario",
        "CT at centres",
        "MRI",
        "all of DM01",
        "tests a year",
        "additional",
        "over six weeks, March 2027",
        "capital",
        "revenue a year",
        "radiographers, sonographers",
        "who report",
    ]
    return _table(headers, rows)


def _against(data: Mapping[str, Any]) -> str:
    def shown(what: str, value: float | None) -> str:
        if value is None:
            return "–"
        return f"£{value / 1e6:,.0f}m" if "£" in what else f"{value:,.0f}"

    rows = [
        [
            row["what"].removesuffix(", £"),
            shown(row["what"], row["model"]),
            shown(row["what"], row["published"]),
        ]
        for row in data["against"]
    ]
    return _table(["what", "cases", "published"], rows)


def _kit(data: Mapping[str, Any]) -> str:
    kit = data["scenarios"]["preferred"]["kit"]
    names = ("mri", "ct", "ultrasound", "xray", "dexa", "echocardiography", "phlebotomy_chair")
    labels = [
        "MRI scanners",
        "CT scanners",
        "ultrasound machines",
        "X-ray rooms",
        "DEXA",
        "echo machines",
        "chairs",
    ]
    return _table(labels, [[f"{kit[name]:,.0f}" for name in names]])


def with_tables(page: str, found: Mapping[str, str]) -> str:
    """The page with its tables anew."""
    for name, rows in found.items():
        pattern = re.compile(rf"(<!-- {name} -->\n\n).*?(?=\n\n|\n\Z|\Z)", re.S)
        assert pattern.search(page), f"no place for the table {name}"
        page = pattern.sub(lambda match, rows=rows: match[1] + rows, page)  # type: ignore[misc]
    return page


def main() -> None:
    """Write the tables; the folder of results may be named, so that cases made before are taken."""
    with tempfile.TemporaryDirectory() as place:
        told = worked_out(Path(sys.argv[1] if len(sys.argv) > 1 else place))
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), tables(told)), encoding="utf-8")


if __name__ == "__main__":
    main()
