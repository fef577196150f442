"""Options side by side, each with its difference from the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from casebuilder.evaluate.checks import Checks
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.findings import Findings
from casebuilder.summary.case.checks import print_checks
from casebuilder.summary.case.columns import headline_rows, print_columns
from casebuilder.summary.case.overview import print_options, shown, standing
from casebuilder.summary.case.pooled import pooling_data, print_pooling
from casebuilder.summary.case.ranking import print_ranking, ranking_data
from casebuilder.summary.case.steps import print_steps, steps
from casebuilder.summary.case.title import print_title
from casebuilder.summary.data import plain, summary_data
from casebuilder.summary.figures import difference


def differences(found: Mapping[str, OptionResult], option: str, baseline: str) -> dict[str, float | None]:
    """Each headline of an option, and what stands beside, less the baseline's; None where there is none."""
    own, other = ({**found[name].headlines, **found[name].further} for name in (option, baseline))
    return {
        headline: None if value is None or (base := other[headline]) is None else plain(value - base)
        for headline, value in own.items()
    }


def comparison_data(
    results: Results, found: Mapping[str, OptionResult], checks: Checks, findings: Findings, version: str
) -> dict[str, Any]:
    """The summary's JSON; beside each option's headlines `difference` from the baseline.

    `pooling` is who waits longer for it, `ranking` the option's places and what would change them.
    `change_on_option_before` is the change against the option before it in the case's order, or the start.
    """
    frame = results.problem.frame
    data = summary_data(results, found, checks, version, frame.option_ids)
    pooled, ranked = pooling_data(findings.pooling), findings.standings
    for option, shown_option in data["options"].items():
        apart = differences(found, option, frame.baseline)
        shown_option["difference"] = {headline: apart[headline] for headline in shown_option["headlines"]}
        shown_option["pooling"] = pooled.get(option)
        shown_option["ranking"] = ranking_data(ranked[option]) if option in ranked else None
    for stage in steps(found)[1:]:
        data["options"][stage.option]["change_on_option_before"] = stage.changes
    return data


def print_comparison(
    console: Console,
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    findings: Findings,
) -> None:
    """Print every headline by option, the difference from the baseline below it."""
    problem = results.problem
    options, baseline = problem.frame.option_ids, problem.frame.baseline
    apart = {option: differences(found, option, baseline) for option in options}

    def cells(headline: str, unit: str) -> list[str]:
        texts = []
        for option in options:
            text = shown(found[option].value(headline), unit)
            if option != baseline and apart[option][headline]:
                text += f"\n{difference(apart[option][headline], unit)}"
            texts.append(text)
        return texts

    print_title(console, problem)
    print_options(console, problem, found, options)
    print_columns(console, options, [*standing(found, options), *headline_rows(problem, cells)])
    console.print(Text(f"Below a figure: its difference from {baseline}.", style="dim"))
    print_ranking(console, findings.standings, baseline)
    print_steps(console, found)
    print_pooling(console, problem.frame, findings.pooling)
    print_checks(console, checks)
