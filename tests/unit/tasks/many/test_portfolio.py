"""Many cases in one run: the same table whoever works it out, after a stop, and beside a broken case."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import numpy as np
import openpyxl
import psutil
import pytest

from casebuilder.analysis.many.gathered import Figure, Gathered, Totals, found
from casebuilder.analysis.many.table import Head, cube, heads, read
from casebuilder.errors import CaseError, InputError
from casebuilder.inputs.portfolio import read_portfolio
from casebuilder.tasks.many import workers
from casebuilder.tasks.many.run import TABLE, UNITS, Asked, run_portfolio
from casebuilder.tasks.many.unit import Unit, program_stamp, work
from casebuilder.workbook.portfolio import write_portfolio
from tests.unit.tasks.many.folders import broken, copies

DRAWS = 20
NAMES = ("east", "north", "west")


def run(folder: Path, target: Path, workers: int = 1, scheduler: str = "") -> Gathered:
    """A portfolio of few draws."""
    return run_portfolio(read_portfolio(folder), Asked(DRAWS, 7, workers, scheduler), target)


@cache
def _done(folder: Path) -> tuple[Path, Path, Gathered]:
    cases = copies(folder / "cases", *NAMES)
    return cases, folder / "once", run(cases, folder / "once")


@pytest.fixture
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Gathered]:
    """Three cases, worked out once: their folder, the results, and what they came to."""
    folder = tmp_path_factory.getbasetemp() / "portfolio"
    return _done(folder)


def test_every_case_stands_in_the_table(done: tuple[Path, Path, Gathered]) -> None:
    """The cases follow each other, each with all of its draws."""
    _, target, gathered = done
    table = read(target / TABLE)
    assert [head.case for head in heads(table)] == list(NAMES)
    for name in NAMES:
        own = table.filter(np.asarray(table["case"].to_pylist()) == name)
        assert sorted(set(own["draw"].to_pylist())) == list(range(-1, DRAWS))
    assert not gathered.failed


def test_a_finished_unit_is_not_done_again(done: tuple[Path, Path, Gathered]) -> None:
    """A second run reads what the first left, and writes the same bytes."""
    cases, target, _ = done
    before = {path: path.stat().st_mtime_ns for path in (target / UNITS).iterdir()}
    content = (target / TABLE).read_bytes()
    again = run(cases, target)
    assert again.finished == (3, 3)
    assert {path: path.stat().st_mtime_ns for path in (target / UNITS).iterdir()} == before
    assert (target / TABLE).read_bytes() == content


def test_processes_give_the_same_bytes(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """Two processes that share the work write the file that one writes."""
    cases, target, _ = done
    assert run(cases, tmp_path, workers=2).finished == (0, 3)
    assert (tmp_path / TABLE).read_bytes() == (target / TABLE).read_bytes()


def test_a_run_that_was_killed_goes_on(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """Killed after its first case, a run leaves that and no half of another, and goes on to the same."""
    cases, target, _ = done
    line = [
        sys.executable,
        "-m",
        "casebuilder",
        "portfolio",
        str(cases),
        "--draws",
        str(DRAWS),
        "--seed",
        "7",
    ]
    killed = subprocess.Popen(
        [*line, "-o", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    units = tmp_path / UNITS
    until = time.monotonic() + 120
    while not (units.is_dir() and any(units.glob("[!.]*.parquet"))) and time.monotonic() < until:
        assert killed.poll() is None
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    left = sorted(path.name for path in units.glob("[!.]*.parquet"))
    assert 1 <= len(left) < len(NAMES)
    assert not (tmp_path / TABLE).exists()
    assert run(cases, tmp_path).finished == (len(left), 3)
    assert (tmp_path / TABLE).read_bytes() == (target / TABLE).read_bytes()


def test_no_worker_outlives_a_run_that_was_killed(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """Processes that share the work end when whoever asked for it is killed, and do not wait for ever."""
    cases, _, _ = done
    line = [sys.executable, "-m", "casebuilder", "portfolio", str(cases), "--draws", "2000", "--workers", "2"]
    killed = subprocess.Popen(
        [*line, "-o", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 120
    children: list[psutil.Process] = []
    while len(children) < 3 and time.monotonic() < until:  # two workers, and Python's own tracker
        assert killed.poll() is None
        children = psutil.Process(killed.pid).children(recursive=True)
        time.sleep(0.05)
    time.sleep(2)  # so that they have begun
    killed.kill()
    killed.wait()
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive


def test_a_broken_case_is_told_and_the_rest_finished(
    done: tuple[Path, Path, Gathered], tmp_path: Path
) -> None:
    """The fault is named with its line, the exit code is 1, and the other cases are as they were."""
    cases, target, _ = done
    shutil.copytree(cases, tmp_path / "cases")
    file = broken(tmp_path / "cases" / "north") / "estate.yaml"
    row = len(file.read_text().splitlines())
    line = [sys.executable, "-m", "casebuilder", "portfolio", str(tmp_path / "cases"), "--draws", str(DRAWS)]
    line += ["--seed", "7", "-o", str(tmp_path / "out"), "--json"]
    ended = subprocess.run(line, capture_output=True, text=True)
    assert ended.returncode == 1
    assert f"north: {file}:{row}:" in ended.stderr
    told = json.loads(ended.stdout)
    assert list(told["cases"]) == ["east", "west"]
    assert list(told["failed"]) == ["north"]
    kept = read(target / TABLE)
    rest = kept.filter(np.asarray(kept["case"].to_pylist()) != "north")
    now = read(tmp_path / "out" / TABLE)
    assert now.select(["case", "draw", "option", "headline", "value"]).to_pydict() == (
        rest.select(["case", "draw", "option", "headline", "value"]).to_pydict()
    )
    sheet = openpyxl.load_workbook(tmp_path / "out" / "portfolio.xlsx")["Faults"]
    assert any("nonsense" in str(cell.value) for row in sheet for cell in row)


def test_a_unit_is_done_again_when_anything_it_rests_on_changes(
    done: tuple[Path, Path, Gathered], tmp_path: Path
) -> None:
    """A range that moves and no value makes a new unit; so do another seed and another program."""
    cases, _, _ = done
    shutil.copytree(cases / "north", tmp_path / "north")
    stamp = program_stamp()

    def name(seed: int = 7, last: int = DRAWS, program: str = stamp) -> str:
        return Unit("north", tmp_path / "north", 0, last, seed).file(program)

    before = name()
    assert before == Unit("north", cases / "north", 0, DRAWS, 7).file(stamp)
    others = {name(seed=8), name(last=30), name(program="another")}
    file = tmp_path / "north" / "estate.yaml"
    file.write_text(file.read_text().replace("range: [8, 14]", "range: [7, 14]"))
    others.add(name())
    assert len({before, *others}) == 5


def test_a_damaged_unit_is_done_again(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """A file that was cut off is worth nothing and is replaced."""
    cases, target, _ = done
    shutil.copytree(target, tmp_path / "out")
    first = sorted((tmp_path / "out" / UNITS).iterdir())[0]
    first.write_bytes(first.read_bytes()[:1000])
    assert run(cases, tmp_path / "out").finished == (2, 3)
    assert (tmp_path / "out" / TABLE).read_bytes() == (target / TABLE).read_bytes()


def test_totals_are_sums_of_draws(done: tuple[Path, Path, Gathered]) -> None:
    """A total and its percentiles are those of the sums of each draw, worked out here by hand."""
    _, target, gathered = done
    rows = read(target / TABLE).to_pandas()
    own = rows[(rows.option == "preferred") & (rows.headline == "npsv")]
    sums = own.groupby("draw")["value"].sum()
    total = gathered.totals["npsv"]
    assert total.central == pytest.approx(sums[-1], rel=1e-12)
    ends = np.percentile(sums[sums.index >= 0], [10, 50, 90])
    assert [total.p10, total.p50, total.p90] == pytest.approx(list(ends), rel=1e-12)
    assert "bcr" not in gathered.totals


def head(year: str, unit: str = "GBP_real") -> Head:
    """A case with one figure."""
    return Head("a", "A", "", "1", 1, ((0, 2),), year, "bau", {"bau": "B"}, {"npsv": unit}, 1)


def test_pounds_of_different_years_are_not_added() -> None:
    """Real pounds of two base years have no total; counts have."""
    for unit, years, wanted in (
        ("GBP_real", ("2023/24", "2023/24"), 5.0),
        ("GBP_real", ("2023/24", "2024/25"), None),
        ("tests / year", ("2023/24", "2024/25"), 5.0),
    ):
        totals = Totals(["npsv"])
        for year, value in zip(years, (2.0, 3.0), strict=True):
            totals.add(head(year, unit), np.array([[value]]), np.full((2, 1, 1), value))
        figures = totals.figures()
        assert (figures["npsv"].central if "npsv" in figures else None) == wanted


def test_a_figure_without_draws_has_no_range() -> None:
    """What was not drawn, or is empty in every draw, has no percentile; what has some is of those."""
    one = found(head("2023/24"), np.array([[1.0]]), np.empty((0, 1, 1)), 0.0)
    assert one.figures["bau"]["npsv"] == Figure(1.0, None, None, None)
    some = found(head("2023/24"), np.array([[np.nan]]), np.array([[[4.0]], [[np.nan]]]), 0.0)
    assert some.figures["bau"]["npsv"] == Figure(None, 4.0, 4.0, 4.0)


def test_the_workbook_holds_the_figures(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """Every cell is the engine's figure, totals among them, and each sheet says draws, seed and hash."""
    _, _, gathered = done
    path = tmp_path / "portfolio.xlsx"
    write_portfolio(gathered, path)
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book["Portfolio"]]
    top = next(number for number, row in enumerate(rows) if row[0] == "Case")
    column = rows[top].index("Net present social value, £")
    values = [row[column] for row in rows[top + 1 :]]
    npsv = [each.figure("npsv") for each in gathered.cases]
    wanted = [*(one.central for one in npsv if one), gathered.totals["npsv"].central]
    assert values == pytest.approx(wanted, rel=1e-14)  # of 17 digits Excel keeps 16
    for sheet in book:
        texts = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=top) for cell in row)
        assert gathered.sha256 in texts
        assert f"{DRAWS} draws of each case, seed 7" in texts
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def test_a_portfolio_may_list_its_cases(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """portfolio.yaml names folders from where it stands, in its order; a fault is told with its line."""
    cases, _, _ = done
    file = tmp_path / "portfolio.yaml"
    file.write_text(f"title: Two\ncases:\n- {cases / 'west'}\n- {cases / 'east'}\n")
    listed = read_portfolio(tmp_path)
    assert (listed.name, list(listed.folders)) == ("Two", ["west", "east"])
    file.write_text(f"cases:\n- {cases / 'west'}\n- nowhere\n- {cases / 'west'}\n")
    with pytest.raises(InputError) as error:
        read_portfolio(tmp_path)
    assert [(fault.line, fault.message.split(":")[0]) for fault in error.value.faults] == [
        (3, "'nowhere' is no case"),
        (4, "two cases are called 'west'"),
    ]


def test_cases_are_chosen_by_name(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """A name that is none is refused with the nearest; a folder without cases, or that is one, too."""
    cases, _, _ = done
    assert list(read_portfolio(cases, ["west"]).folders) == ["west"]
    for folder, only, what in (
        (cases, ["nort"], "did you mean 'north'"),
        (tmp_path, [], "no case in it"),
        (cases / "west", [], "this is one case"),
        (tmp_path / "nowhere", [], "no such folder"),
    ):
        with pytest.raises(InputError, match=what):
            read_portfolio(folder, only)


def test_a_worker_of_another_version_is_refused(done: tuple[Path, Path, Gathered]) -> None:
    """Figures of two versions are never mixed: the worker says which it has."""
    cases, _, _ = done
    ended = work("west", str(cases / "west"), 0, 1, 7, "0.0.1")
    assert ended.faults and "0.0.1 asks" in ended.faults[0]


def test_faults_of_a_case_that_was_sent_name_its_own_folder(
    done: tuple[Path, Path, Gathered], tmp_path: Path
) -> None:
    """A worker reads a case that was sent to it; what is wrong is told where its owner finds it."""
    cases, _, _ = done
    shutil.copytree(cases / "west", tmp_path / "west")
    broken(tmp_path / "west")
    sent = workers.packed_folder(tmp_path / "west")
    version = program_version()
    ended = workers.work_sent(sent, ("west", str(tmp_path / "west"), 0, 1, 7, version))
    assert ended.faults[0].startswith(f"{tmp_path / 'west' / 'estate.yaml'}:")


def program_version() -> str:
    """The version at hand."""
    from casebuilder import __version__

    return __version__


def test_without_dask_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for a cluster without the extra is told what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CaseError, match=r"pip install 'casebuilder\[cluster\]'"):
        list(workers.cluster([], "tcp://127.0.0.1:1"))


def test_nobody_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that does not answer is named, without a traceback."""
    monkeypatch.setattr(workers, "_WAIT", "1s")
    with pytest.raises(CaseError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        list(workers.cluster([], "tcp://127.0.0.1:1"))


def test_a_cluster_gives_the_same_bytes(done: tuple[Path, Path, Gathered], tmp_path: Path) -> None:
    """Two workers of a Dask cluster, in processes of their own, write the file that one process writes."""
    from distributed import LocalCluster

    cases, target, _ = done
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        worker_dashboard_address=None,
    ) as local:
        assert run(cases, tmp_path, scheduler=local.scheduler_address).finished == (0, 3)
    assert (tmp_path / TABLE).read_bytes() == (target / TABLE).read_bytes()


def test_draws_are_pieced_by_a_fixed_length(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A case with more draws than a unit holds is several units, and its cube is that of one."""
    cases = copies(tmp_path / "cases", "east")
    whole = run(cases, tmp_path / "one")
    monkeypatch.setattr("casebuilder.tasks.many.run.UNIT_DRAWS", 8)
    pieced = run(cases, tmp_path / "three")
    assert (whole.finished, pieced.finished) == ((0, 1), (0, 3))
    assert (tmp_path / "one" / TABLE).read_bytes() == (tmp_path / "three" / TABLE).read_bytes()
    assert cube(read(tmp_path / "three" / TABLE))[1].shape[0] == DRAWS
