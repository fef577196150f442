"""What `--set` says: `KEY=V`, `KEY[member,period]=V`, and the same for one option, `OPTION:KEY=V`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from casebuilder.algebra.dimensions import TIME, Frame, time_of, without_time
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.overlay import SET
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import Word, listed, nearest, pounds, shown
from casebuilder.inputs.files.strangers import period_cure
from casebuilder.inputs.shape.renamed import renamed
from casebuilder.inputs.values import Members

_FORM = re.compile(
    r"\s*(?:(?P<option>[^:\[\]=]*):)?\s*(?P<key>[^:\[\]=]*?)\s*(?:\[(?P<members>[^\[\]]*)\])?\s*=(?P<value>.*)",
    re.DOTALL,
)


# What people write for every member.
_EVERY = ("", "all", "*", "any", "each", "every", ":")
_MONEY = "GBP_"
_RELATIVE = re.compile(r"[+-]\s*\d+(?:\.\d+)?\s*%")


@dataclass(frozen=True)
class Setting:
    """One `--set`, taken apart, with the place of each part."""

    option: str | None
    key: str
    members: tuple[tuple[str, Place], ...]
    value: Word
    key_place: Place
    value_place: Place


def read_sets(
    sets: Iterable[str],
    options: Sequence[str],
    keys: Iterable[str],
    faults: list[Fault],
    results: Collection[str] = (),
) -> list[Setting]:
    """The settings that name an option and an input there is; the rest are faults.

    Parameters
    ----------
    sets
        The texts, as given.
    options, keys
        What may be named.
    faults
        Takes what is wrong.
    results
        The lines and headlines of the model, which nobody sets.
    """
    known = set(keys)
    found: list[Setting] = []
    for number, text in enumerate(sets, 1):
        setting = _read(text, number, faults)
        if setting is None:
            continue
        if setting.option is not None and setting.option not in options:
            hint = nearest(setting.option, options) or f"; the options are {listed(options, 12)}"
            faults.append(Place(SET, number).fault(f"'{setting.option}' is no option{hint}"))
        elif setting.key not in known:
            faults.append(setting.key_place.fault(_no_input(setting, known, results)))
        else:
            found.append(setting)
    return found


def _no_input(setting: Setting, known: set[str], results: Collection[str]) -> str:
    """What is said of a key that is no input."""
    key, value = setting.key, setting.value
    changed = key.rstrip("*+-/ ")
    if changed != key and changed in known:
        sign = key[len(changed) :].strip()
        right = f"write the new value itself, as {changed}=VALUE"
        return f"'{sign}={value}' is not worked out here: {right}"
    if key in results:
        return (
            f"'{key}' is a result, not an input: change an input that it rests on "
            f"(casebuilder explain CASE {key} shows them)"
        )
    became = renamed(key)
    if became is not None:
        return str(became)
    hint = nearest(key, known)
    bracketed = re.fullmatch(r"([^()]+)\(([^()]*)\)", key)
    if bracketed and bracketed[1].strip() in known:
        hint = f"; members stand in [ ]: write {bracketed[1].strip()}[{bracketed[2]}]"
    return f"'{key}' is no input{hint}"


def members_of(setting: Setting, declared: Input, frame: Frame, faults: list[Fault]) -> list[Members]:
    """The combinations that a setting names: all, where it names no member or no period.

    Each member given is matched to the next dimension that has it; dimensions left out take all.
    """
    fixed: dict[str, str] = {}
    rest = list(declared.over)
    ids = {id for name in declared.over for id in frame.ids(name)}
    every = [
        (member, place) for member, place in setting.members if member.lower() in _EVERY and member not in ids
    ]
    if every:
        named = ",".join(member for member, place in setting.members if (member, place) not in every)
        right = f"{declared.key}[{named}]" if named else declared.key
        message = f"what is left out of [ ] takes all: write {right}={setting.value}"
        faults.append(every[0][1].fault(message))
        return []
    for member, place in setting.members:
        match = next((name for name in rest if member in frame.positions.get(name, {})), None)
        if match is None:
            over = f"over {', '.join(declared.over)}" if declared.over else "a single value"
            axis = time_of(declared.over)
            known = frame.ids(axis) if axis else ()
            hint = nearest(member, ids - {*known}) or _period(member, axis, frame)
            hint = "; write them in that order" if member in ids else hint
            faults.append(place.fault(f"'{member}' is no member of {declared.key}, which is {over}{hint}"))
            return []
        fixed[match] = member
        rest = rest[rest.index(match) + 1 :]
    rows = without_time(declared.over)
    axis = time_of(declared.over)
    given = {name: member for name, member in fixed.items() if name not in TIME}
    found = frame.combinations([name for name in rows if name not in given], given)
    periods = [fixed[axis]] if axis in fixed else list(frame.ids(axis)) if axis else []
    combinations = [tuple(one[name] for name in rows) for one in found if frame.exists(one)]
    if not combinations:
        names = ", ".join(member for member, _ in setting.members)
        place = setting.members[0][1] if setting.members else setting.key_place
        faults.append(place.fault(f"{declared.key} has no value for {names}: it does not exist in this case"))
    return [(*one, period) for one in combinations for period in periods] if axis else combinations


def typed_value(setting: Setting, declared: Input) -> Word:
    """What a setting gives an input: of money `5m`, `750k` and `£1.5bn` stand for their pounds."""
    value = setting.value
    if value.quoted or not declared.unit.startswith(_MONEY):
        return value
    amount = pounds(value.removeprefix("-").lstrip())
    if amount is None:
        return value
    return Word(shown(-amount if value.startswith("-") else amount))


def _period(member: str, axis: str | None, frame: Frame) -> str:
    """What to write for a period; between which periods it must lie, where it is one of another time."""
    if axis is None:
        return ""
    known, cure = frame.ids(axis), period_cure(member, axis, frame)
    if any(period in cure for period in known) or not (cure or re.match(r"\d{4}[-/]\d\d", member)):
        return cure
    return f": the {axis}s run from {known[0]} to {known[-1]}"


def _read(text: str, number: int, faults: list[Fault]) -> Setting | None:
    """One text taken apart, its line the number of its --set; None, with a fault, for another form."""
    match = _FORM.fullmatch(text)
    if match is None or not match["key"] or match["option"] == "":
        message = f"'{text}' is not KEY=VALUE, KEY[member]=VALUE or OPTION:KEY=VALUE"
        key, colon, value = text.rpartition(":")
        if colon and "=" not in text and "." in key:
            message += f"; write {key.strip()}={value.strip()}"
        faults.append(Place(SET, number).fault(message))
        return None
    members: list[tuple[str, Place]] = []
    if match["members"] is not None:
        start = match.start("members")
        for part in match["members"].split(","):
            column = start + len(part) - len(part.lstrip()) + 1
            members.append((part.strip(), Place(SET, number, column)))
            start += len(part) + 1
    value = match["value"].strip()
    second = re.search(r"(?:\s|[;,&]\s*)(?=[A-Za-z][\w.:]*(?:\[[^\]]*\])?\s*=)", value)
    if second:
        first = text[: match.start("value")].strip() + value[: second.start()].strip()
        message = (
            f"two changes in one: each has its own --set, as --set {first} --set {value[second.end() :]}"
        )
        faults.append(Place(SET, number, match.start("value") + 1).fault(message))
        return None
    if _RELATIVE.fullmatch(value):
        message = f"a change of {value} is not worked out here: write the new value itself"
        faults.append(Place(SET, number, match.start("value") + 1).fault(message))
        return None
    column = match.start("value") + len(match["value"]) - len(match["value"].lstrip()) + 1
    option = match["option"].strip() if match["option"] is not None else None
    key_place = Place(SET, number, match.start("key") + 1)
    return Setting(
        option, match["key"], tuple(members), _unquoted(value), key_place, Place(SET, number, column)
    )


def _unquoted(text: str) -> Word:
    """A value as YAML would take it: text where it stands in quotes."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return Word(text[1:-1], quoted=True)
    return Word(text)
