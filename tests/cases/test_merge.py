"""`merge`: two people's edits in one case; what it must give is read from the start with all edits set."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casebuilder.case import load_case
from casebuilder.cli.app import app
from casebuilder.inputs.edit.change_log import CHANGE_LOG, Logged, read_change_log, with_rows
from casebuilder.inputs.edit.put import put_edits
from casebuilder.inputs.edits import Edit, name_of
from casebuilder.inputs.values import CaseInputs, Members
from casebuilder.tasks.diff.explained import name_now
from tests.cases.starter import starter
from tests.edited import replace_once
from tests.starter import starter_case, starter_copy

OPTION = "preferred"


def ten(start: int) -> dict[str, float]:
    """Ten values of the starter, nine of the base case and one of an option, each a little more."""
    inputs = starter_case().inputs
    found: dict[str, float] = {}
    for key, given in inputs.values.items():
        if given.input.unit.startswith("GBP_real") and not given.input.whole and not given.prices_of:
            for members, value in given.base.items():
                if not isinstance(value.amount, str) and value.amount > 1 and given.base_origin.source:
                    found[name_of(None, key, members)] = round(value.amount * 1.01, 4)
    chosen = dict(list(found.items())[start::4][:9])
    return {**chosen, f"{OPTION}:equipment.unit_price[{('ct', 'mri')[start]}]": 650_000.0 + start}


def slots(inputs: CaseInputs) -> dict[str, float | str]:
    """Every value of a case by its name."""
    found: dict[str, float | str] = {}
    for key, given in inputs.values.items():
        found.update((name_of(None, key, members), value.amount) for members, value in given.base.items())
        for option, own in given.options.items():
            found.update((name_of(option, key, m), value.amount) for m, value in own.items())
    return found


def parts(name: str) -> tuple[str | None, str, Members]:
    option, _, rest = name.rpartition(":")
    key, _, inside = rest.partition("[")
    return option or None, key, tuple(inside[:-1].split(",")) if inside else ()


def edited(folder: Path, values: Mapping[str, float], who: str, *, logged: bool = True) -> Path:
    """A copy of the starter in which somebody put values, with rows in its log."""
    starter_copy(folder)
    case = load_case(str(folder))
    now = slots(case.inputs)
    edits, rows = [], []
    for name, amount in values.items():
        option, key, members = parts(name)
        old = now.get(name, now[name_of(None, key, members)])
        edits.append(Edit(key, members, amount, option, old, note=f"By {who}."))
        rows.append(Logged("2026-04-01", who, f"{who}'s view", name, f"{old:.15g}", f"{amount:.15g}"))
    put = put_edits(folder, case.inputs, edits)
    assert not put.refused
    for path, data in put.files.items():
        path.write_bytes(data)
    if logged:
        (folder / CHANGE_LOG).write_text(with_rows("", rows), encoding="utf-8")
    return folder


def ran(*words: object) -> Result:
    return CliRunner().invoke(app, ["merge", *map(str, words)])


def wanted(*sets: Mapping[str, float]) -> dict[str, float | str]:
    """The start with values set, read by itself."""
    every: dict[str, float] = {}
    for each in sets:
        every.update(each)
    return slots(load_case(str(starter()), [f"{name}={amount!r}" for name, amount in every.items()]).inputs)


def rows_of(folder: Path) -> list[Logged]:
    return read_change_log(folder, CHANGE_LOG, [])


@pytest.mark.parametrize("with_start", [True, False])
def test_ten_edits_of_each_without_a_clash(tmp_path: Path, with_start: bool) -> None:
    """All twenty stand in the result, with the start or by the logs alone; each row of the logs once."""
    one, other = ten(0), ten(1)
    assert not {*one} & {*other} and len(one) == len(other) == 10
    a, b = edited(tmp_path / "a", one, "Ann"), edited(tmp_path / "b", other, "Bo")
    start = ["--start", starter()] if with_start else []
    result = ran(a, b, "-o", tmp_path / "c", *start, "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert not data["clashes"] and {each["key"] for each in data["taken"]} == {*other}
    assert slots(load_case(str(tmp_path / "c")).inputs) == wanted(one, other)
    assert sorted(row.who for row in rows_of(tmp_path / "c")) == ["Ann"] * 10 + ["Bo"] * 10
    assert {path.name for path in starter().iterdir()} <= {path.name for path in (tmp_path / "c").iterdir()}


@pytest.mark.parametrize("with_start", [True, False])
def test_clashes_are_listed_and_nothing_is_written(tmp_path: Path, with_start: bool) -> None:
    """Three of the ten values are changed by both: to the same, and twice to another."""
    one = ten(0)
    same, first, second = list(one)[:3]
    other = {
        **dict(list(ten(1).items())[:7]),
        same: one[same],
        first: one[first] + 1,
        second: one[second] + 2,
    }
    a, b = edited(tmp_path / "a", one, "Ann"), edited(tmp_path / "b", other, "Bo")
    start = ["--start", starter()] if with_start else []
    result = ran(a, b, "-o", tmp_path / "c", *start, "--json")
    assert result.exit_code == 1 and not (tmp_path / "c").exists()
    clashes = {each["what"]: each for each in json.loads(result.stdout)["clashes"]}
    assert {name for name in clashes if name in one} == {first, second}
    assert clashes[first]["who_a"] == "Ann, 2026-04-01: Ann's view"
    assert clashes[first]["who_b"].startswith("Bo, ")
    assert float(clashes[first]["b"]) == pytest.approx(one[first] + 1)
    assert "nothing is written" in result.stderr
    for side, holds in (("a", {**other, **one}), ("b", {**one, **other})):
        into = tmp_path / f"as_{side}"
        assert ran(a, b, "-o", into, *start, "--prefer", side).exit_code == 0
        assert slots(load_case(str(into)).inputs) == wanted(holds)


def test_what_no_log_explains_is_a_clash(tmp_path: Path) -> None:
    """B changed a value by hand: without a start nobody knows who; with one it is B's."""
    price = "equipment.unit_price[ct]"
    a = edited(tmp_path / "a", {"equipment.unit_price[mri]": 910_000.0}, "Ann")
    b = edited(tmp_path / "b", {price: 640_000.0}, "Bo", logged=False)
    result = ran(a, b, "-o", tmp_path / "c")
    assert result.exit_code == 1 and f"{price} (changed outside the log)" in " ".join(result.stdout.split())
    assert ran(a, b, "-o", tmp_path / "c", "--start", starter()).exit_code == 0
    assert slots(load_case(str(tmp_path / "c")).inputs)[price] == 640_000


def test_comments_texts_files_and_sources_of_both_stand(tmp_path: Path) -> None:
    """B's go into A's files though both changed these; an id that both gave to a source is given anew."""
    a, b = starter_copy(tmp_path / "a"), starter_copy(tmp_path / "b")
    for folder, who in ((a, "Ann"), (b, "Bo")):
        with (folder / "sources.yaml").open("a", encoding="utf-8") as stream:
            stream.write(f"\nL90: {{title: Letter to {who}, date: 2026-04}}\n")
    replace_once(a / "case.yaml", "title: Seacroft", "title: Seacroft and Otley")
    replace_once(b / "case.yaml", "horizon: 15", "horizon: 14  # the lease ends")
    replace_once(a / "demand.yaml", "range: [0.5, 0.5]\n  source: L1", "range: [0.5, 0.6]\n  source: L90")
    replace_once(b / "demand.yaml", "# Demand: the twelve", "# Demand as Bo has it: the twelve")
    replace_once(b / "options/preferred.yaml", "value: 1, source: L1", "value: 1, source: L90")
    (b / "letter.md").write_text("Dear all\n", encoding="utf-8")
    result = ran(a, b, "--start", starter())
    assert result.exit_code == 0, result.output
    case = load_case(str(a))
    assert case.inputs.info.title == "Seacroft and Otley" and len(case.inputs.frame.ids("year")) == 14
    assert "horizon: 14  # the lease ends" in (a / "case.yaml").read_text(encoding="utf-8")
    assert "# Demand as Bo has it" in (a / "demand.yaml").read_text(encoding="utf-8")
    assert (a / "letter.md").read_text(encoding="utf-8") == "Dear all\n"
    assert [case.inputs.sources[id].title for id in ("L90", "L91")] == ["Letter to Ann", "Letter to Bo"]
    assert case.inputs.values["estate.included"].option_origins[OPTION].source == "L91"
    assert case.inputs.values["demand.years_carried_forward"].base_origin.source == "L90"


def test_texts_that_both_changed_clash(tmp_path: Path) -> None:
    a, b = starter_copy(tmp_path / "a"), starter_copy(tmp_path / "b")
    replace_once(a / "case.yaml", "title: Seacroft", "title: Seacroft North")
    replace_once(b / "case.yaml", "title: Seacroft", "title: Seacroft South")
    before = (a / "case.yaml").read_bytes()
    result = ran(a, b, "--start", starter())
    assert result.exit_code == 1 and (a / "case.yaml").read_bytes() == before
    assert "case: title" in result.stdout and "Seacroft South" in result.stdout
    assert ran(a, b, "--start", starter(), "--prefer", "b").exit_code == 0
    assert load_case(str(a)).inputs.info.title == "Seacroft South"


def test_a_line_that_both_changed_is_joined_by_value(tmp_path: Path) -> None:
    """One flow mapping, a value each: as lines a clash, as values none."""
    a, b = starter_copy(tmp_path / "a"), starter_copy(tmp_path / "b")
    line = "  values: {mri: 0.03, ct: 0.045}"
    text = (a / "demand.yaml").read_text(encoding="utf-8")
    assert text.count(line) == 1
    replace_once(a / "demand.yaml", line, "  values: {mri: 0.02, ct: 0.045}")
    replace_once(b / "demand.yaml", line, "  values: {mri: 0.03, ct: 0.05}")
    assert ran(a, b, "--start", starter(), "--json").exit_code == 0
    given = load_case(str(a)).inputs.values["demand.carried_forward_growth"].base
    assert {members: value.amount for members, value in given.items()} == {("mri",): 0.02, ("ct",): 0.05}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_two_branches_are_joined_from_where_they_parted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = starter_copy(tmp_path / "seacroft")

    def git(*words: str) -> None:
        who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Start")
    git("checkout", "-q", "-b", "bo")
    replace_once(case / "demand.yaml", "ct: 0.045}", "ct: 0.05}")
    git("commit", "-qam", "Bo")
    git("checkout", "-q", "main")
    replace_once(case / "case.yaml", "title: Seacroft", "title: Seacroft again")
    git("commit", "-qam", "Ann")
    monkeypatch.chdir(tmp_path)
    assert "give a folder for the result with -o" in ran("main:seacroft", "bo:seacroft").stderr
    result = ran("main:seacroft", "bo:seacroft", "-o", "joined")
    assert result.exit_code == 0, result.output
    joined = load_case("joined")
    assert joined.inputs.info.title == "Seacroft again"
    assert slots(joined.inputs)["demand.carried_forward_growth[ct]"] == 0.05


def test_a_key_of_an_older_format_is_the_one_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    from casebuilder.inputs.shape import renamed

    table = {"demand.old_name": renamed.Renamed("demand.old_name", ("demand.new_name",), 2)}
    monkeypatch.setattr(renamed, "table", lambda: table)
    assert name_now("preferred:demand.old_name[ct, 2026/27]") == "preferred:demand.new_name[ct,2026/27]"


def names(folder: Path) -> Iterable[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    a, b = starter_copy(tmp_path / "a"), starter_copy(tmp_path / "b")
    before = names(b)
    assert "is there already" in ran(a, b, "-o", b, "--start", starter()).stderr
    assert names(b) == before
    assert "is a case that ships" in ran("cmast", b).stderr
