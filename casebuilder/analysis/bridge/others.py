"""What differs between two cases and is no value: members, periods, options, scenarios, evidence, texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casebuilder.algebra.dimensions import TIME
from casebuilder.algebra.terms import Input
from casebuilder.analysis.bridge.changes import in_both, prices
from casebuilder.analysis.bridge.difference import Other
from casebuilder.analysis.bridge.scenarios import scenarios
from casebuilder.inputs.edits import name_of
from casebuilder.inputs.files.scalars import listed, shown
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.values import CaseInputs, InputValues, Members

NOTHING = ""
_MOST = 12
_ABOUT = ("title", "host", "base_year", "first_month", "reference", "description", "system")


def others(
    first: CaseInputs, second: CaseInputs, keys: Iterable[Input], *, evidence: bool = True
) -> list[Other]:
    """All that is no value, in the order in which a reader meets it.

    Parameters
    ----------
    first, second
        The two cases, of one model.
    keys
        The inputs of the model, in its order.
    evidence
        Whether what stands beside values that are the same is told: ranges, sources, states, notes.
    """
    return [
        *_about(first, second),
        *_members(first, second),
        *_options(first, second),
        *_beside_values(first, second, keys, evidence=evidence),
        *scenarios(first, second, evidence=evidence),
        *_sources(first, second),
        *_decision(first, second),
        *_mapped("leaves_out", first.left_out, second.left_out),
        *_mapped("drawn together", _drawn(first), _drawn(second)),
        *_rest(first, second),
    ]


def _differing(kind: str, what: str, one: str, other: str) -> Iterator[Other]:
    if one != other:
        yield Other(kind, what, one, other)


def _mapped(kind: str, one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Other]:
    """Entries of two mappings, those that only one has among them."""
    for key in dict.fromkeys((*one, *other)):
        yield from _differing(kind, key, one.get(key, NOTHING), other.get(key, NOTHING))


def _drawn(side: CaseInputs) -> dict[str, str]:
    """What a case says of how draws go together, by what it is said of."""
    said = side.uncertainty
    return {
        **dict.fromkeys(sorted(said.each), "each member"),
        **dict.fromkeys(sorted(said.whole), "as a whole"),
        **{key: f"{'-' if sign < 0 else ''}{name}" for key, (name, sign) in sorted(said.drivers.items())},
        **{
            f"{each.a} with {each.b}": "; ".join(filter(None, (shown(each.rank), each.source, each.note)))
            for each in said.correlations
        },
    }


def _about(first: CaseInputs, second: CaseInputs) -> Iterator[Other]:
    """What case.yaml says of the case, and its periods."""
    for name in _ABOUT:
        yield from _differing("case", name, getattr(first.info, name), getattr(second.info, name))
    for axis in TIME:
        one, other = ([*side.frame.ids(axis)] for side in (first, second))
        yield from _differing("horizon", f"{axis}s", _run(one), _run(other))


def _run(labels: list[str]) -> str:
    return f"{len(labels)}, {labels[0]} to {labels[-1]}" if labels else "none"


def _members(first: CaseInputs, second: CaseInputs) -> Iterator[Other]:
    """Members and their names, and pairs that exist, added, taken away or in another order."""
    one, other = first.frame, second.frame
    for name in dict.fromkeys((*one.members, *other.members)):
        if name in TIME:
            continue
        mine, theirs = (
            {member.id: member.label for member in side.members.get(name, ())} for side in (one, other)
        )
        yield from _mapped(f"members of {name}", mine, theirs)
        if [*mine] != [*theirs] and {*mine} == {*theirs}:
            yield Other("order", f"members of {name}", ", ".join(mine), ", ".join(theirs))
    for pair in dict.fromkeys((*one.pairs, *other.pairs)):
        what = " and ".join(pair)
        had, have = (side.pairs.get(pair) for side in (one, other))
        if had is None or have is None:
            yield from _differing(
                "pairs", what, *("any" if each is None else "named" for each in (had, have))
            )
            continue
        yield from _differing("pairs", what, *(_few(each) for each in (had - have, have - had)))


def _few(pairs: Iterable[tuple[str, str]]) -> str:
    return listed(sorted(", ".join(pair) for pair in pairs), _MOST)


def _options(first: CaseInputs, second: CaseInputs) -> Iterator[Other]:
    """Options, what they are called and described as, and which is the baseline and which is put forward."""
    one, other = first.frame, second.frame
    named = [{option.id: option.label for option in side.options} for side in (one, other)]
    yield from _mapped("options", *named)
    if [*named[0]] != [*named[1]] and {*named[0]} == {*named[1]}:
        yield Other("order", "options", ", ".join(named[0]), ", ".join(named[1]))
    yield from _differing("options", "baseline", one.baseline, other.baseline)
    yield from _differing("options", "put forward", put_forward(one), put_forward(other))
    yield from _mapped("text", first.texts, second.texts)


def _beside_values(
    first: CaseInputs, second: CaseInputs, keys: Iterable[Input], *, evidence: bool
) -> Iterator[Other]:
    """Values of one side alone, and of values that are the same what stands beside them."""
    for one, other in in_both(first, second, keys):
        key = one.input.key
        yield from _differing("prices", key, prices(first, one), prices(second, other))
        yield from _differing("opens", key, *(", ".join(sorted(each.opened)) for each in (one, other)))
        options = dict.fromkeys((None, *first.frame.option_ids, *second.frame.option_ids))
        for option in options:
            both = all(option is None or option in side.frame.option_ids for side in (first, second))
            yield from _alone(one, other, option, options_apart=not both)
            if both and evidence:
                yield from _evidence(one, other, option)


def _own(given: InputValues, option: str | None) -> Mapping[Members, object]:
    return given.base if option is None else given.options.get(option, {})


def _alone(
    one: InputValues, other: InputValues, option: str | None, *, options_apart: bool
) -> Iterator[Other]:
    """Values for members, periods or an option that the other side has not."""
    for side, (given, against) in enumerate(((one, other), (other, one))):
        names = [
            f"{name_of(option, given.input.key, members)} = {_amount(given, option, members)}"
            for members in _own(given, option)
            if members not in against.base or options_apart
        ]
        if names:
            told = listed(names, _MOST)
            sides = ("", told) if side else (told, "")
            yield Other("values", name_of(option, given.input.key, ()), *sides)


def _amount(given: InputValues, option: str | None, members: Members) -> str:
    value = given.base[members] if option is None else given.options[option][members]
    return shown(value.amount)


def _evidence(one: InputValues, other: InputValues, option: str | None) -> Iterator[Other]:
    """Ranges, sources, states, notes and what is to do, of values that are the same; each once."""
    found: dict[tuple[str, str, str], list[Members]] = {}
    mine, theirs = _own(one, option), _own(other, option)
    for members in mine:
        if members not in theirs:
            continue
        before, after = (_beside(given, option, members) for given in (one, other))
        if before["amount"] != after["amount"]:
            continue  # told with the change itself
        for kind in before:
            if before[kind] != after[kind]:
                found.setdefault((kind, before[kind], after[kind]), []).append(members)
    for (kind, was, now), every in found.items():
        if len(every) == len(mine):
            name = name_of(option, one.input.key, ())
        else:
            name = listed((name_of(option, one.input.key, members) for members in every), _MOST)
        yield Other(kind, name, was, now)


def _beside(given: InputValues, option: str | None, members: Members) -> dict[str, str]:
    """A value and what stands beside it, as texts."""
    value = given.base[members] if option is None else given.options[option][members]
    origin = given.origin(option, members)
    ranged = value.low is not None and value.high is not None
    return {
        "amount": shown(value.amount),
        "range": f"{shown(value.low)} to {shown(value.high)} ({value.spread})" if ranged else NOTHING,
        "source": origin.source,
        "state": origin.state,
        "note": origin.note,
        "place": origin.of,
        "to_do": value.to_do,
    }


def _sources(first: CaseInputs, second: CaseInputs) -> Iterator[Other]:
    """Entries of the registers."""
    for key in dict.fromkeys((*first.sources, *second.sources)):
        one, other = (side.sources.get(key) for side in (first, second))
        if one != other:
            texts = (
                "; ".join(
                    text
                    for text in (each.title, each.address, each.date, each.licence, each.note, each.about)
                    if text
                )
                if each
                else NOTHING
                for each in (one, other)
            )
            yield Other("source entry", key, *texts)


def _decision(first: CaseInputs, second: CaseInputs) -> Iterator[Other]:
    """Who decided, by what it is judged, and why though another ranks first."""
    one, other = first.decision, second.decision
    for name in ("by", "source", "state", "note"):
        yield from _differing("decision", name, getattr(one, name), getattr(other, name))
    for name in ("criteria", "reasons"):
        told = (
            "; ".join(
                f"{each.text} ({each.key}, {'more' if each.more else 'less'} is better"
                f"{f', weight {shown(each.weight)}' if each.weight else ''})"
                for each in getattr(side, name)
            )
            for side in (one, other)
        )
        yield from _differing("decision", name, *told)


def _rest(first: CaseInputs, second: CaseInputs) -> Iterator[Other]:
    """Claims, what binds the choice of sites, the options of the workbook, and what is to do of texts."""
    claims = [
        {
            f"{each.option}:{each.headline}": (
                f"{shown(each.value)} within {shown(each.tolerance)} ({each.source}) {each.note}".strip()
            )
            for each in side.claims
        }
        for side in (first, second)
    ]
    yield from _mapped("claim", *claims)
    bound = [
        {
            **{f"needs of {site}": ", ".join(of) for site, of in side.priorities.needs.items()},
            **{f"at least in {at}": str(least) for at, least in side.priorities.at_least.items()},
            "excludes": "; ".join(" and ".join(pair) for pair in side.priorities.excludes),
        }
        for side in (first, second)
    ]
    yield from _mapped("priorities", *bound)
    yield from _differing(
        "in_workbook", "options", ", ".join(first.in_workbook), ", ".join(second.in_workbook)
    )
    to_do = [{each.name: each.what for each in side.to_do} for side in (first, second)]
    yield from _mapped("to_do", *to_do)
