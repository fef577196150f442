"""The command line on the CMAST bid, run as a user runs it.

What takes CMAST long and is the same of any case is asked of the digital programme, and of CMAST in full.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import csv
from typer.testing import CliRunner

from casebuilder.cli.app import app
from casebuilder.evaluate.headlines import HEADLINES

CASE, SMALL = "cmast", "digital_diagnostics"
EITHER = pytest.mark.parametrize("name", [SMALL, pytest.param(CASE, marks=pytest.mark.full)])


def casebuilder(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, as one that has run others before."""
    done = CliRunner().invoke(app, list(words), env=settings)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def in_a_pipe(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, its output in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "casebuilder", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **settings},
    )


@cache
def summary_of(name: str) -> dict:
    """The summary of a case as JSON."""
    done = casebuilder("summary", name, "--json")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def summary() -> dict:
    """The summary of the bid as JSON."""
    return summary_of(CASE)


@EITHER
def test_check_finds_no_fault(name):
    """`check` ends with 0, and only warnings and notes stand on stderr."""
    done = in_a_pipe("check", name)
    assert done.returncode == 0
    assert all(": warning: " in line or "note: " in line for line in done.stderr.splitlines()), done.stderr
    assert done.stdout.startswith(f"{name}: no faults.")


def test_summary_has_every_headline_of_every_option(summary):
    """Every option has every headline of the contract, a number or null, and a rank."""
    for option in summary["options"].values():
        assert list(option["headlines"]) == list(HEADLINES)
        assert all(v is None or math.isfinite(v) for v in option["headlines"].values())
    ranks = sorted(option["rank"] for option in summary["options"].values())
    assert ranks[0] == 1 and len(summary["inputs_sha256"]) == 64


def test_exit_code_says_whether_a_check_failed(summary):
    """Exit code 1 means a failed check, whose key stands on stderr and in the JSON."""
    done = in_a_pipe("summary", CASE)
    failed = summary["checks"]["failed"]
    assert done.returncode == (1 if failed else 0)
    assert all(key in done.stderr for key in failed)


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("command", ["summary", "compare"])
def test_pages_fit_the_terminal(command, width, summary):
    """At 80 and 140 columns no line is wider and no figure is cut short."""
    done = casebuilder(command, CASE, COLUMNS=str(width))
    assert max(map(len, done.stdout.splitlines())) <= width and "…" not in done.stdout
    for option in summary["options"]:
        assert option in done.stdout


@EITHER
def test_set_changes_the_result(name):
    """`--set` on one option changes that option and leaves the baseline alone."""
    summary = summary_of(name)
    option = list(summary["options"])[-1]
    done = casebuilder("summary", name, "--json", "--set", f"{option}:economics.discount_shift=0")
    assert done.returncode == 1 and "economics.discount_shift" in done.stderr
    done = casebuilder("summary", name, "--json", "--set", f"{option}:economics.running_cost_bias=0.3")
    changed = json.loads(done.stdout)
    assert changed["inputs_sha256"] != summary["inputs_sha256"]
    assert changed["options"][option]["headlines"] != summary["options"][option]["headlines"]
    baseline = summary["baseline"]
    assert changed["options"][baseline]["headlines"] == summary["options"][baseline]["headlines"]


def leaves(node: dict) -> list[dict]:
    """The inputs in a tree."""
    below = [leaf for child in node["children"] for leaf in leaves(child)]
    return [*below, node] if node["kind"] == "input" else below


def test_explain_goes_down_to_sources(summary):
    """`explain` gives the summary's own figure, and each input below it has a state and a file."""
    tree = json.loads(casebuilder("explain", CASE, "npsv", "--depth", "12", "--json").stdout)
    option = summary["options"][tree["option"]]
    assert tree["value"] == option["headlines"]["npsv"]
    found = leaves(tree)
    assert len(found) > 20
    assert all(leaf["state"] and leaf["file"] and leaf["line"] > 0 for leaf in found)


@EITHER
def test_export_gives_the_summarys_figures(name, tmp_path: Path):
    """The export holds the headlines of the summary to the last digit, with all columns in order."""
    path = tmp_path / f"{name}.csv"
    done = casebuilder("export", name, "-o", str(path))
    assert done.returncode == 0, done.stderr
    with path.open(encoding="utf-8-sig") as file:
        columns = file.readline().strip().split(",")
    assert columns[:4] == ["line", "label", "unit", "option"] and columns[-2:] == ["period", "value"]
    words = pa.dictionary(pa.int32(), pa.string())
    types = {**dict.fromkeys(columns[:-1], words), "value": pa.string()}
    # Of CMAST two million rows: each word as its number.
    table = csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=types)).unify_dictionaries()
    codes = {name: table[name].combine_chunks() for name in columns[:-1]}
    rows = pd.DataFrame({name: column.indices.to_numpy() for name, column in codes.items()})
    assert not rows.duplicated().any()
    lines, options = (codes[name].dictionary.to_pylist() for name in ("line", "option"))
    for option, result in summary_of(name)["options"].items():
        for key, value in result["headlines"].items():
            if value is not None:
                where = rows.line.eq(lines.index(f"headlines.{key}")) & rows.option.eq(options.index(option))
                (at,) = where.to_numpy().nonzero()[0]
                assert float(table["value"][at].as_py()) == value, key


def test_build_writes_the_workbook_named(tmp_path: Path):
    """`build -o` writes the workbook, prints the summary and nothing of progress in a pipe."""
    path = tmp_path / "digital.xlsx"
    done = in_a_pipe("build", "digital_diagnostics", "-o", str(path), "--draws", "16")
    assert done.returncode == 0 and path.stat().st_size > 100_000
    assert "Net present social value" in done.stdout
    assert all("check failed" in line or ": warning: " in line for line in done.stderr.splitlines())
    assert list(tmp_path.iterdir()) == [path]


def test_reader_that_goes_away_is_no_fault():
    """A closed pipe (`| head`) ends without a message."""
    command = f"{sys.executable} -m casebuilder summary {CASE} --json | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout == "{\n" and "Traceback" not in done.stderr and "Exception" not in done.stderr
