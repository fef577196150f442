"""names.json: members, options, sources and keys that other schemas refer to, and values by member."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import TIME, Member
from casebuilder.inputs.files.dates import FINANCIAL_YEAR, MONTH
from casebuilder.inputs.files.scalars import MEMBER_ID
from casebuilder.inputs.schema.scalars import TEXT, Schema, number
from casebuilder.inputs.shape.spread import OTHERS

NAMES = "names.json"
# So many members an editor is told to offer as keys; more, and periods, are checked all the same.
_OFFERED = 40
_NO_MEMBER = "not_a_member"


@dataclass(frozen=True)
class Known:
    """What is known of one case; without a case nothing is, and ids are held to their form alone.

    Attributes
    ----------
    members
        The members of each dimension, the periods of time among them.
    options
        The ids of its options.
    sources
        The ids of the sources that it may cite.
    vouched
        The keys of the inputs for which the reference set gives values, so that a case may give less.
    """

    members: Mapping[str, Sequence[Member]] | None = None
    options: Sequence[str] = ()
    sources: Sequence[str] = ()
    vouched: Collection[str] = ()


@dataclass
class Names:
    """Gathers the definitions of names.json while the other schemas are written.

    Attributes
    ----------
    model, known
        The inputs, and what is known of the case.
    definitions
        What was asked for so far, by name.
    """

    model: Model
    known: Known
    definitions: dict[str, Schema] = field(default_factory=dict)

    def refer(self, name: str, schema: Schema | None = None) -> Schema:
        """A reference from another file to a definition, which is kept the first time it is given."""
        if schema is not None:
            self.definitions.setdefault(name, schema)
        return {"$ref": f"{NAMES}#/definitions/{name}"}

    def own(self, name: str, schema: Schema | None = None) -> Schema:
        """The same from within names.json."""
        self.refer(name, schema)
        return {"$ref": f"#/definitions/{name}"}

    def option(self) -> Schema:
        """The id of an option."""
        ids = list(self.known.options)
        return self.refer(
            "option", {"enum": ids} if ids else {"type": "string", "pattern": _whole(MEMBER_ID)}
        )

    def source(self) -> Schema:
        """The id of a source."""
        said = "An id of sources.yaml (L1, L2, ...) or of the shipped register (S1, S2, ...)."
        ids = list(self.known.sources)
        form: Schema = {"enum": ids} if ids else {"type": "string", "pattern": "^([LS][0-9]+|calendar)$"}
        return self.refer("source", {"description": said, **form})

    def key(self) -> Schema:
        """The key of an input."""
        return self.refer("input", {"enum": [declared.key for declared in self.model.inputs]})

    def member(self, dimension: str, held: bool = False) -> Schema:
        """A member or `others`, from within names.json; with `held` any period, on the axis or off it."""
        given = None if held else self.known.members
        title = self.model.dimensions[dimension].title
        if given is not None:
            ids = [each.id for each in given.get(dimension, ())] or [_NO_MEMBER]
            form: Schema = {"enum": [*ids, OTHERS]}
        else:
            right = MONTH if dimension == "month" else MEMBER_ID
            if dimension != "month" and self.model.dimensions[dimension].years:
                right = FINANCIAL_YEAR
            form = {"type": "string", "pattern": f"^({right}|{OTHERS})$"}
        return self.own(f"{dimension}_held" if held else dimension, {"title": title, **form})

    def period(self, over: Sequence[str]) -> str | None:
        """The time axis among some dimensions."""
        return next((name for name in over if name in TIME), None)

    def values(self, over: Sequence[str], leaf: str, held: bool = False) -> str:
        """The name of the definition of values by member, level by level; one value may hold for all below.

        Parameters
        ----------
        over
            The dimensions, the outermost first.
        leaf
            The name of the definition of a value.
        held
            Whether periods off the axis may be named.
        """
        dimension, *rest = over
        below = self.own(leaf)
        if rest:
            below = {"anyOf": [below, self.own(self.values(rest, leaf, held))]}
        off = held and self.period(over) is not None
        name = f"{leaf}_by_{'_'.join(over)}{'_held' if off else ''}"
        self.refer(name, self._by(dimension, below, held and dimension in TIME))
        return name

    def _by(self, dimension: str, below: Schema, held: bool) -> Schema:
        """A mapping from the members of one dimension."""
        given = self.known.members
        ids = [each.id for each in given.get(dimension, ())] if given is not None else []
        keys = self.member(dimension, held)
        form: Schema = {"type": "object", "propertyNames": keys, "additionalProperties": below}
        if 0 < len(ids) <= _OFFERED and dimension not in TIME:
            # The members by name for an editor to offer; what stands under each is said once, for any key.
            form |= {"properties": {id: {} for id in (*ids, OTHERS)}, "patternProperties": {"": below}}
            del form["additionalProperties"]
        return form

    def in_any_order(self, over: Sequence[str], leaf: str) -> Schema:
        """The same for a block that nests its dimensions in another order than the input's."""
        name = f"{leaf}_in_any_order_by_{'_'.join(over)}"
        keys = [self.member(dimension, dimension in TIME) for dimension in over]
        below = {"anyOf": [self.own(leaf), self.own(name)]}
        form = {"type": "object", "propertyNames": {"anyOf": keys}, "additionalProperties": below}
        return self.own(name, form)

    def range_of(self, over: Sequence[str]) -> Schema:
        """A range: a pair of numbers, values listed or a column, or factors; for all values or by member."""
        numbers = {"type": "array", "items": self.own("number", number())}
        pair = {**numbers, "minItems": 2, "maxItems": 2}
        listed = _only({"values": {**numbers, "minItems": 1}, "chances": {**numbers, "minItems": 1}})
        forms = [pair, listed, _only({"file": TEXT, "column": TEXT})]
        said = "A pair of numbers, the lower first: [0.8, 1.2]; {factor: [0.8, 1.2]}, times the value; or "
        said += "{values: [1, 2], chances: [0.4, 0.6]}; or {file: data/NAME.csv, column: NAME}."
        by_factor = _only({"factor": {"anyOf": forms}})
        one = self.own("range", {"description": said, "anyOf": [*forms, by_factor]})
        return {"anyOf": [one, self.in_any_order(over, "range")]} if over else one

    def to_do(self, over: Sequence[str]) -> Schema:
        """What is still to be done: one text, or one by member."""
        one = self.own("text", TEXT)
        return {"anyOf": [one, self.in_any_order(over, "text")]} if over else one


def _only(entries: Schema) -> Schema:
    """A mapping with these entries, all of them and no other."""
    return {
        "type": "object",
        "properties": entries,
        "required": list(entries),
        "additionalProperties": False,
    }


def _whole(pattern: str) -> str:
    return f"^{pattern}$"
