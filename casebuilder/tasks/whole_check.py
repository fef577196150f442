"""The whole check of a case, in one pass: what reading, the model, its checks and `build` would find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casebuilder.case import Case
from casebuilder.errors import CaseError, Fault
from casebuilder.evaluate.causes import Breach, Cause, causes, causes_of
from casebuilder.evaluate.checks import REASONS_GIVEN, REASONS_HOLD, CheckResult, told
from casebuilder.evaluate.missing import NoValue
from casebuilder.inputs.shape.expected import read_expected
from casebuilder.workbook.build import rehearse

Progress = Callable[[str], None]
CASE = "case.yaml"
OF_DECISION = (REASONS_GIVEN, REASONS_HOLD)


@dataclass(frozen=True)
class WholeCheck:
    """What is wrong with a case that could be read.

    Attributes
    ----------
    case
        The case, evaluated.
    faults
        Checks that fail or cannot be worked out, and what `build` would refuse: each at the value in whose
        line it is most likely mended.
    composed
        Whether the workbook was composed, which it is not where a line has no value.
    """

    case: Case
    faults: tuple[Fault, ...]
    composed: bool


def whole_check(case: Case, progress: Progress = lambda _: None) -> WholeCheck:
    """Evaluate a case, run every check, and compose its workbook without writing it.

    Parameters
    ----------
    case
        A case that was read without a fault.
    progress
        Told the name of each stage.
    """
    progress(f"Evaluating {len(case.problem.lines):,} lines")
    _ = case.results
    progress("Running the checks")
    checks = case.checks
    lines = {line.key: line for line in case.problem.checks}
    faults = [_missing_value(case, each, len(checks.cannot)) for each in checks.no_values]
    # What cannot be worked out for want of a value is told once, with the value.
    unknown = () if checks.no_values else checks.cannot
    for result in (*checks.failed, *unknown):
        line = lines.get(result.key)
        found = causes(case.results, line) if line is not None else []
        decided = case.problem.inputs.decision.place if result.key in OF_DECISION else None
        faults.append(decided.fault(_words(result)) if decided else _fault(case, _words(result), found))
    composed = not checks.no_values
    if composed:
        try:
            rehearse(case.results, case.headlines, checks, case.findings, progress)
        except CaseError as refused:
            faults += refused.faults or [_fault(case, f"the workbook cannot be built: {refused}", [])]
    return WholeCheck(case, tuple(faults), composed)


def not_met(case: Case) -> list[Fault]:
    """The figures of expected.yaml that the case as it stands does not give, each where it is stated.

    Parameters
    ----------
    case
        A case without values set on the command line: published figures are of the case as it stands.
    """
    expected = read_expected(case.folder)
    found = []
    for figure in (*expected.figures, *expected.calibrated):
        value = case.headlines[figure.option].headlines[figure.headline]
        if value is not None and abs(value - figure.value) <= figure.tolerance * abs(figure.value):
            continue
        given = "has no value" if value is None else f"is {value:,.12g}"
        message = (
            f"{figure.headline} of {figure.option} {given}, and not {figure.value:,.12g} within "
            f"{figure.tolerance:.3%}: mend the case, or list the figure under not_reproduced with the reason"
        )
        place = expected.places[figure.headline, figure.option]
        found.append(place.fault(message))
    return found


def _words(result: CheckResult) -> str:
    what = "cannot be worked out" if result.state == "cannot" else "failed"
    return f"check {what}: {result.label} ({result.key}; {told(result.breaches)})"


def _missing_value(case: Case, missing: NoValue, unknown: int) -> Fault:
    problem = case.problem
    line = problem.by_key[missing.key]
    option = missing.option or problem.frame.option_ids[0]
    breach = Breach(option, dict(zip(line.over, missing.members, strict=False)))
    what = f"{missing}; {unknown} checks cannot be worked out"
    return _fault(case, what, causes_of(problem, line, breach))


def _fault(case: Case, what: str, found: list[Cause]) -> Fault:
    """One fault at its likeliest cause, the others named after it."""
    if not found:
        return Fault(str(case.folder / CASE), 1, 1, what)
    first, *others = found
    rests = "; ".join([str(first), *(f"{each} ({each.place.file}:{each.place.line})" for each in others)])
    return Fault(*first.place, f"{what}: it rests on {rests}")
