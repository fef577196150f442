"""Pages write and never evaluate: what analyses find is worked out before, once, and handed to them."""

from __future__ import annotations

import ast
import inspect
import io
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from rich.console import Console

from casebuilder import findings
from casebuilder.analysis.sites.prioritise import Ask, prioritise
from casebuilder.case import Case
from casebuilder.evaluate import engine
from casebuilder.findings import Findings
from casebuilder.summary.case.comparison import comparison_data, print_comparison
from casebuilder.summary.case.overview import print_summary
from casebuilder.summary.priorities.chosen import print_priorities
from casebuilder.summary.priorities.data import priorities_data
from casebuilder.workbook.build import rehearse
from tests.shipped import ShippedCases

PACKAGE = Path(engine.__file__).parents[1]
WRITERS = sorted(path for part in ("workbook", "summary") for path in (PACKAGE / part).rglob("*.py"))
WORK = ("casebuilder.analysis", "casebuilder.calibrate", "casebuilder.findings")
RESULTS_ONLY = {
    "casebuilder.evaluate.engine": {"Results"},
    "casebuilder.evaluate.missing": {"NoValue"},
    "casebuilder.evaluate.numbers": set(),
}


def taken(path: Path) -> Iterator[tuple[str, str]]:
    """Every name a file imports from a module, at the top or inside a function; a whole module as ''."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def works_out(module: str, name: str) -> bool:
    """Whether what is imported can evaluate: a function of an analysis, a whole module, or the engine."""
    if module in RESULTS_ONLY:
        return name not in RESULTS_ONLY[module]
    if not module.startswith(WORK):
        return False
    found = getattr(import_module(module), name, None) if name else None
    return found is None or inspect.ismodule(found) or inspect.isfunction(found)


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_writer_imports_findings_and_nothing_that_works_them_out(path: Path) -> None:
    """Of an analysis it takes the classes that hold what was found, of the engine the results."""
    assert [(module, name) for module, name in taken(path) if works_out(module, name)] == []


def test_an_import_of_an_analysis_is_noticed() -> None:
    """The test above tells functions and engine from the data they give."""
    assert works_out("casebuilder.analysis.sharing.pool_shares", "pool_shares")
    assert works_out("casebuilder.analysis.sharing", "core")
    assert works_out("casebuilder.evaluate.engine", "evaluate")
    assert works_out("casebuilder.calibrate.growth", "")
    assert not works_out("casebuilder.analysis.sharing.pool_shares", "PoolShares")
    assert not works_out("casebuilder.evaluate.engine", "Results")


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    """A case that buys as a pool, lists its centres and ranks its options; all findings asked for."""
    found = shipped_cases.case("lancashire_south_cumbria")
    _ = found.headlines, found.checks, found.findings.pooling, found.findings.standings
    assert found.findings.standings
    found.findings.offered()
    return found


def forbid(patch: pytest.MonkeyPatch) -> None:
    """Make every evaluation an error."""

    def evaluates(*_: object, **__: object) -> None:
        raise AssertionError("a page evaluates")

    patch.setattr(engine._Run, "__call__", evaluates)


def test_pages_of_the_workbook_and_the_terminal_evaluate_nothing(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the engine out of order, the workbook is composed and every page is printed."""
    forbid(monkeypatch)
    console = Console(file=io.StringIO(), width=100)
    parts = case.results, case.headlines, case.checks
    rehearse(*parts, case.findings)
    print_summary(console, *parts, "0", case.problem.frame.option_ids)
    print_comparison(console, *parts, case.findings)
    assert comparison_data(*parts, case.findings, "0")["options"]
    with pytest.raises(AssertionError, match="evaluates"):
        engine.evaluate(case.problem, partial=True)


def test_the_choice_of_sites_is_shown_without_evaluating(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every plan on the page was worked out when the sites were chosen."""
    found = prioritise(case.problem, Ask(total=20e6, pareto=True))
    forbid(monkeypatch)
    print_priorities(Console(file=io.StringIO(), width=100), case.problem, found)
    assert priorities_data(case.problem, found, "0")["best"]


def test_a_finding_is_worked_out_when_it_is_shown_and_once(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary asks for none; two comparisons work pooling out once, and never what trusts share."""
    calls = []
    for name in ("pooling_effects", "standings", "pool_shares"):
        real = getattr(findings, name)
        monkeypatch.setattr(findings, name, lambda *of, n=name, f=real: calls.append(n) or f(*of))
    own, console = Findings(case.results), Console(file=io.StringIO(), width=100)
    print_summary(console, case.results, case.headlines, case.checks, "0", case.problem.frame.option_ids)
    assert calls == []
    for _ in range(2):
        print_comparison(console, case.results, case.headlines, case.checks, own)
    assert sorted(calls) == ["pooling_effects", "standings"]
    assert own.sharing() is own.sharing()
    assert calls[2:] == ["pool_shares"]
