"""What is given or not given and would vanish: pairs, members that do nothing, values off the axis."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.case import load_case
from casebuilder.errors import InputError
from casebuilder.inputs.shape.dropped import dropped, unsaid

CASES = Path(__file__).parents[3] / "assumptions" / "cases"


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a copy of a shipped case that may be spoiled."""

    def make(name: str) -> Path:
        return Path(shutil.copytree(CASES / name, tmp_path / name))

    return make


def change(path: Path, before: str, after: str) -> None:
    """Put one text in place of another, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def said(folder: Path) -> list[str]:
    """Faults and warnings of a case, each with its place, without the path."""
    try:
        found = [f"warning: {warning}" for warning in load_case(str(folder)).inputs.warnings]
    except InputError as error:
        found = [str(fault) for fault in error.faults] + [f"warning: {w}" for w in error.warnings]
    evidence = ("stands in for", " is about ")  # told of every case, and another matter
    return [line.replace(f"{folder}/", "") for line in found if not any(word in line for word in evidence)]


@pytest.mark.parametrize(("trust", "test"), [("rcx", "mri"), ("rgp", "xray"), ("rm1", "ultrasound")])
def test_a_row_that_a_table_of_pairs_and_values_lacks_is_named(
    copy: Callable[[str], Path], trust: str, test: str
) -> None:
    """The trust that lacks a test which the others have, at the first line of the table."""
    folder = copy("norfolk_waveney")
    path = folder / "data" / "lists.csv"
    path.write_text(re.sub(rf"{trust},{test},.*\n", "", path.read_text()), encoding="utf-8")
    (warning,) = said(folder)
    assert warning.startswith(f"warning: data/lists.csv:1:1: no row for {trust},{test}: ")
    change(
        folder / "case.yaml",
        "    table: data/lists.csv\n",
        f"    table: data/lists.csv\n    without: {{{trust}: [{test}]}}\n",
    )
    assert said(folder) == []


def test_a_pair_said_to_be_left_out_must_not_be_there(copy: Callable[[str], Path]) -> None:
    """`without:` that the table contradicts."""
    folder = copy("cmast")
    change(folder / "case.yaml", "      rbt: [spirometry]\n", "      rbt: [spirometry, ct]\n")
    assert any("the pair rbt, ct is there: take it out of without" in line for line in said(folder))


def test_a_place_without_its_row_of_a_quintile_is_named(copy: Callable[[str], Path]) -> None:
    """Pairs in a table of their own: a row lost in either table is told by the other."""
    folder = copy("norfolk_waveney")
    people, pairs = folder / "data" / "neighbourhood_people.csv", folder / "data" / "place_quintiles.csv"
    whole = people.read_text()
    people.write_text(whole.replace("breckland,breckland_001,q2,1133\n", ""), encoding="utf-8")
    assert any("breckland,breckland_001,q2" in line for line in said(folder))
    people.write_text(whole, encoding="utf-8")
    change(pairs, "breckland_001,q2\n", "")
    assert any("breckland_001" in line and "q2" in line for line in said(folder))


def test_an_eleventh_site_in_no_pair_is_a_fault(copy: Callable[[str], Path]) -> None:
    """It stands in no list of pairs, has no host and no room, and no value names it."""
    folder = copy("cmast")
    change(
        folder / "case.yaml",
        "    warrington_halton: Warrington and Halton\n",
        "    warrington_halton: Warrington and Halton\n    runcorn: Runcorn\n",
    )
    lines = said(folder)
    pairs = next(line for line in lines if "stands in no pair of site and test" in line)
    assert pairs.startswith("case.yaml:") and "runcorn" in pairs and "write runcorn: []" in pairs
    assert any("hosting.hosts[runcorn]: 0 for every trust" in line for line in lines)
    assert any(line.startswith("warning: case.yaml:") and "nothing names the site" in line for line in lines)


@pytest.mark.parametrize("kind", ["staff", "equipment"])
def test_a_member_that_stands_in_no_list_of_pairs_is_a_fault(copy: Callable[[str], Path], kind: str) -> None:
    """Unless the list says that it has none."""
    folder = copy("lancashire_south_cumbria")
    before, gone = (
        ("      administrator: []\n", "administrator")
        if kind == "staff"
        else ("      contrast_injector: [mri, ct]\n", "contrast_injector")
    )
    change(folder / "case.yaml", before, "")
    assert any(
        f"({kind}) {gone} stands in no pair" in line or f"{gone} stands in no pair" in line
        for line in said(folder)
    )


def test_a_site_without_rooms_or_hired_units_does_nothing(copy: Callable[[str], Path]) -> None:
    """At the file of its rooms."""
    folder = copy("norfolk_waveney")
    path = folder / "estate.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("\nrooms:")
    below = re.sub(r"    kings_lynn: \{.*\}", "    kings_lynn: 0", text[start:], count=1)
    path.write_text(text[:start] + below, encoding="utf-8")
    # The options that give rooms of their own, or hire units, do so no more.
    for option in ("do_minimum", "mobile"):
        shutil.copy(folder / "options" / "preferred.yaml", folder / "options" / f"{option}.yaml")
    assert any(
        line.startswith("estate.yaml:") and "the site 'kings_lynn' does nothing" in line
        for line in said(folder)
    )


@pytest.mark.parametrize(
    ("given", "lost"),
    [
        (["2021/22", "2023/24"], []),  # held into the first period
        (["2020/21", "2021/22", "2023/24"], ["2020/21"]),
        (["2021/22", "2022/23"], ["2021/22"]),
        (["2022/23", "2024/25", "2025/26"], ["2025/26"]),
        (["2022/23"], []),
    ],
)
def test_what_holding_drops(given: list[str], lost: list[str]) -> None:
    """Periods of the case: 2022/23 to 2024/25."""
    assert dropped(given, ["2022/23", "2023/24", "2024/25"]) == lost


@pytest.mark.parametrize(
    ("values", "lost"),
    [
        ("{2021/22: 0.1, 2022/23: 0, 2023/24: 0.6, 2024/25: 0.3, 2025/26: 0}", "2021/22"),
        ("{2022/23: 0.1, 2023/24: 0.6, 2024/25: 0, 2060/61: 0.3}", "2060/61"),
    ],
)
def test_a_part_of_a_flow_off_the_axis_is_a_fault(
    copy: Callable[[str], Path], values: str, lost: str
) -> None:
    """A tenth of a risk's cost in a year that the case does not have, before it or after."""
    folder = copy("norfolk_waveney")
    whole = "{2022/23: 0.1, 2023/24: 0.6, 2024/25: 0.3, 2025/26: 0}"
    change(folder / "risks.yaml", f"construction: {whole}", f"construction: {values}")
    (fault,) = [line for line in said(folder) if not line.startswith("warning")]
    assert fault.startswith("risks.yaml:") and f"{lost} lies" in fault and "would be lost" in fault


def test_a_level_before_the_axis_is_told(copy: Callable[[str], Path]) -> None:
    """A rate of a year before the case is history, not part of a sum: a warning."""
    folder = copy("norfolk_waveney")
    values = "{2019/20: 0.02, 2020/21: 0.03, 2022/23: 0.04}"
    (folder / "timeline.yaml").write_text(
        f"pay_growth: {{unit: factor, over: [year], values: {values}, hold: true, source: S58, "
        "state: chosen}\n",
        encoding="utf-8",
    )
    lines = said(folder)
    assert any("2019/20 lies before the periods of the case" in line for line in lines)


def test_rows_beyond_the_axis_are_counted(copy: Callable[[str], Path]) -> None:
    """A table may be longer than the case, and says by how many rows."""
    folder = copy("norfolk_waveney")
    path = folder / "data" / "season.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("2058-04,1\n2058-05,1\n")
    (warning,) = said(folder)
    assert warning.startswith("warning: data/season.csv:1:1: 2 rows are for periods that the case does not")


@pytest.mark.parametrize("month", ["2020-05", "2020-09"])
def test_a_row_that_a_default_would_replace_is_named(copy: Callable[[str], Path], month: str) -> None:
    """A table of an input with a default lacks a month before its last."""
    folder = copy("lancashire_south_cumbria")
    path = folder / "data" / "returned.csv"
    path.write_text(re.sub(rf"{month},.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    lacking = f"no row for {month}: what holds without one stands there"
    assert f"warning: data/returned.csv:1:1: {lacking}" in said(folder)


def cut_after(path: Path, month: str) -> None:
    """Take the rows after a month from the end of a table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.startswith("month") or line.split(",")[0] <= month]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


@pytest.mark.parametrize("last", ["2025-02", "2023-12"])
def test_a_table_that_ends_before_the_case_says_so(copy: Callable[[str], Path], last: str) -> None:
    """A last row that is gone looks like a shorter table: the default would stand there unsaid."""
    folder = copy("lancashire_south_cumbria")
    cut_after(folder / "data" / "returned.csv", last)
    told = f"data/returned.csv:1:1: its last row is for {last}, and the case runs to 2025-03: what holds"
    assert any(told in line and f"write until: {last}" in line for line in said(folder))


def test_until_says_where_a_table_ends(copy: Callable[[str], Path]) -> None:
    """With it a shorter table is meant, and one more row that is gone is a fault."""
    folder = copy("lancashire_south_cumbria")
    table = "table: data/returned.csv\n"
    change(folder / "demand.yaml", table, f"{table}  until: 2024-03\n")
    faults = [line for line in said(folder) if "until: 2024-03, and the last row of the table" in line]
    assert len(faults) == 1
    cut_after(folder / "data" / "returned.csv", "2024-03")
    assert said(folder) == []
    cut_after(folder / "data" / "returned.csv", "2024-02")
    faults = [line for line in said(folder) if not line.startswith("warning")]
    assert len(faults) == 1 and "the last row of the table is for 2024-02" in faults[0]


def test_until_goes_with_a_table_over_time(copy: Callable[[str], Path]) -> None:
    """Elsewhere it would say nothing."""
    folder = copy("lancashire_south_cumbria")
    change(folder / "demand.yaml", "suited: {unit: share,", "suited: {until: 2024-03, unit: share,")
    assert any("until: goes with a table over time" in line for line in said(folder))


def test_a_missing_pair_is_a_warning_of_the_case_too(copy: Callable[[str], Path]) -> None:
    """No band is green over a trust that lost a test: the pairs that are missing are one of the checks.

    The list that is not counted may meet a standard which the whole one misses.
    """
    folder = copy("norfolk_waveney")
    path = folder / "data" / "lists.csv"
    path.write_text(re.sub(r"rcx,mri,.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    whole, lacking = load_case("norfolk_waveney").checks, load_case(str(folder)).checks
    assert {check.key for check in lacking.warnings} - {check.key for check in whole.warnings} == {
        "lost.pairs"
    }
    assert lacking.status.warnings == len(lacking.warnings)
    (gap,) = [check for check in lacking.warnings if check.key == "lost.pairs"]
    assert "rcx,mri" in gap.basis


def test_a_trust_without_rows_is_told_once(copy: Callable[[str], Path]) -> None:
    """Not once more for each pair that it lacks; and one that is misspelt is not missing as well."""
    folder = copy("norfolk_waveney")
    path = folder / "data" / "lists.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"rcx,.*\n", "", whole), encoding="utf-8")
    (fault,) = said(folder)
    assert fault.startswith("data/lists.csv:1:1: trust (provider) rcx stands in no pair of provider and test")
    assert "give it its rows, or write without: {rcx: [" in fault
    path.write_text(whole.replace("rcx,", "rxc,"), encoding="utf-8")
    (fault,) = said(folder)
    assert "'rxc' is no trust (provider) of this case; did you mean 'rcx'? (4 rows" in fault


def held(folder: Path) -> Path:
    """Hold the values of a table by month; gives the table."""
    table = "table: data/returned.csv\n"
    change(folder / "demand.yaml", table, f"{table}  hold: true\n")
    return folder / "data" / "returned.csv"


def test_a_month_that_a_held_table_lost_is_named(copy: Callable[[str], Path]) -> None:
    """Of a table with a row for every other month, though no series has one that could be compared."""
    folder = copy("lancashire_south_cumbria")
    path = held(folder)
    assert said(folder) == []
    path.write_text(re.sub("2020-09,.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert set(said(folder)) == {
        "warning: data/returned.csv:1:1: no row for 2020-09: what holds without one stands there"
    }


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ("1 2 3 5 6", ["4"]),
        ("1 2 3 6 7 8", ["4", "5"]),
        ("1 4 7", []),  # each quarter
        ("1 3 5 7", []),  # every other month
        ("3 8", []),
        ("3", []),
        ("", []),
    ],
)
def test_few_that_lack_are_lost_and_many_are_held(given: str, lacking: list[str]) -> None:
    """A table that gives a row now and then says when a value changes."""
    assert unsaid({(): given.split()}, list("12345678")) == lacking


def test_what_is_no_period_is_not_off_the_axis(copy: Callable[[str], Path]) -> None:
    """It is told as that, once."""
    folder = copy("norfolk_waveney")
    change(folder / "risks.yaml", "construction: {2022/23: 0.1", "construction: {soon: 0, 2022/23: 0.1")
    (fault,) = said(folder)
    assert "'soon' is no financial year" in fault
