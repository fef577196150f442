"""The JSON of `summary`: the contract that other tools read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from casebuilder.evaluate.checks import Checks
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult, definitions


def plain(value: float | None) -> float | None:
    """A number that JSON can hold: no NaN, no infinity, no negative zero."""
    if value is None or not math.isfinite(value):
        return None
    return value + 0.0


def summary_data(
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    version: str,
    options: Sequence[str],
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Headlines of some options, the checks of the case, and what each headline counts.

    `further` holds, by option, the figures that stand beside the headlines; `definitions` is of both.

    Parameters
    ----------
    results, found, checks
        A case's results, its headlines and its checks.
    version
        The version of casebuilder.
    options
        The options to show.
    more
        What else is told of the case, by its key.
    """
    inputs = results.problem.inputs
    return {
        "case": inputs.info.name,
        "version": version,
        "inputs_sha256": inputs.sha256,
        "base_year": inputs.info.base_year,
        "baseline": inputs.frame.baseline,
        **({"scenario": inputs.scenario} if inputs.scenario else {}),
        "options": {
            option: {
                "label": found[option].label,
                "steady_state": found[option].steady_state,
                "rank": found[option].rank,
                "headlines": {key: plain(value) for key, value in found[option].headlines.items()},
            }
            for option in options
        },
        "checks": checks_data(checks),
        "definitions": definitions(results.problem),
        "further": {
            option: {key: plain(value) for key, value in found[option].further.items()} for option in options
        },
        **(more or {}),
    }


def checks_data(checks: Checks) -> dict[str, Any]:
    """The status and, by their keys, the checks that do not hold, the most at stake first.

    `details` tells of each of them what it says, how often it is breached (null where that cannot be
    worked out), what is at stake in pounds and who must act; `no_values` are the lines where what cannot
    be worked out begins.
    """
    shown = [*checks.failed, *checks.cannot, *checks.warnings, *checks.noted]
    return {
        "passed": checks.passed,
        "failed": [check.key for check in checks.failed],
        "warnings": [check.key for check in checks.warnings],
        "cannot": [check.key for check in checks.cannot],
        "inputs_outside": list(checks.inputs_outside),
        "notes": [note.key for note in checks.notes],
        "status": checks.status.text,
        "colour": checks.status.colour,
        "no_values": [
            {"line": each.key, "members": list(each.members), "option": each.option, "label": each.label}
            for each in checks.no_values
        ],
        "details": [
            {
                "key": check.key,
                "label": check.label,
                "state": check.state,
                "breaches": dict(check.breaches),
                "at_stake": None if check.at_stake is None else dict(check.at_stake),
                "owner": check.owner,
            }
            for check in shown
        ],
    }
