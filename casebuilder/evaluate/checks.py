"""The checks of a case: named, each with how often it is breached in every option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebuilder.evaluate.axes import Axes
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.evaluate.lost import Lost
from casebuilder.inputs.values import Claim

FAIL, WARN = "fail", "warn"


@dataclass(frozen=True)
class CheckResult:
    """A check, its level and the number of breaches by option."""

    key: str
    label: str
    level: str
    breaches: Mapping[str, int]
    basis: str = ""

    @property
    def passed(self) -> bool:
        """Whether no option breaches it."""
        return not any(self.breaches.values())


@dataclass(frozen=True)
class Checks:
    """All checks of a case."""

    results: Sequence[CheckResult]

    @property
    def failed(self) -> list[CheckResult]:
        """Checks at level `fail` that some option breaches."""
        return [r for r in self.results if not r.passed and r.level == FAIL]

    @property
    def warnings(self) -> list[CheckResult]:
        """Checks at level `warn` that some option breaches."""
        return [r for r in self.results if not r.passed and r.level == WARN]

    @property
    def passed(self) -> int:
        """How many checks pass."""
        return sum(r.passed for r in self.results)


def run_checks(results: Results, found: Mapping[str, OptionResult]) -> Checks:
    """Count the breaches of each check line, and hold the claims to the headlines."""
    problem = results.problem
    axes = Axes(problem.frame)
    checked = []
    for line in problem.checks:
        x = axes.existing(axes.widen(results.arrays[line], line.over), line.over)[0]
        counts = {
            option: round(float(x[min(i, x.shape[0] - 1)].sum()))
            for i, option in enumerate(problem.frame.option_ids)
        }
        checked.append(CheckResult(line.key, line.label, line.level, counts, line.basis))
    checked += [_claim(claim, found) for claim in problem.inputs.claims]
    checked += [_lost(lost, problem.frame.option_ids) for lost in problem.lost]
    return Checks(checked)


def _lost(lost: Lost, options: Sequence[str]) -> CheckResult:
    """Lines lost for one cause, in every option alike: what nobody left out on purpose."""
    key = ".".join(["lost", *(f"{cause.dimension}.{cause.member}".rstrip(".") for cause in lost.causes)])
    label = f"Nothing of the model is lost unless case.yaml leaves it out: {lost.cause}"
    basis = str(lost)
    return CheckResult(
        key, label, WARN, dict.fromkeys(options, len(lost.lines)), f"{basis[0].upper()}{basis[1:]}."
    )


def _claim(claim: Claim, found: Mapping[str, OptionResult]) -> CheckResult:
    value = found[claim.option].headlines.get(claim.headline) if claim.option in found else None
    holds = value is not None and abs(value - claim.value) <= claim.tolerance * abs(claim.value)
    shown = "no value" if value is None else f"{value:,.10g}"
    return CheckResult(
        f"claim.{claim.headline}",
        f"{claim.headline} of {claim.option} is {claim.value:,.10g} within {claim.tolerance:.0%}",
        WARN,
        {claim.option: 0 if holds else 1},
        f"Claimed in {claim.source}; the model gives {shown}. {claim.note}".strip(),
    )
