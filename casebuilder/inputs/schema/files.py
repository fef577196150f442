"""The schemas of all files of a case, by the name of the file that each is written to."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.algebra.chapters import Chapter, Model
from casebuilder.algebra.dimensions import TIME
from casebuilder.inputs.assumed.blocks import NO_CHAPTERS
from casebuilder.inputs.assumed.scenarios import FOLDER as SCENARIOS
from casebuilder.inputs.files.dates import FINANCIAL_YEAR, MONTH
from casebuilder.inputs.files.includes import INCLUDE
from casebuilder.inputs.files.scalars import MEMBER_ID
from casebuilder.inputs.schema.blocks import block, required_of
from casebuilder.inputs.schema.names import NAMES, Known, Names
from casebuilder.inputs.schema.scalars import TEXT, YES_OR_NO, Schema, number
from casebuilder.inputs.schema.shapes import shape
from casebuilder.inputs.shape.renamed import FORMAT
from casebuilder.inputs.shape.schema import (
    CaseFile,
    DecisionFile,
    ExpectedFile,
    OptionFile,
    ScenarioFile,
    SourceGiven,
    UncertaintyFile,
)
from casebuilder.inputs.start.answers import FUNDS, SUGGEST, AnswersFile, TrustGiven
from casebuilder.inputs.start.shipped import shipped

DRAFT = "http://json-schema.org/draft-07/schema#"
OPTION_FILE, SCENARIO_FILE = "option.json", "scenario.json"
_INCLUDE: Schema = {
    "description": "Files of the case whose entries are taken in, as [shared/prices.yaml].",
    "type": "array",
    "items": {"type": "string"},
}
# An amount as people type it, in answers alone.
_POUNDS: Schema = {
    "description": "Pounds: 14m, £1.5bn, 750k, 14_000_000.",
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^ *£?([0-9][0-9_,]*(\.[0-9]+)?|\.[0-9]+) *([kKmM]|[bB][nN])? *$"},
    ],
}


def schema_for(path: str) -> str:
    """The name of the schema of a file of a case, by its path within the case."""
    folder, _, name = path.rpartition("/")
    if folder == SCENARIOS:
        return SCENARIO_FILE
    return OPTION_FILE if folder == "options" else f"{name.removesuffix('.yaml')}.json"


def schemas(model: Model, known: Known, headlines: Sequence[str]) -> dict[str, Schema]:
    """Every schema by the name of its file; those of chapters in the order of the model.

    Parameters
    ----------
    model
        The chapters, with their inputs.
    known
        What is known of the case; what is not is held to its form alone.
    headlines
        The headlines that a claim may be about.
    """
    names = Names(model, known)
    found = {
        schema_for("case.yaml"): _case(names, headlines),
        OPTION_FILE: _option(names),
        SCENARIO_FILE: _scenario(names),
        schema_for("sources.yaml"): _sources(names),
        schema_for("expected.yaml"): _expected(names, headlines),
        schema_for("decision.yaml"): _with_include(shape(DecisionFile, names)),
        schema_for("uncertainty.yaml"): _uncertainty(names),
        schema_for("members.yaml"): {**_members(model), "title": "Members of the reference set"},
        schema_for("answers.yaml"): _answers(names),
    }
    assert len(found) == len(NO_CHAPTERS) + 2
    found |= {f"{each.name}.json": _chapter(each, names) for each in model.chapters if each.inputs}
    found[NAMES] = {"title": "What the other schemas refer to", "definitions": names.definitions}
    return {name: {"$schema": DRAFT, **schema} for name, schema in found.items()}


def _chapter(chapter: Chapter, names: Names) -> Schema:
    """The file of a chapter: its own inputs by name, those of others by key."""
    definitions = {declared.name: block(declared, names) for declared in chapter.inputs}
    entries: dict[str, Schema] = {INCLUDE: _INCLUDE}
    for declared in chapter.inputs:
        own: Schema = {"$ref": f"#/definitions/{declared.name}"}
        more = required_of(declared, declared.key in names.known.vouched)
        title = {"title": declared.label}
        entries[declared.name] = {**title, "allOf": [own, *more]} if more else own
    return {
        "title": chapter.title,
        "type": "object",
        "properties": entries,
        "propertyNames": {"anyOf": [{"enum": list(entries)}, names.key()]},
        "definitions": definitions,
    }


def _option(names: Names) -> Schema:
    """The file of an option: what differs, by key; what no option may change is not among it."""
    found = _with_include(shape(OptionFile, names))
    found["properties"]["inputs"] |= _differing(names)
    return found


def _scenario(names: Names) -> Schema:
    """The file of a scenario: what differs in the base case, and in options that have values of their own."""
    found = _with_include(shape(ScenarioFile, names))
    found["properties"]["inputs"] |= _differing(names)
    of_option = {"type": "object", **_differing(names)}
    known = names.known.options
    own = found["properties"]["options"]
    own["additionalProperties"] = of_option
    if known:
        own["propertyNames"] = {"enum": list(known)}
    return found


def _differing(names: Names) -> Schema:
    """The blocks of inputs by key, without those that settle which rows a case has."""
    return {
        "additionalProperties": False,
        "properties": {
            declared.key: {"$ref": f"{declared.chapter}.json#/definitions/{declared.name}"}
            for declared in names.model.inputs
            if not declared.fixed
        },
    }


def _uncertainty(names: Names) -> Schema:
    """The file of what goes together: keys of inputs with or without a sign, names of drivers."""
    found = _with_include(shape(UncertaintyFile, names))
    found["properties"]["drivers"]["propertyNames"] = {"pattern": f"^{MEMBER_ID}$"}
    return found


def _sources(names: Names) -> Schema:
    """The case's register of sources."""
    return {
        "title": "Sources of the case, by id: L1, L2 and so on, never renumbered",
        "type": "object",
        "properties": {INCLUDE: _INCLUDE},
        "propertyNames": {"pattern": f"^(L[0-9]+|{INCLUDE})$"},
        "additionalProperties": shape(SourceGiven, names),
    }


def _case(names: Names, headlines: Sequence[str]) -> Schema:
    """case.yaml."""
    found = _with_include(shape(CaseFile, names))
    entries = found["properties"]
    entries["format"] = {**entries["format"], **number(1, FORMAT, whole=True)}
    entries["first_month"] = {
        **entries["first_month"],
        "anyOf": [{"pattern": f"^{MONTH}$"}, {"type": "null"}],
    }
    entries["members"] = {**entries["members"], **_members(names.model)}
    entries["options"]["items"] = {"type": "string", "pattern": f"^{MEMBER_ID}$"}
    entries["options"]["uniqueItems"] = True
    entries["pairs"]["items"]["properties"]["over"]["items"] = {
        "enum": [name for name in names.model.dimensions if name not in TIME]
    }
    entries["leaves_out"]["additionalProperties"] = {"type": "string", "minLength": 1}
    _about_headlines(entries["claims"], headlines)
    if names.known.members is not None:
        names.member("site"), names.member("district")
        sites, districts = names.refer("site"), names.refer("district")
        wishes = entries["priorities"]["properties"]
        wishes["needs"] = {**wishes["needs"], "propertyNames": sites}
        wishes["needs"]["additionalProperties"] = {"type": "array", "items": sites}
        wishes["excludes"]["items"] = {"type": "array", "items": sites}
        wishes["at_least"]["propertyNames"] = districts
    return found


def _members(model: Model) -> Schema:
    """The members of each dimension: from id to label, a list of ids, or columns of a table."""
    label: Schema = {
        "type": "object",
        "properties": {"label": TEXT},
        "required": ["label"],
        "additionalProperties": False,
    }
    entries: dict[str, Schema] = {}
    for name, dimension in model.dimensions.items():
        if name in TIME:
            continue
        form = {"type": "string", "pattern": f"^{FINANCIAL_YEAR if dimension.years else MEMBER_ID}$"}
        entries[name] = {
            "title": dimension.title,
            "type": ["object", "array"],
            "items": form,
            "propertyNames": form,
            "additionalProperties": {"anyOf": [TEXT, label]},
        }
    return {"type": "object", "properties": entries, "additionalProperties": False}


def _expected(names: Names, headlines: Sequence[str]) -> Schema:
    """expected.yaml."""
    found = _with_include(shape(ExpectedFile, names))
    for part in ("figures", "calibrated"):
        _about_headlines(found["properties"][part], headlines)
    return found


def _about_headlines(claims: Schema, headlines: Sequence[str]) -> None:
    """Each claim is about one of the headlines."""
    entry = claims["items"]["properties"]["headline"]
    claims["items"]["properties"]["headline"] = {"description": entry["description"], "enum": list(headlines)}


def _answers(names: Names) -> Schema:
    """answers.yaml, which no case is worked out from once it is made."""
    found = shape(AnswersFile, names)
    entries = found["properties"]
    entries["kind"] = {"description": entries["kind"]["description"], "enum": [*shipped("kinds.yaml"), None]}
    entries["trusts"]["items"] = {"anyOf": [TEXT, shape(TrustGiven, names)]}
    entries["capital"]["additionalProperties"] = _POUNDS
    entries["capital"]["propertyNames"] = {"enum": list(FUNDS)}
    site = entries["sites"]["items"]["properties"]
    site["opens"] = {"description": site["opens"]["description"], "pattern": f"^{MONTH}$"}
    site["beside_hospital"] = {"description": site["beside_hospital"]["description"], **YES_OR_NO}
    rooms = {"type": "object", "additionalProperties": number(0, whole=True)}
    site["rooms"] = {"description": site["rooms"]["description"], "anyOf": [{"const": SUGGEST}, rooms]}
    return found


def _with_include(given: Schema) -> Schema:
    """A file that may take in others; what they give need not stand in it."""
    given["properties"][INCLUDE] = _INCLUDE
    needs = given.pop("required", [])
    if needs:
        given["anyOf"] = [{"required": [INCLUDE]}, {"required": needs}]
    return given
