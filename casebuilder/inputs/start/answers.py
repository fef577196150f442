"""The answers that a new case is made from: a file of at most a page, or the same by interview or flags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.dates import FINANCIAL_YEAR, MONTH
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.files.places import Place, read_text
from casebuilder.inputs.files.scalars import Word, nearest, pounds
from casebuilder.inputs.files.yaml import Node, parse_yaml
from casebuilder.inputs.shape.calendar import financial_year, is_financial_year
from casebuilder.inputs.shape.schema import Flag, Number, Shape, Text, Whole, check
from casebuilder.inputs.start.emit import yaml_text

ANSWERS = "answers.yaml"
SUGGEST = "suggest"
BUILDS = Literal["new", "modular", "refurbishment", "retail"]
TENURES = Literal["own", "lease"]
# The funds that an award may be of, as people read them.
FUNDS = {
    "national_pdc": "National public dividend capital",
    "system_cdel": "System capital (CDEL)",
    "trust_cash": "Trusts' own cash",
    "charity": "Charity",
}
_STAND_IN = {"title": "", "trusts": [""]}


def _as_text(value: object) -> object:
    """A word as its text."""
    return str(value) if isinstance(value, str) else value


def _as_pounds(value: object) -> object:
    """An amount as people write it; what is none stays as it is, for its fault."""
    amount = pounds(str(value)) if isinstance(value, str) else None
    return value if amount is None else amount


Pounds = Annotated[float, Field(strict=True, ge=0), BeforeValidator(_as_pounds)]


def usual_tenure(build: str) -> str:
    """How a site of a kind of building is held where nobody says."""
    return "lease" if build == "retail" else "own"


class SiteGiven(Shape):
    """A centre of the bid: what a person knows of it at the start."""

    name: Text = Field(min_length=1)
    place: Text = Field(min_length=1)
    build: Annotated[BUILDS, BeforeValidator(_as_text)] = "refurbishment"
    gross_area: Annotated[Number | None, Field(gt=0, le=100_000)] = None
    tenure: Annotated[TENURES | None, BeforeValidator(_as_text)] = None
    opens: Text | None = Field(default=None, pattern=rf"^{MONTH}$")
    hours: Annotated[Number | None, Field(gt=0, le=24)] = None
    days: Annotated[Number | None, Field(gt=0, le=7)] = None
    host: Text = ""
    beside_hospital: Flag = False
    rooms: Any = None
    planned_tests: Annotated[Number | None, Field(gt=0, le=2_000_000)] = None

    @property
    def leased(self) -> bool:
        """Whether rent is paid: where nobody says, for shops and offices converted, as those published."""
        return (self.tenure or usual_tenure(self.build)) == "lease"


class TrustGiven(Shape):
    """A trust, and where its hospital is if no table that ships has it."""

    trust: Text = Field(min_length=1)
    place: Text = ""


class AnswersFile(Shape):
    """answers.yaml."""

    title: Text = Field(min_length=1)
    system: Text = ""
    base_year: Text | None = Field(default=None, pattern=rf"^{FINANCIAL_YEAR}$")
    horizon: Annotated[Whole | None, Field(ge=5, le=60)] = None
    kind: Text | None = None
    trusts: list[Any] = Field(min_length=1)
    sites: list[SiteGiven] = Field(default_factory=list)
    districts: list[Text] = Field(default_factory=list)
    capital: dict[str, Annotated[float, Field(strict=True, ge=0), BeforeValidator(_as_pounds)]] = Field(
        default_factory=dict
    )


@dataclass(frozen=True)
class Answered:
    """Answers with the place that each stands at, so that what is wrong with one can be told there.

    Attributes
    ----------
    given
        The answers.
    trusts
        Each trust, as a name or code and a place.
    node
        The file.
    text
        The same as it was typed.
    """

    given: AnswersFile
    trusts: tuple[TrustGiven, ...]
    node: Node
    text: str

    def key_place(self, entry: str, key: str) -> Place:
        """Where a key stands within an entry."""
        node = self.node.get(entry)
        return self.node.place if node is None else node.key_place(key)

    def place(self, *steps: str | int) -> Place:
        """Where an answer stands; the nearest above it where it was not given."""
        node, place = self.node, self.node.place
        for step in steps:
            if isinstance(step, int):
                if step >= len(node.items):
                    return place
                node = node.items[step]
                place = node.place
            else:
                child = node.get(step)
                if child is None:
                    return place
                place, node = child.place, child
        return place


def read_answers(path: Path, text: str | None = None) -> Answered:
    """The answers of a file, or of a text.

    Parameters
    ----------
    path
        The file, or what faults of the text call it.
    text
        The answers, where they lie in no file.

    Raises
    ------
    InputError
        All that is wrong with them, each with its line and column.
    """
    faults: list[Fault] = []
    shown = str(path)
    if text is None and not path.is_file():
        what = "this is a folder" if path.is_dir() else "no such file"
        raise InputError([Place(shown).fault(f"{what}: a file of answers is expected")])
    read = read_text(path, shown, faults) if text is None else text
    node = parse_yaml(read, shown, faults) if read is not None else None
    given = check(AnswersFile, node, node.place, faults, _STAND_IN) if node is not None else None
    trusts: list[TrustGiven] = []
    if node is not None:
        trusts = _trusts(node, faults)
    if node is not None and given is not None:
        _check_year(node, given, faults)
        _no_double_sites(node, given, faults)
    if faults or read is None or node is None or given is None:
        raise InputError(told_once(faults, None))
    return Answered(given, tuple(trusts), node, read)


def answers_with(answered: Answered, kind: str) -> Answered:
    """The same with another kind of bid."""
    return replace(answered, given=answered.given.model_copy(update={"kind": kind}))


def _trusts(node: Node, faults: list[Fault]) -> list[TrustGiven]:
    """Each trust as a text, or as its name and place."""
    entry = node.get("trusts")
    found: list[TrustGiven] = []
    for item in entry.items if entry else ():
        if item.mapping:
            one = check(TrustGiven, item, item.place, faults)
            found += [one] if one is not None else []
        elif item.text:
            found.append(TrustGiven(trust=item.text))
        else:
            faults.append(item.place.fault("a trust is its code or name, or {trust: NAME, place: PLACE}"))
    return found


def _check_year(node: Node, given: AnswersFile, faults: list[Fault]) -> None:
    """A base year that there is."""
    year = given.base_year
    if year is None:
        return
    child = node.get("base_year")
    if not is_financial_year(year):
        right = financial_year(int(year[:4]))
        place = child.place if child else node.place
        faults.append(place.fault(f"'{year}' is no financial year; did you mean '{right}'?"))


def _no_double_sites(node: Node, given: AnswersFile, faults: list[Fault]) -> None:
    """Two sites of one name would be one."""
    entry = node.get("sites")
    seen: set[str] = set()
    for number, site in enumerate(given.sites):
        bare = site.name.strip().lower()
        if bare in seen and entry is not None:
            faults.append(entry.items[number].place.fault(f"the site '{site.name}' stands here twice"))
        seen.add(bare)


def rooms_given(
    answered: Answered, number: int, tests: tuple[str, ...], faults: list[Fault]
) -> dict[str, float] | str | None:
    """The rooms of a site by test, `suggest`, or nothing."""
    place = answered.place("sites", number, "rooms")
    entry = answered.node.get("sites")
    node = entry.items[number].get("rooms") if entry else None
    if node is None:
        return None
    if isinstance(node.value, Word | str):
        if str(node.value) == SUGGEST:
            return SUGGEST
        faults.append(place.fault(f"rooms are {{test: number}} or the word {SUGGEST}, not '{node.text}'"))
        return None
    found: dict[str, float] = {}
    for test, child in node.mapping.items():
        amount = child.scalar
        if test not in tests:
            hint = nearest(test, tests) or f": the tests are {', '.join(tests)}"
            faults.append(node.key_place(test).fault(f"'{test}' is no test{hint}"))
        elif isinstance(amount, bool) or not isinstance(amount, int | float) or amount < 0 or amount % 1:
            faults.append(child.place.fault(f"rooms of {test} must be a whole number of 0 or more"))
        elif amount:
            found[test] = float(amount)
    if not found and not faults:
        faults.append(place.fault("a site has at least one room"))
    return found


def building_kind(build: str) -> str:
    """What the model calls a kind of building that was answered."""
    return "new_build" if build == "new" else build


def answer_at(text: str, fault: Fault) -> tuple[str, int]:
    """Which answer of a text a fault is about: its key, and its number in a list or mapping, from 0."""
    at, found = (fault.line, fault.column), ("", 0)
    node = parse_yaml(text, fault.file, [])
    for key, entry in (node.mapping if node else {}).items():
        if node is None or node.key_place(key)[1:] > at:
            break
        begins = [item.place[1:] for item in entry.items] or [place[1:] for place in entry.keys.values()]
        found = key, max(sum(place <= at for place in begins) - 1, 0)
    return found


def answers_text(given: Mapping[str, Any]) -> str:
    """Answers as a file of them."""
    return yaml_text(given, "The answers that this case was made from; the files beside it follow from them.")
