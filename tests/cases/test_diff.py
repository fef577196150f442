"""`diff`: what differs, who changed it, and bridges that add up; expected values by cases read one by one."""

from __future__ import annotations

import json
import math
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from casebuilder.analysis.bridge.difference import Difference
from casebuilder.analysis.bridge.groups import STRUCTURE
from casebuilder.case import Case, load_case
from casebuilder.cli.app import app
from casebuilder.errors import CaseError
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.inputs.edit.change_log import CHANGE_LOG, Logged, with_rows
from casebuilder.inputs.edits import name_of
from casebuilder.inputs.values import CaseInputs
from casebuilder.tasks.diff.run import difference
from casebuilder.tasks.diff.sides import Opened
from tests.cases.starter import starter
from tests.edited import replace_once
from tests.starter import starter_case, starter_copy

PENNY = 0.01
GROWTH = "demand.carried_forward_growth[ct]=0.06"
PRICE = "preferred:equipment.unit_price[ct]=700000"
CONTINGENCY = "capital.contingency_share=0.2"


def side(case: Case, *log: Logged) -> Opened:
    return Opened(case.name, case, log)


def compared(*sets: str, **asked: Any) -> Difference:
    """The starter beside the starter with values set."""
    return difference(side(starter_case()), side(starter_case(*sets)), **asked)


def figures(case: Case, option: str = "preferred") -> dict[str, float | None]:
    return dict(case.headlines[option].headlines)


def adds_up(found: Difference, first: Case, second: Case) -> int:
    """Every bridge runs from the one case's own headline to the other's; gives how many have steps."""
    counted = 0
    for option, of in found.bridges.items():
        assert tuple(of) == HEADLINES
        for headline, bridge in of.items():
            start, end = (figures(case, option)[headline] for case in (first, second))
            assert (bridge.start, bridge.end) == (start, end), headline
            if start is None or end is None:
                assert not bridge.steps and "no value" in bridge.order
                continue
            total = math.fsum(step.change for step in bridge.steps)
            assert abs(total - (end - start)) < PENNY, headline
            counted += bool(bridge.steps)
    return counted


def test_each_step_is_what_its_chapter_moves_on_those_before_it() -> None:
    """Three chapters: the cases between are read again with `--set`."""
    found = compared(CONTINGENCY, PRICE, GROWTH)
    assert [change.name for change in found.changes] == [
        "demand.carried_forward_growth[ct]",
        "preferred:equipment.unit_price[ct]",
        "capital.contingency_share",
    ]
    between = [figures(starter_case(*sets)) for sets in ((), (GROWTH,), (GROWTH, PRICE))]
    between.append(figures(starter_case(CONTINGENCY, PRICE, GROWTH)))
    for headline in ("npsv", "bcr", "capital_outturn", "surplus_worst_year", "list_end"):
        values = [of[headline] for of in between]
        steps = found.bridges["preferred"][headline].steps
        assert [step.group for step in steps] == ["demand", "equipment", "capital"]
        for step, before, after in zip(steps, values, values[1:], strict=False):
            assert before is not None and after is not None
            assert step.change == pytest.approx(after - before, abs=1e-6 * max(1, abs(after)))
    assert adds_up(found, starter_case(), starter_case(CONTINGENCY, PRICE, GROWTH)) > 30
    assert {bridge.order for bridge in found.bridges["preferred"].values() if bridge.steps} == {
        "chapters in the order of the model"
    }


def test_a_change_says_what_it_is_on_each_side() -> None:
    """An option that read the base case has a value of its own; nothing vouches for a value set."""
    growth, price, _ = compared(CONTINGENCY, PRICE, GROWTH).changes
    assert (growth.before.value.amount, growth.after.value.amount) == (0.045, 0.06)
    assert (growth.before.origin.source, growth.after.origin.state) == ("S12", "unverified")
    assert not price.before.own and price.after.own
    assert (price.before.value.amount, price.after.value.amount) == (600_000, 700_000)


def test_a_fair_split_is_the_mean_over_all_orders() -> None:
    """Six orders of three changes, each case read by itself."""
    sets = {"demand": GROWTH, "equipment": PRICE, "capital": CONTINGENCY}
    found = compared(CONTINGENCY, PRICE, GROWTH, fair=True)
    for headline in ("capital_outturn", "npsv", "cost_per_additional_test"):
        expected = dict.fromkeys(sets, 0.0)
        orders = list(permutations(sets))
        for order in orders:
            made: list[str] = []
            before = figures(starter_case())[headline]
            for group in order:
                made.append(sets[group])
                after = figures(starter_case(*sorted(made)))[headline]
                assert before is not None and after is not None
                expected[group] += (after - before) / len(orders)
                before = after
        steps = {step.group: step.change for step in found.bridges["preferred"][headline].steps}
        assert steps == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert adds_up(found, starter_case(), starter_case(CONTINGENCY, PRICE, GROWTH)) > 30


def test_a_fair_split_there_and_back_is_the_same_with_other_signs() -> None:
    """Symmetry: a fair step does not depend on which case comes first; one in a stated order may."""
    one, other = side(starter_case()), side(starter_case(GROWTH, PRICE))
    there, back = difference(one, other, fair=True), difference(other, one, fair=True)
    for headline, bridge in there.bridges["preferred"].items():
        turned = back.bridges["preferred"][headline]
        assert [-step.change for step in turned.steps] == pytest.approx(
            [step.change for step in bridge.steps], rel=1e-6, abs=1e-6
        )


def test_more_than_six_groups_have_no_fair_split() -> None:
    sets = [f"{name}={amount * 1.01:.6g}" for name, amount in amounts(starter_case().inputs)[::12]]
    with pytest.raises(CaseError, match="a fair split takes 6 groups at most"):
        compared(*sets, by="input", fair=True)


def test_steps_by_who_and_the_log_says_why() -> None:
    """The row that brought a value explains it; one that both logs have explains nothing new."""
    rows = [
        Logged("2026-04-02", "Bo", "Quote of April", "capital.contingency_share", "0.075", "0.2"),
        Logged("2026-04-01", "Ann", "New count", "demand.carried_forward_growth[ct]", "0.045", "0.06"),
    ]
    first, second = side(starter_case()), side(starter_case(CONTINGENCY, PRICE, GROWTH), *rows)
    found = difference(first, second, by="who")
    assert [part.key for part in found.parts] == ["Ann", "Bo", "not in a log"]
    assert [change.logged.why if change.logged else "" for change in found.changes] == [
        "New count", "", "Quote of April"
    ]  # fmt: skip
    back = difference(second, first)
    assert [change.logged_by for change in back.changes] == ["from", "", "from"]


def test_what_cannot_be_set_is_the_structure_and_comes_last(tmp_path: Path) -> None:
    """Five years less and another growth: the growth is set on the longer case, the rest is structure."""
    folder = starter_copy(tmp_path / "shorter")
    replace_once(folder / "case.yaml", "horizon: 15", "horizon: 10")
    shorter = load_case(str(folder), [GROWTH])
    found = difference(side(starter_case()), side(shorter))
    assert adds_up(found, starter_case(), shorter) > 30
    npsv = found.bridges["preferred"]["npsv"]
    with_growth = figures(starter_case(GROWTH))["npsv"]
    assert with_growth is not None and npsv.start is not None and npsv.end is not None
    assert [step.group for step in npsv.steps] == ["demand", STRUCTURE]
    assert npsv.steps[0].change == pytest.approx(with_growth - npsv.start, abs=PENNY)
    assert npsv.steps[1].change == pytest.approx(npsv.end - with_growth, abs=PENNY)
    assert npsv.order.endswith("the structure last")
    years = next(other for other in found.others if other.what == "years")
    assert (years.before[:3], years.after[:3]) == ("15,", "10,")
    lost = [other for other in found.others if other.kind == "values" and other.before]
    assert lost and not any(other.after for other in lost)  # years that the shorter case has not


def test_a_price_of_another_year_goes_with_all_of_its_input(tmp_path: Path) -> None:
    """The amount stays and the year moves: what the price is worth moves, and the bridge with it."""
    folder = starter_copy(tmp_path / "older")
    values = starter_case().inputs.values["equipment.unit_price"].base
    prices = ", ".join(f"{kind}: {value.amount}" for (kind,), value in values.items())
    block = f"unit: GBP_real / item, over: [equipment], values: {{{prices}}}, prices_of: 2023/24"
    (folder / "equipment.yaml").write_text(
        f"unit_price: {{{block}, source: S58, state: chosen, note: Old.}}\n", encoding="utf-8"
    )
    older = load_case(str(folder), [GROWTH])
    found = difference(side(starter_case()), side(older))
    assert adds_up(found, starter_case(), older) > 30
    outturn = found.bridges["preferred"]["capital_outturn"]
    assert [step.group for step in outturn.steps] == ["demand", "equipment"]
    assert abs(outturn.steps[1].change) > 1_000
    assert any(other.kind == "prices" and other.what == "equipment.unit_price" for other in found.others)


def test_nothing_is_skipped(tmp_path: Path) -> None:
    """Members, options, sources, texts, comments, ranges, files: each is told."""
    folder = starter_copy(tmp_path / "other")
    replace_once(folder / "case.yaml", "title: Seacroft", "title: Seacroft and more")
    replace_once(folder / "case.yaml", "site: {seacroft: Seacroft}", "site: {seacroft: Seacroft Lane}")
    replace_once(folder / "options/preferred.yaml", "as answered.", "as asked for.")
    replace_once(folder / "demand.yaml", "# Demand: the twelve", "# Demand, the twelve")
    replace_once(folder / "sources.yaml", "DM01 of RR8, twelve", "DM01 returns of RR8, twelve")
    replace_once(folder / "demand.yaml", "range: [0.5, 0.5]", "range: [0.5, 0.6]")
    replace_once(folder / "demand.yaml", "From the middle of", "Since the middle of")
    (folder / "letter.txt").write_text("Dear all\n", encoding="utf-8")
    found = difference(side(starter_case()), side(load_case(str(folder))))
    told = {(other.kind, other.what): (other.before, other.after) for other in found.others}
    assert told["case", "title"] == ("Seacroft", "Seacroft and more")
    assert told["members of site", "seacroft"] == ("Seacroft", "Seacroft Lane")
    assert told["text", "option.preferred"][1].endswith("as asked for.")
    assert told["source entry", "L2"][1].startswith("DM01 returns of RR8")
    assert told["range", "demand.years_carried_forward"] == ("0.5 to 0.5 (pert)", "0.5 to 0.6 (pert)")
    assert told["note", "demand.years_carried_forward"][1].startswith("Since the middle")
    assert told["file", "letter.txt"] == ("", "there")
    assert told["file", "demand.yaml"] == ("there", "changed")
    assert told["comment", "demand.yaml"][1].startswith("# Demand, the twelve")
    assert not found.changes
    assert all(not bridge.steps for bridge in found.bridges["preferred"].values())


def test_a_headline_without_a_value_on_one_side_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option of one side alone has no start."""
    monkeypatch.setenv("COLUMNS", "80")
    folder = str(starter())
    result = CliRunner().invoke(app, ["diff", folder, folder, "--option", "nobody"])
    assert result.exit_code == 1 and "'nobody' is no option of either side" in result.stderr


def amounts(inputs: CaseInputs) -> list[tuple[str, float]]:
    """Every number of the base case that may be a little more, as `--set` takes it."""
    return [
        (name_of(None, key, members), float(value.amount))
        for key, of in inputs.values.items()
        if not of.input.whole and not of.input.fixed and of.input.unit.startswith("GBP_real")
        for members, value in of.base.items()
        if not isinstance(value.amount, str) and value.amount > 0
    ]


def random_pair(data: st.DataObject) -> None:
    """Two random cases, each the starter with up to six prices moved; by any group, fair where few."""
    names = amounts(starter_case().inputs)
    moved = st.lists(
        st.tuples(st.sampled_from(names), st.floats(0.5, 1.5)), max_size=6, unique_by=lambda each: each[0][0]
    )
    cases = [
        load_case(str(starter()), [f"{name}={amount * by:.6g}" for (name, amount), by in data.draw(moved)])
        for _ in range(2)
    ]
    by = data.draw(st.sampled_from(["chapter", "input", "who"]))
    found = difference(*(side(case) for case in cases), by=by, options=["preferred", "do_minimum"])
    adds_up(found, *cases)
    if len(found.parts) <= 6:
        adds_up(difference(*(side(case) for case in cases), by=by, fair=True), *cases)


_SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


@settings(max_examples=4, deadline=None, suppress_health_check=_SLOW, derandomize=True)
@given(st.data())
def test_bridges_of_random_pairs_add_up(data: st.DataObject) -> None:
    random_pair(data)


@pytest.mark.full
@settings(max_examples=100, deadline=None, suppress_health_check=_SLOW)
@given(st.data())
def test_bridges_of_a_hundred_random_pairs_add_up(data: st.DataObject) -> None:
    random_pair(data)


def test_json_has_stable_keys(tmp_path: Path) -> None:
    """What the contract names, and bridges that add up in the numbers as printed."""
    folder = starter_copy(tmp_path / "other")
    log = Logged(date(2026, 4, 1).isoformat(), "Ann", "Trial", "capital.contingency_share", "0.075", "0.2")
    (folder / CHANGE_LOG).write_text(with_rows("", [log]), encoding="utf-8")
    result = CliRunner().invoke(app, ["diff", str(starter()), str(folder), "--set", CONTINGENCY, "--json"])
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert [*data] == ["version", "from", "to", "changes", "other", "groups", "bridge"]
    assert [*data["from"]] == ["given", "case", "title", "revision", "inputs_sha256"]
    assert data["from"]["inputs_sha256"] != data["to"]["inputs_sha256"]
    (change,) = data["changes"]
    assert [change[key] for key in ("key", "unit", "chapter", "who", "why", "log")] == [
        "capital.contingency_share", "share", "capital", "Ann", "Trial", "to"
    ]  # fmt: skip
    assert (change["from"]["value"], change["to"]["value"]) == (0.075, 0.2)
    assert change["to"]["state"] == "unverified"
    bridge = data["bridge"]["preferred"]["capital_outturn"]
    assert [*bridge] == ["start", "end", "steps", "order"]
    assert abs(bridge["start"] + sum(s["change"] for s in bridge["steps"]) - bridge["end"]) < PENNY
    assert [step["group"] for step in bridge["steps"]] == ["capital"]


@pytest.mark.parametrize("width", [80, 140])
def test_the_terminal_cuts_nothing(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    words = ["--set", CONTINGENCY, "--set", GROWTH, "--set", PRICE]
    result = CliRunner().invoke(app, ["diff", str(starter()), *words])
    assert result.exit_code == 0, result.output
    assert all(len(line.rstrip()) <= width for line in result.stdout.splitlines())
    said = " ".join(result.stdout.split())
    assert "Assumptions that differ: 3" in said and "What is no value: 0" in said
    assert "preferred:equipment.unit_price[ct]: as Base (600000) → 700000" in said
    assert "Steps: chapters in the order of the model." in said
    assert "No value on either side: " in said


def test_the_page_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of its example stands in the output; the folder is called otherwise here."""
    monkeypatch.setenv("COLUMNS", "100")
    page = (Path(__file__).parents[2] / "docs" / "diff.md").read_text(encoding="utf-8")
    example = page.partition("## An example")[2].partition("## Two people")[0].splitlines()
    command, *shown = [line[4:] for line in example if line.startswith("    ")]
    assert command.startswith("casebuilder diff") and CONTINGENCY in shown[0]
    result = CliRunner().invoke(
        app, ["diff", str(starter()), "--set", PRICE, "--set", CONTINGENCY, "--set", GROWTH]
    )
    printed = {line.strip() for line in result.stdout.replace(str(starter()), "seacroft").splitlines()}
    assert not [line for line in shown[1:] if line.strip() and line.strip() not in printed]


def test_a_side_at_fault_is_told_with_its_place(tmp_path: Path) -> None:
    folder = starter_copy(tmp_path / "broken")
    replace_once(folder / "case.yaml", "horizon: 15", "horizon: long")
    result = CliRunner().invoke(app, ["diff", str(starter()), str(folder)])
    assert result.exit_code == 1 and "case.yaml:" in result.stderr and not result.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "give what A is compared with"),
        (["--to", "HEAD"], "--to goes with --from"),
        (["seacroft", "--from", "HEAD"], "leave B out"),
        (["seacroft", "--by", "colour"], "it is chapter, input, who"),
    ],
)
def test_wrong_usage_says_what_to_type(words: list[str], says: str) -> None:
    result = CliRunner().invoke(app, ["diff", str(starter()), *words])
    assert result.exit_code == 2 and says in " ".join(result.stderr.replace("│", " ").split())
