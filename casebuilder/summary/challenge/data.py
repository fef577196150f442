"""The JSON of `challenge`, and of switching values and tornados wherever they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from casebuilder.analysis.uncertainty.why.answers import Answer, Challenge
from casebuilder.analysis.uncertainty.why.indices import Index
from casebuilder.analysis.uncertainty.why.shares import Shares
from casebuilder.analysis.uncertainty.why.stressed import Effect, Stressed
from casebuilder.analysis.uncertainty.why.switching import Switch
from casebuilder.analysis.uncertainty.why.together import Together
from casebuilder.analysis.uncertainty.why.tornado import Bar
from casebuilder.inputs.edits import sets_of
from casebuilder.summary.data import plain


def challenge_data(found: Challenge, version: str) -> dict[str, Any]:
    """A reviewer's questions with the case's answers.

    Parameters
    ----------
    found
        The answers.
    version
        The version of casebuilder.
    """
    inputs = found.problem.inputs
    return {
        "case": inputs.info.name,
        "version": version,
        "inputs_sha256": inputs.sha256,
        "option": found.option,
        "questions": [
            {
                "name": question.name,
                "asks": question.asks,
                "note": question.note or None,
                "source": question.source or None,
                "absent": list(question.absent),
                "answers": [_answer(each) for each in answers],
            }
            for question, answers in found.answers.items()
        ],
        "parts_to_rank_first": None
        if found.parts is None
        else {name: plain(share) for name, share in found.parts.items()},
        "assumptions": [
            {**asdict(each), "percentile": plain(each.percentile), "cases": list(each.cases)}
            for each in found.standings
        ],
        "published": [asdict(each) for each in found.published],
        "stresses": [_stressed(each) for each in found.stressed],
        "either_way": [
            {
                "stresses": [pair.one.stress.name, pair.other.stress.name],
                "worse": list(pair.worse),
                "better": list(pair.better),
            }
            for pair in found.either_way
        ],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    target = answer.target
    return {
        "headline": target.figure,
        "limit": target.limit,
        "better": "more" if target.more else "less",
        "of": "distance to the best other option" if target.name == "ranking" else "the headline",
        "value": plain(answer.value),
        "holds": answer.holds,
        "switching": [switch_data(switch) for switch in answer.switches],
        "together": None if answer.together is None else _together(answer.together),
    }


def switch_data(switch: Switch) -> dict[str, Any]:
    """One switching value: `sets` are the values as `--set` takes them, none where there is none."""
    path = switch.path
    return {
        "key": path.item.key,
        "label": path.item.label,
        "headline": switch.target.name,
        "option": switch.target.option,
        "limit": switch.target.limit,
        "moves": path.how,
        "values": path.values,
        "unit": path.item.unit,
        "unverified": path.unverified,
        "decision": path.decided,
        "position": plain(switch.position),
        "told": switch.told,
        "within_range": switch.within_range,
        "jumps": switch.jumps,
        "breaks": list(switch.breaks),
        "refused": switch.refused,
        "gap": plain(switch.gap),
        "sets": switch.sets if switch.found else [],
    }


def _together(laid: Together) -> dict[str, Any]:
    return {
        "enough": laid.enough,
        "steps": [
            {
                "key": step.varied.item.key,
                "label": step.varied.item.label,
                "end": ("low", "high")[step.end],
                "gap": plain(step.gap),
            }
            for step in laid.steps
        ],
        "decisions": [each.item.key for each in laid.decisions],
    }


def _stressed(each: Stressed) -> dict[str, Any]:
    stress = each.stress
    words = ("name", "label", "asks", "source", "reason", "mitigation", "owner")
    return {
        **{word: getattr(stress, word) for word in words},
        "cannot": stress.cannot or None,
        "unmitigated": each.unmitigated or None,
        "mitigation_makes_worse": list(each.worse),
        "first": each.first or None,
        "sets": sets_of(stress.edits),
        "mitigated_sets": sets_of(stress.mitigated),
        "effects": {name: _effect(effect) for name, effect in each.effects.items()},
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "case": plain(effect.case),
        "stressed": plain(effect.stressed),
        "mitigated": plain(effect.mitigated),
        "change": plain(effect.change),
        "residual": plain(effect.residual),
    }


def bars_data(bars: Mapping[tuple[str, str], Sequence[Bar]]) -> list[dict[str, Any]]:
    """The bars of some tornados, by option and headline, the widest first."""
    return [
        {
            "option": option,
            "headline": figure,
            "key": bar.varied.item.key,
            "label": bar.varied.item.label,
            "state": bar.varied.state,
            "values": bar.varied.values,
            "range": bar.range,
            "base": plain(bar.base),
            "low": plain(bar.low),
            "high": plain(bar.high),
            "breaks": {"low": list(bar.breaks[0]), "high": list(bar.breaks[1])},
        }
        for (option, figure), own in bars.items()
        for bar in own
    ]


def shares_data(found: Iterable[Shares]) -> list[dict[str, Any]]:
    """The shares of variance of some figures."""
    return [
        {
            "option": each.option,
            "headline": each.figure,
            "draws": each.draws,
            "draws_again": each.again,
            "deviation": plain(each.deviation),
            "unverified": _index(each.unverified),
            "unverified_alone": _index(each.unverified_alone),
            "inputs": [
                {
                    "key": share.varied.item.key,
                    "label": share.varied.item.label,
                    "state": share.varied.state,
                    "first": _index(share.first),
                    "total": _index(share.total),
                    "drawn_with": share.bound,
                }
                for share in each.inputs
            ],
        }
        for each in found
    ]


def _index(index: Index | None) -> dict[str, Any] | None:
    return None if index is None else {"value": plain(index.value), "error": plain(index.error)}
