"""The shape of every YAML file, and its faults put at the line that has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar, cast, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from casebuilder.errors import Fault
from casebuilder.inputs.files.dates import FINANCIAL_YEAR, MONTH
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import Word, nearest
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.wording import as_given, cure, meaning, subject, unknown_entry

STATES = Literal["published", "local", "chosen", "unverified"]
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
BETTER = Literal["more", "less"]
SHAPES = Literal["pert", "triangular", "uniform", "normal", "lognormal", "discrete", "empirical"]
DRAWN = Literal["whole", "each"]


def as_text(value: object) -> object:
    """A text as it was typed: `1.10` stays 1.10."""
    return str(value) if isinstance(value, str) else value


def _as_number(value: object) -> object:
    """A word as the number it is; any other stays the text it is."""
    number = value.scalar if isinstance(value, Word) else value
    return value if isinstance(number, bool | None) else number


def _as_whole(value: object) -> object:
    """A whole number, however it is written: 60.0 is 60."""
    number = _as_number(value)
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _as_flag(value: object) -> object:
    """True or false where the word is one of the two, or yes or no."""
    return _FLAGS.get(value.lower(), value) if isinstance(value, Word) else value


Text = Annotated[str, BeforeValidator(as_text)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False), BeforeValidator(_as_number)]
Whole = Annotated[int, Field(strict=True), BeforeValidator(_as_whole)]
Flag = Annotated[bool, Field(strict=True), BeforeValidator(_as_flag)]


class Shape(BaseModel):
    """What every model here shares: no unknown keys, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Assumed(Shape):
    """One assumed value: what is given under an input's name."""

    unit: Text | None = None
    over: list[Text] | None = None
    value: Any = None
    values: dict[str, Any] | None = None
    table: Text | None = None
    column: Text | None = None
    hold: Flag = False
    until: Text | None = None
    range: Any = None
    shape: Annotated[SHAPES | None, BeforeValidator(as_text)] = None
    draw: Annotated[DRAWN | None, BeforeValidator(as_text)] = None
    driver: Text | None = None
    source: Text | None = None
    state: Annotated[STATES | None, BeforeValidator(as_text)] = None
    note: Text = ""
    of: Text | None = None
    apart: Any = None
    to_do: Any = None
    prices_of: Text | None = Field(default=None, pattern=rf"^{FINANCIAL_YEAR}$")


class PairsGiven(Shape):
    """Which members of two dimensions go together."""

    over: list[Text] = Field(min_length=2, max_length=2)
    members: dict[str, list[Text]] | None = None
    table: Text | None = None
    through: Text | None = None
    without: dict[str, list[Text]] | None = None


class ClaimGiven(Shape):
    """A headline that the bid states."""

    headline: Text
    option: Text
    value: Number
    tolerance: Number = Field(default=0.05, ge=0, le=0.05)
    source: Text
    note: Text = ""


class PrioritiesGiven(Shape):
    """What binds the choice of sites, whatever the money."""

    needs: dict[str, list[Text]] = Field(default_factory=dict)
    excludes: list[list[Text]] = Field(default_factory=list)
    at_least: dict[str, Annotated[Whole, Field(ge=1)]] = Field(default_factory=dict)


class CaseFile(Shape):
    """case.yaml."""

    format: Whole | None = None
    title: Text
    description: Text = ""
    host: Text
    base_year: Text = Field(pattern=rf"^{FINANCIAL_YEAR}$")
    first_month: Text | None = Field(default=None, pattern=rf"^{MONTH}$")
    operating_months: Whole = Field(ge=1)
    horizon: Whole = Field(ge=1, le=125)
    statement_years: Whole = Field(default=10, ge=1, le=60)
    baseline: Text
    reference: Text = ""
    region: Text = ""
    system: Text = ""
    members: dict[str, Any] = Field(default_factory=dict)
    pairs: list[PairsGiven] = Field(default_factory=list)
    options: list[Text] = Field(min_length=1)
    in_workbook: list[Text] = Field(default_factory=list)
    claims: list[ClaimGiven] = Field(default_factory=list)
    priorities: PrioritiesGiven = Field(default_factory=PrioritiesGiven)
    leaves_out: dict[str, Any] = Field(default_factory=dict)
    to_do: list[Text] = Field(default_factory=list)


class OptionFile(Shape):
    """options/<id>.yaml."""

    label: Text
    description: Text = ""
    opens: list[Text] = Field(default_factory=list)
    inputs: dict[str, Any] = Field(default_factory=dict)


class ScenarioFile(Shape):
    """scenarios/<name>.yaml."""

    label: Text
    note: Text = ""
    inputs: dict[str, Any] = Field(default_factory=dict)
    options: dict[str, dict[str, Any]] = Field(default_factory=dict)


class SourceGiven(Shape):
    """An entry of sources.yaml."""

    title: Text
    address: Text = ""
    date: Text = ""
    licence: Text = ""
    note: Text = ""
    about: Text = ""
    to_do: Text = ""


class FigureGiven(ClaimGiven):
    """A published figure that the case is held to."""

    tolerance: Number = Field(ge=0, le=0.05)


class NotReproducedGiven(Shape):
    """A published figure that the model does not give, and why."""

    figure: Text
    value: Any
    source: Text
    why: Text


class ExpectedFile(Shape):
    """expected.yaml."""

    figures: list[FigureGiven] = Field(default_factory=list)
    calibrated: list[FigureGiven] = Field(default_factory=list)
    not_reproduced: list[NotReproducedGiven] = Field(default_factory=list)


class DriverGiven(Shape):
    """What several inputs follow."""

    label: Text = ""
    inputs: list[Text] = Field(default_factory=list)
    source: Text
    note: Text = ""


class CorrelationGiven(Shape):
    """Two inputs or drivers that go together."""

    between: list[Text] = Field(min_length=2, max_length=2)
    rank: Number = Field(ge=-1, le=1)
    source: Text
    note: Text = ""


class UncertaintyFile(Shape):
    """uncertainty.yaml."""

    drivers: dict[str, DriverGiven] = Field(default_factory=dict)
    correlations: list[CorrelationGiven] = Field(default_factory=list)


class ShownGiven(Shape):
    """A line that shows something, and which way is better."""

    line: Text
    at: list[Text] = Field(default_factory=list)
    better: Annotated[BETTER, BeforeValidator(as_text)]


class CriterionGiven(ShownGiven):
    """What the options are judged by, and how much it weighs."""

    name: Text = Field(min_length=1)
    weight: Number = Field(gt=0, le=1)
    scale: list[Number] = Field(default_factory=list, min_length=2, max_length=2)


class ReasonGiven(ShownGiven):
    """Why the option put forward is, though another ranks first."""

    text: Text = Field(min_length=1)
    to_do: Text = ""


class DecisionFile(Shape):
    """decision.yaml."""

    put_forward: Text
    by: Text = Field(min_length=1)
    source: Text
    state: Annotated[STATES, BeforeValidator(as_text)]
    note: Text = ""
    to_do: Text = ""
    criteria: list[CriterionGiven] = Field(min_length=1)
    reasons: list[ReasonGiven] = Field(default_factory=list)


_Model = TypeVar("_Model", bound=Shape)


def check(
    model: type[_Model],
    node: Node,
    block: Place,
    faults: list[Fault],
    stand_in: Mapping[str, object] | None = None,
) -> _Model | None:
    """A node as its model, or None; what is wrong is noted, and what can be left out is left out.

    Parameters
    ----------
    model
        What the node should be.
    node
        A mapping.
    block
        The place of the key it stands under: where something missing belongs.
    faults
        Takes what is wrong.
    stand_in
        What is taken for entries that are missing or at fault, so that the rest can be read.
    """
    try:
        return cast("_Model", _read(model, node))
    except ValidationError as error:
        details = error.errors(include_url=False)
    plain = node.plain()
    meant = _meant(model, details)
    faults += [_fault(model, node, block, detail) for detail in details if detail["loc"] not in meant]
    # A second reading without the entries at fault finds what the rest of the case gets wrong.
    for loc in sorted({_at_fault(detail) for detail in details}, key=_order, reverse=True):
        _prune(plain, loc)
    try:
        return model.model_validate({**(stand_in or {}), **plain})
    except ValidationError:
        return None


# A file that has not changed is the same tree (`files.yaml`); what is read of it is not changed either.
@lru_cache(maxsize=8_000)
def _read(model: type[Shape], node: Node) -> Shape:
    return model.model_validate(node.plain())


def _meant(model: type[Shape], details: list[ErrorDetails]) -> set[tuple[int | str, ...]]:
    """The fields that seem missing because their key is misspelt, which is told by itself."""
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    found: set[tuple[int | str, ...]] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *above, name = detail["loc"]
            within = [str(loc[-1]) for loc in missing if loc[:-1] == tuple(above)]
            found |= {(*above, field) for field in within if nearest(str(name), [field])}
    return found


def _order(loc: tuple[int | str, ...]) -> list[str]:
    """A sorting key that takes the last items of a list first when reversed."""
    return [f"{step:09d}" if isinstance(step, int) else step for step in loc]


def _at_fault(detail: ErrorDetails) -> tuple[int | str, ...]:
    """What is left out: an unknown key, or the list item or the whole entry that is at fault."""
    loc = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return loc
    return loc[:2] if len(loc) > 1 and isinstance(loc[1], int) else loc[:1]


def _prune(plain: Any, loc: tuple[int | str, ...]) -> None:
    """Leave out what stands at a place, if it is still there."""
    for step in loc[:-1]:
        try:
            plain = plain[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(plain, dict) and loc:
        plain.pop(str(loc[-1]), None)
    elif isinstance(plain, list) and loc and isinstance(loc[-1], int) and loc[-1] < len(plain):
        del plain[loc[-1]]


def _fault(model: type[Shape], node: Node, block: Place, detail: ErrorDetails) -> Fault:
    """One fault at the key or value that has it."""
    loc, kind = detail["loc"], detail["type"]
    name = str(loc[-1]) if loc else ""
    key = place = block
    holder = node
    for step in loc:
        if isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            key = place = node.place
        elif isinstance(step, str) and (child := node.get(step)) is not None:
            holder, key, node, place = node, node.key_place(step), child, child.place
        else:
            break
    if kind == "missing":
        return key.fault(f"'{name}' is missing")
    if kind == "extra_forbidden":
        fields = _model_at(model, [step for step in loc[:-1] if isinstance(step, str)])
        if "." in name and len(loc) == 1 and "inputs" in fields.model_fields:
            return key.fault(f"unknown key '{name}': if it is an input, write it under inputs:")
        return key.fault(unknown_entry(name, fields.model_fields, flow=holder.flow))
    if kind == "literal_error":
        allowed = str(detail.get("ctx", {}).get("expected", ""))
        given = str(detail["input"])
        hint = nearest(given, [word.strip(" '") for word in allowed.replace(" or ", ",").split(",")])
        return place.fault(f"'{name}' must be {allowed}, not '{given}'{hint}")
    said = f"{subject(loc)} {meaning(detail)}{as_given(detail['input'])}"
    pattern = str(detail.get("ctx", {}).get("pattern", ""))
    return place.fault(f"{said}{cure(kind, name, node, detail['input'], pattern)}")


def _model_at(model: type[Shape], steps: list[str]) -> type[Shape]:
    """The model of what stands under some keys; the last that is known."""
    for step in steps:
        field = model.model_fields.get(step)
        inner = field.annotation if field is not None else None
        while inner is not None and not (isinstance(inner, type) and issubclass(inner, Shape)):
            inner = next((each for each in get_args(inner) if get_args(each) or isinstance(each, type)), None)
        if inner is None:
            break
        model = inner
    return model
