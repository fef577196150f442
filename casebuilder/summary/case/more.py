"""What the JSON of `summary` tells beside headlines and checks: the decision, and which values matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.analysis.uncertainty.ranking import Ranking
from casebuilder.evaluate.decision.grounds import grounds
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.summary.case.decision import decision_data
from casebuilder.summary.case.values import values_data


def summary_more(
    results: Results, found: Mapping[str, OptionResult], ranking: Ranking | None
) -> dict[str, Any]:
    """The decision, and the inputs by what their range does; null where there is no ranking."""
    return {"decision": decision_data(grounds(results, found)), "values": values_data(ranking)}
