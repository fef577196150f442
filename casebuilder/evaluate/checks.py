"""The checks of a case: named, each with how often it is breached in every option, what is at stake and
who must act. A check that has no value in some option cannot be worked out, which is no agreement.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebuilder.algebra.terms import Check, Line
from casebuilder.evaluate.decision.grounds import Grounds, grounds
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult, headline_line
from casebuilder.evaluate.lost import Lost
from casebuilder.evaluate.missing import NoValue
from casebuilder.evaluate.notes import Note
from casebuilder.evaluate.problem import Problem
from casebuilder.evaluate.status import Status
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.values import Claim

FAIL, WARN, NOTE = "fail", "warn", "note"
# What a check comes to: it holds, or it cannot be worked out, or what its level says.
HOLDS, CANNOT = "holds", "cannot"
# A claim is a figure published elsewhere: whoever leads the programme answers for it.
OF_CLAIMS = "Programme lead"
MODELLER = "Modeller"
GAPS = "lost.pairs"
REASONS_GIVEN, REASONS_HOLD = "decision.reasons_given", "decision.reasons_hold"
EVERY_VALUE = "values.every_line_has_a_value"


@dataclass(frozen=True)
class CheckResult:
    """A check and what came of it.

    Attributes
    ----------
    key, label, level, basis
        As the check has them; the level is `fail`, `warn` or `note`.
    breaches
        How often each option breaches it; None where that cannot be worked out.
    owner
        Who must act on it.
    at_stake
        What is at stake in each option that breaches it, in pounds; None where it cannot be worked out.
        None for a check in which no pounds are at stake by its nature.
    claim
        The claim that is checked, where it is one.
    bid
        The option put forward, where a warning is about the bid: what only options that it is compared with
        breach is a note. Empty where every option counts.
    """

    key: str
    label: str
    level: str
    breaches: Mapping[str, int | None]
    basis: str = ""
    owner: str = ""
    at_stake: Mapping[str, float | None] | None = None
    claim: Claim | None = None
    bid: str = ""

    @property
    def state(self) -> str:
        """`holds`, `cannot`, or the level of a check that is breached."""
        if any(count is None for count in self.breaches.values()):
            return CANNOT
        if not any(self.breaches.values()):
            return HOLDS
        return NOTE if self.level == WARN and self.bid and not self.breaches[self.bid] else self.level

    @property
    def passed(self) -> bool:
        """Whether it was worked out and no option breaches it."""
        return self.state == HOLDS

    @property
    def most_at_stake(self) -> float | None:
        """The most at stake in an option that breaches it; None where there is none or it is not known."""
        known = [value for value in (self.at_stake or {}).values() if value is not None]
        if not self.at_stake or len(known) < len(self.at_stake):
            return None
        return max(0.0, *known)


@dataclass(frozen=True)
class Checks:
    """All checks of a case, its notes, and its status.

    Attributes
    ----------
    results
        Every check, in the order of the model, then the claims.
    remarks
        Notes that no check makes: the share of unverified values, sources that nothing cites.
    no_values
        The lines at the root of what cannot be worked out.
    inputs_outside
        Inputs that cannot be used. A case that was read has none: they are refused on reading.
    """

    results: Sequence[CheckResult]
    remarks: Sequence[Note] = ()
    no_values: Sequence[NoValue] = ()
    inputs_outside: Sequence[str] = ()

    def _in_state(self, state: str) -> list[CheckResult]:
        return [result for result in self.results if result.state == state]

    @property
    def failed(self) -> list[CheckResult]:
        """Checks at level `fail` that some option breaches."""
        return by_stake(self._in_state(FAIL))

    @property
    def warnings(self) -> list[CheckResult]:
        """Checks at level `warn` that the option put forward breaches, the most at stake first."""
        return by_stake(self._in_state(WARN))

    @property
    def cannot(self) -> list[CheckResult]:
        """Checks of any level that cannot be worked out in some option."""
        return self._in_state(CANNOT)

    @property
    def noted(self) -> list[CheckResult]:
        """Checks at level `note` that some option breaches, and warnings that only others than the bid do."""
        return by_stake(self._in_state(NOTE))

    @property
    def notes(self) -> list[Note]:
        """All notes, in words; they colour nothing."""
        of_checks = [Note(of.key, f"Not so: {of.label}", told(of.breaches)) for of in self.noted]
        return [*of_checks, *self.remarks]

    @property
    def passed(self) -> int:
        """How many checks hold."""
        return len(self._in_state(HOLDS))

    @cached_property
    def status(self) -> Status:
        """The four counts, with their words and colour."""
        return Status(len(self.failed), len(self.warnings), len(self.cannot), len(self.inputs_outside))

    @property
    def in_order(self) -> list[CheckResult]:
        """As they are shown: what fails, what cannot be worked out, warnings, notes, and what holds."""
        return [*self.failed, *self.cannot, *self.warnings, *self.noted, *self._in_state(HOLDS)]


def by_stake(results: Sequence[CheckResult]) -> list[CheckResult]:
    """Checks by what is at stake, the most first, to the pound; those without pounds follow in order."""
    return sorted(results, key=lambda result: -math.floor((result.most_at_stake or 0.0) + 0.5))


def told(breaches: Mapping[str, int | None]) -> str:
    """In which options a check is breached how often, and in which it cannot be worked out."""
    unknown = [option for option, count in breaches.items() if count is None]
    words = [f"{option} {count:,}" for option, count in breaches.items() if count]
    if unknown:
        everywhere = len(unknown) == len(breaches)
        words.append(f"no value in {'any option' if everywhere else ', '.join(unknown)}")
    return ", ".join(words)


def run_checks(results: Results, found: Mapping[str, OptionResult], remarks: Sequence[Note] = ()) -> Checks:
    """Count the breaches of each check line, and hold the claims to the headlines.

    Parameters
    ----------
    results
        The values of every line, with those that have none.
    found
        The headlines of every option.
    remarks
        Notes that no check makes.
    """
    problem = results.problem
    checked = [_every_value(results), *(_checked(results, line) for line in problem.checks)]
    checked += [_claim(problem, claim, found) for claim in problem.inputs.claims]
    checked += _decided(grounds(results, found))
    checked += [_lost(lost, problem.frame.option_ids) for lost in problem.lost]
    checked += _gaps(problem)
    return Checks(checked, remarks, results.no_values)


def _every_value(results: Results) -> CheckResult:
    """The check that no line lacks a value, so that nothing unknown passes because no check reads it.

    Every option is measured against the baseline, and so has no value where the baseline lacks one.
    """
    unknown, frame = results.options_without, results.problem.frame
    if frame.baseline in unknown:
        unknown = frozenset(frame.option_ids)
    return CheckResult(
        EVERY_VALUE,
        "Every line has a value",
        FAIL,
        {option: None if option in unknown else 0 for option in frame.option_ids},
        "A figure that cannot be worked out is no figure: no line divides by 0, overflows or reads a word.",
        MODELLER,
    )


def _checked(results: Results, line: Check) -> CheckResult:
    axes, options = results.problem.axes, results.problem.frame.option_ids
    x = axes.existing(axes.widen(results.arrays[line], line.over), line.over)[0]
    sums = {option: float(x[min(place, x.shape[0] - 1)].sum()) for place, option in enumerate(options)}
    breaches = {option: None if math.isnan(count) else round(count) for option, count in sums.items()}
    stake = stake_of(results.problem, line)
    at_stake = None
    if stake is not None:
        at_stake = {option: results.value(stake.key, option) for option, n in breaches.items() if n}
    bid = put_forward(results.problem.frame)
    return CheckResult(line.key, line.label, line.level, breaches, line.basis, line.owner, at_stake, bid=bid)


def _decided(of: Grounds) -> list[CheckResult]:
    """That reasons are given where the option put forward does not rank first, and that lines show them.

    Nothing where the case ranks no options.
    """
    if of.rank is None:
        return []
    given = CheckResult(
        REASONS_GIVEN,
        "Where the option put forward does not rank first, decision.yaml gives a reason that its line shows",
        FAIL,
        {of.option: int(of.wanting)},
        f"decision.yaml gives each with the line that shows it. {of.option} ranks {of.rank}.",
        OF_CLAIMS,
    )
    held = CheckResult(
        REASONS_HOLD,
        f"Each reason for the option put forward is shown by its line{_drafts(of)}",
        WARN,
        {of.option: of.not_shown},
        f"The line is better in {of.option} than in {of.first}, which ranks first.",
        OF_CLAIMS,
    )
    return [given, held]


def _drafts(of: Grounds) -> str:
    """That each is somebody's too, where some are drafts of `new`, and how many are."""
    count = sum(ground.shown.draft for ground in of.reasons)
    drafts = "one is a draft" if count == 1 else f"{count} are drafts"
    return f" and is somebody's: {drafts} that new wrote" if count else ""


def stake_of(problem: Problem, line: Check) -> Line | None:
    """The line of what is at stake in a check; None where there is none in the case."""
    return None if line.at_stake is None else problem.by_key.get(line.at_stake.key)


def claims_pounds(problem: Problem, claim: Claim) -> bool:
    """Whether a claim is about a sum of money."""
    line = headline_line(problem, claim.headline)
    return line is not None and line.unit in ("GBP_real", "GBP_nominal")


def _lost(lost: Lost, options: Sequence[str]) -> CheckResult:
    """Lines lost for one cause, in every option alike: what nobody left out on purpose."""
    key = ".".join(["lost", *(f"{cause.dimension}.{cause.member}".rstrip(".") for cause in lost.causes)])
    label = f"Nothing of the model is lost unless case.yaml leaves it out: {lost.cause}"
    basis = str(lost)
    counts = dict.fromkeys(options, len(lost.lines))
    return CheckResult(key, label, WARN, counts, f"{basis[0].upper()}{basis[1:]}.", MODELLER)


def _gaps(problem: Problem) -> list[CheckResult]:
    """Pairs that other members have and nobody left out on purpose; nothing where there are none."""
    gaps = problem.inputs.gaps
    if not gaps:
        return []
    counts = dict.fromkeys(problem.frame.option_ids, len(gaps))
    basis = "; ".join(map(str, gaps))
    label = "No pair is missing unless case.yaml says without:"
    return [CheckResult(GAPS, label, WARN, counts, basis, MODELLER)]


def _claim(problem: Problem, claim: Claim, found: Mapping[str, OptionResult]) -> CheckResult:
    value = found[claim.option].headlines.get(claim.headline)
    gap = None if value is None else abs(value - claim.value)
    breached = None if gap is None else int(gap > claim.tolerance * abs(claim.value))
    shown = "no value" if value is None else f"{value:,.10g}"
    return CheckResult(
        f"claim.{claim.headline}",
        f"{claim.headline} of {claim.option} is {claim.value:,.10g} within {claim.tolerance:.0%}",
        WARN,
        {claim.option: breached},
        f"Claimed in {claim.source}; the model gives {shown}. {claim.note}".strip(),
        OF_CLAIMS,
        ({claim.option: gap} if breached else {}) if claims_pounds(problem, claim) else None,
        claim,
    )
