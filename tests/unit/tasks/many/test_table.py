"""The table of draws: pieces put together are the whole, to the last bit, and say what they rest on."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.analysis.many.table import CENTRAL, KEY, cube, heads, merged, packed, read, write
from casebuilder.case import load_case
from casebuilder.errors import CaseError
from casebuilder.evaluate.headlines import FURTHER, HEADLINES
from casebuilder.tasks.many.unit import draws_of
from tests.cases.starter import starter
from tests.starter import starter_case

DRAWS = 60


@cache
def piece(first: int, last: int, seed: int = 1) -> pa.Table:
    """Some draws of the starter case."""
    return draws_of(starter_case(), "starter", range(first, last), seed)


@given(st.sets(st.integers(1, DRAWS - 1), max_size=3), st.randoms())
@settings(max_examples=6, deadline=None)
def test_pieces_put_together_are_the_whole(cuts: set[int], chance: object) -> None:
    """Whoever shares the draws out, in whatever pieces and order, gets the same file byte for byte."""
    ends = [0, *sorted(cuts), DRAWS]
    pieces = [piece(a, b) for a, b in pairwise(ends)]
    chance.shuffle(pieces)  # type: ignore[attr-defined]
    assert packed(merged(pieces)) == packed(piece(0, DRAWS))


def test_the_key_of_a_row_is_its_own() -> None:
    """Case, draw, option and headline tell every row from every other, so that files join by them."""
    table = piece(0, DRAWS)
    assert table.group_by(list(KEY)).aggregate([]).num_rows == table.num_rows
    case = starter_case()
    figures = [name for name in (*HEADLINES, *FURTHER) if name in heads(table)[0].figures]
    assert table.num_rows == (DRAWS + 1) * len(case.problem.frame.options) * len(figures)


def test_the_case_itself_is_draw_minus_one() -> None:
    """What stands at draw -1 is what `summary` says of every option, and empty where that is empty."""
    case, table = starter_case(), piece(0, 0)
    rows = table.filter(pc.equal(table["draw"], CENTRAL)).to_pylist()
    assert len(rows) == table.num_rows > 0
    for row in rows:
        assert row["value"] == case.headlines[row["option"]].value(row["headline"])
    assert any(row["value"] is None for row in rows)


def test_the_case_itself_stands_in_one_piece_alone() -> None:
    """Only the piece with draw 0 holds it, so that files laid one after the other hold no row twice."""
    assert min(piece(20, 40)["draw"].to_pylist()) == 20
    assert heads(piece(20, 40))[0].status == ""
    assert "warning" in heads(piece(0, 20))[0].status


def test_rows_say_what_they_rest_on() -> None:
    """Values, version and seed stand in every row, so that nobody joins figures of different cases."""
    case, table = starter_case(), piece(0, 20)
    assert set(table["inputs_sha256"].to_pylist()) == {case.problem.inputs.sha256}
    assert set(table["seed"].to_pylist()) == {1}
    assert set(table["case"].to_pylist()) == {"starter"}


def test_pieces_that_do_not_belong_together_are_refused() -> None:
    """Another seed, or a draw that stands in two pieces, makes no table."""
    with pytest.raises(CaseError, match="different values, versions or seeds"):
        merged([piece(0, 20), piece(20, 40, seed=2)])
    with pytest.raises(CaseError, match="draw 20 stands in two pieces"):
        merged([piece(0, 40), piece(20, 40)])


def test_cubes_hold_the_rows() -> None:
    """What statistics are taken of is the column, by draw, option and headline in order."""
    table = piece(0, 20)
    central, draws = cube(table)
    head = heads(table)[0]
    for row in table.to_pylist()[::997]:
        option, figure = list(head.options).index(row["option"]), list(head.figures).index(row["headline"])
        value = central[option, figure] if row["draw"] == CENTRAL else draws[row["draw"], option, figure]
        assert row["value"] is None if np.isnan(value) else row["value"] == value


def test_what_is_no_table_of_draws_is_refused(tmp_path: Path) -> None:
    """A file of somebody else is named, and no figure is read from it."""
    (tmp_path / "text.parquet").write_text("no table")
    pq.write_table(pa.table({"value": [1.0]}), tmp_path / "other.parquet")
    for name, what in (("text", "cannot read"), ("other", "not a table of draws"), ("none", "cannot read")):
        with pytest.raises(CaseError, match=what):
            read(tmp_path / f"{name}.parquet")


def test_an_old_file_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    """A table that cannot be finished leaves what stood there, and no draft."""
    path = tmp_path / "table.parquet"
    write(path, heads(piece(0, 20)), [piece(0, 20)])
    before = path.read_bytes()

    def tables() -> object:
        yield piece(0, 20)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(path, heads(piece(0, 20)), tables())  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["table.parquet"]


def test_run_writes_the_unit(tmp_path: Path) -> None:
    """The command in a process of its own gives the same bits as the function in this one."""
    path = tmp_path / "unit.parquet"
    line = [sys.executable, "-m", "casebuilder", "run", str(starter()), "--draws", "0:20", "--seed", "1"]
    done = subprocess.run([*line, "-o", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"Wrote {path}: " in done.stdout
    assert packed(read(path)) == packed(piece(0, 20)) == path.read_bytes()


def test_set_values_are_other_values(tmp_path: Path) -> None:
    """A value set on the command line gives other rows with another hash, which cannot be joined to these."""
    case = load_case(str(starter()), ["estate.opening_hours_per_day=9"])
    other = draws_of(case, "starter", range(20, 40), 1)
    assert heads(other)[0].inputs_sha256 != heads(piece(0, 20))[0].inputs_sha256
    with pytest.raises(CaseError, match="different values"):
        merged([piece(0, 20), other])


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    """A range of draws that is none, or another kind of file, ends with 2 and what to write."""
    for more, what in (
        (["--draws", "500"], "write 0:500"),
        (["--draws", "9:3"], "write 0:500"),
        (["--draws", "0:3", "-o", "x.csv"], "must end in .parquet"),
    ):
        line = [sys.executable, "-m", "casebuilder", "run", str(starter()), *more]
        done = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 2
        assert what in done.stderr


def test_metadata_is_json() -> None:
    """What stands beside the rows can be read without casebuilder."""
    told = json.loads(piece(0, 20).schema.metadata[b"casebuilder"])["cases"][0]
    assert told["draws"] == [[0, 20]]
    assert told["options"]["preferred"]
