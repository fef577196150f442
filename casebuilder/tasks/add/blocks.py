"""A new member in the blocks of a case: beside another, with its values, and marked as copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casebuilder.errors import CaseError
from casebuilder.inputs.assumed.apart import APART
from casebuilder.inputs.edit.table import half
from casebuilder.inputs.edit.text import Part, Span, YamlEdit, quoted
from casebuilder.inputs.files.scalars import shown
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.shape.spread import OTHERS
from casebuilder.tasks.add.documents import Documents, Found

PROVIDER = "provider"
# Shares that sum to one over trusts. Of patients, cost and risk a new trust takes half of the other's.
DIVIDED = frozenset(("hosting.network_share", "lists.catchment", "governance.bears"))
# Of these it has none until somebody says so, as written: one trust runs a centre or leads, a trust that
# owns nothing has nothing to bring to a pool, and another's signature is not its own.
NONE_YET: Mapping[str, str | float] = {
    **dict.fromkeys(
        ("hosting.hosts", "hosting.employs", "hosting.owns", "governance.lead", "procurement.joins"), 0.0
    ),
    "commitment.stage": "offered",
    "commitment.signed_by": "nobody",
    "commitment.signed_month": 0.0,
    "commitment.stands_until": 0.0,
}


@dataclass
class Newcomer:
    """A member that is added, and the one that it is like.

    Attributes
    ----------
    dimension
        Whose member it is.
    name, other
        Both ids.
    label
        What it is called.
    clashes
        The dimensions that have a member of that name already.
    """

    dimension: str
    name: str
    other: str
    label: str
    clashes: frozenset[str] = frozenset()

    @property
    def copied(self) -> str:
        """What is to be done about a value of it."""
        return f"copied from {self.other}"

    @property
    def none_yet(self) -> str:
        """What is to be done about what the other has and a new trust has not."""
        return f"none yet, unlike {self.other}"

    def none_of(self, key: str) -> bool:
        """Whether it has none of an input until somebody says so."""
        return self.dimension == PROVIDER and key in NONE_YET

    def said_of(self, what: str) -> bool:
        """Whether something to do is about it."""
        return any(words in what for words in (self.copied, self.shared, self.none_yet))

    @property
    def shared(self) -> str:
        """What is to be done about a share of the other's that was divided."""
        return f"share divided with {self.name}"


@dataclass
class BlockCopier:
    """Puts a newcomer into one block after another; those that are one by alias are changed once.

    Attributes
    ----------
    documents
        The files.
    newcomer
        Who is added.
    over
        The dimensions of every input, by key.
    columns
        For each table the columns that name members of the dimension, and those whose numbers are divided.
    """

    documents: Documents
    newcomer: Newcomer
    over: Mapping[str, Sequence[str]]
    columns: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    _done: set[int] = field(default_factory=set)
    _copied: dict[int, bool] = field(default_factory=dict)

    def put(self, found: Found) -> None:
        """Put it into one block, if the block is by its dimension and names the other."""
        block, own = found.block, found.block.get("over")
        over = [item.text or "" for item in own.items] if own else list(self.over.get(found.key, ()))
        dimension = self.newcomer.dimension
        if id(block) in self._done or dimension not in over:
            return
        self._done.add(id(block))
        by_trust = dimension == PROVIDER
        divided = by_trust and found.key in DIVIDED
        table, column = block.get("table"), block.get("column")
        if table is not None and table.text:
            names = self.columns.setdefault(table.text, (set(), set()))
            names[0].add(dimension)
            self._copy_apart(found.edit, block, over)
            if divided:
                names[1].add((column.text if column else None) or found.key.rpartition(".")[2])
            return
        values, ranges, at = block.get("values"), block.get("range"), over.index(dimension)
        none = self.newcomer.none_of(found.key)
        nothing = shown(NONE_YET[found.key]) if none else None
        new = [
            self._descend(found.edit, part, at, nothing if part is values else None, divided=divided)
            for part in (values, ranges)
            if part is not None
        ]
        if any(new):
            if not none:
                self._copy_apart(found.edit, block, over)
            self._mark(found.edit, block, over, divided=divided, none=none)

    def _descend(
        self, edit: YamlEdit, part: Part, depth: int, value: str | None, *, divided: bool = False
    ) -> bool:
        """Copy the other's entry wherever it stands; whether there is one."""
        if not part.mapping:
            return False
        if id(part) in self._copied:
            return self._copied[id(part)]
        if depth:
            found = [
                self._descend(edit, child, depth - 1, value, divided=divided)
                for child in part.mapping.values()
            ]
            new = any(found)
        elif self.newcomer.name in part.mapping:
            new = False
        elif self.newcomer.other in part.mapping:
            new = self._copy(edit, part, value, divided)
        else:
            new = divided and self._copy_others(edit, part)
        self._copied[id(part)] = new
        return new

    def _copy(self, edit: YamlEdit, part: Part, value: str | None, divided: bool) -> bool:
        name, other = self.newcomer.name, self.newcomer.other
        if value is not None and (rest := part.get(OTHERS)) is not None and not half(rest.text or ""):
            return False  # what the others have is none already
        halves: dict[Span, str] = {}
        if divided:
            halves = self._halves(part, other)
            for span, text in halves.items():
                edit.replace(span, text)
        edit.copy_entry(part, other, name, value, halves)
        return True

    def _copy_others(self, edit: YamlEdit, part: Part) -> bool:
        """Divide what the other has as one of the others: both then stand by name."""
        rest = part.get(OTHERS)
        share = half(rest.text or "") if rest is not None else ""
        if not share:
            return False
        edit.copy_entry(part, OTHERS, self.newcomer.other, share)
        edit.copy_entry(part, OTHERS, self.newcomer.name, share)
        return True

    def _copy_apart(self, edit: YamlEdit, block: Part, over: Sequence[str]) -> None:
        """What vouches for the other's values apart from the rest of a block vouches for the copies too."""
        newcomer, said = self.newcomer, block.get(APART)
        if said is None or id(said) in self._done or newcomer.clashes.intersection(over):
            return
        self._done.add(id(said))
        for key in said.mapping:
            members = [member.strip() for member in key.split(",")]
            if newcomer.other in members:
                new = ",".join(newcomer.name if each == newcomer.other else each for each in members)
                edit.copy_entry(said, key, f'"{new}"' if len(members) > 1 else new)

    def _halves(self, part: Part, key: str) -> dict[Span, str]:
        """Half of each number under a key, by its place; factors of a range stay."""
        child, span = part.mapping[key], part.spans[key]
        if child.span != span:
            message = f"{key} has its shares by an alias: write them out, so that they can be divided"
            raise CaseError(message)
        if "factor" in child.mapping:
            return {}
        leaves = [leaf for leaf in child.walk() if leaf.text is not None]
        return {leaf.span: text for leaf in leaves if (text := half(leaf.text or ""))}

    def _mark(self, edit: YamlEdit, block: Part, over: Sequence[str], *, divided: bool, none: bool) -> None:
        """Say in a block what was copied, what was divided, and what the newcomer has not."""
        newcomer = self.newcomer
        texts = {newcomer.other: newcomer.shared} if divided else {}
        texts[newcomer.name] = newcomer.none_yet if none else newcomer.copied
        said = block.get(TO_DO)
        # A member of another dimension that stands before this one would be meant.
        before = over[: over.index(newcomer.dimension)]
        mistaken = any(name in newcomer.clashes for name in before)
        if said is not None and said.text is not None:
            return  # all of it is to be done
        if mistaken:
            if said is None:
                edit.add_entry(block, TO_DO, quoted(f"{newcomer.name}: {texts[newcomer.name]}"))
            return
        if said is None:
            entries = ", ".join(f"{member}: {quoted(text)}" for member, text in texts.items())
            edit.add_entry(block, TO_DO, f"{{{entries}}}")
            return
        for member, text in texts.items():
            if member not in said.mapping:
                edit.add_entry(said, member, quoted(text))
