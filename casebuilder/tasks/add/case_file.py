"""A new member in case.yaml: among the members, in the pairs, and in what binds the choice of sites."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.errors import CaseError
from casebuilder.inputs.edit.text import Part, YamlEdit, quoted
from casebuilder.tasks.add.blocks import PROVIDER, BlockCopier, Newcomer
from casebuilder.tasks.add.own_lists import TEST

NOTHING = Part((0, 0), {})


def put_into_case(
    edit: YamlEdit,
    newcomer: Newcomer,
    copier: BlockCopier,
    labels: dict[str, dict[str, str]],
    lacking: Sequence[str] | None = None,
) -> None:
    """Put a newcomer into case.yaml.

    Parameters
    ----------
    edit
        case.yaml.
    newcomer
        Who is added.
    copier
        Takes the tables that give members or pairs.
    labels
        Takes, for a table that gives the members, the column of their label and what stands there.
    lacking
        The tests that a new trust does not do; None where it is taken to do those of the other.

    Raises
    ------
    CaseError
        The case does not list the members of that dimension.
    """
    entry = (edit.root.get("members") or NOTHING).get(newcomer.dimension)
    if entry is None:
        what = f"case.yaml does not list its members of {newcomer.dimension}: list them, then add one"
        raise CaseError(what)
    _members(edit, entry, newcomer, copier, labels)
    for pairs in (edit.root.get("pairs") or NOTHING).items:
        _pairs(edit, pairs, newcomer, copier, lacking)
    if newcomer.dimension == "site":
        _priorities(edit, edit.root.get("priorities") or NOTHING, newcomer)


def _members(
    edit: YamlEdit, entry: Part, newcomer: Newcomer, copier: BlockCopier, labels: dict[str, dict[str, str]]
) -> None:
    table, column, label = (
        part.text if (part := entry.get(key)) else None for key in ("table", "id", "label")
    )
    if table and column:
        copier.columns.setdefault(table, (set(), set()))[0].add(column)
        if label:
            labels.setdefault(table, {})[label] = newcomer.label
    elif entry.mapping:
        edit.copy_entry(entry, newcomer.other, newcomer.name, quoted(newcomer.label))
    else:
        edit.add_item(entry, _item(entry, newcomer.other), newcomer.name)


def _pairs(
    edit: YamlEdit, pairs: Part, newcomer: Newcomer, copier: BlockCopier, lacking: Sequence[str] | None
) -> None:
    """Of the first dimension an entry is copied; of the second the newcomer joins each list."""
    over = [item.text for item in (pairs.get("over") or NOTHING).items]
    if newcomer.dimension not in over:
        return
    table = pairs.get("table")
    if table is not None and table.text:
        copier.columns.setdefault(table.text, (set(), set()))[0].add(newcomer.dimension)
    without = pairs.get("without")
    if lacking is not None and over == [PROVIDER, TEST] and table is not None:
        if lacking and without is not None and without.mapping:
            edit.add_entry(without, newcomer.name, f"[{', '.join(lacking)}]")
        return
    done: set[int] = set()
    for given in (pairs.get("members"), without):
        if given is None:
            continue
        if over[0] == newcomer.dimension:
            if newcomer.other in given.mapping:
                edit.copy_entry(given, newcomer.other, newcomer.name)
            continue
        for list_ in given.mapping.values():
            other = _item(list_, newcomer.other)
            if other is not None and id(list_) not in done:
                done.add(id(list_))
                edit.add_item(list_, other, newcomer.name)


def _priorities(edit: YamlEdit, given: Part, newcomer: Newcomer) -> None:
    """It needs what the other needs, and excludes what the other excludes; nothing needs it."""
    needs = given.get("needs")
    if needs is not None and newcomer.other in needs.mapping:
        edit.copy_entry(needs, newcomer.other, newcomer.name)
    excludes = given.get("excludes") or NOTHING
    for pair in excludes.items:
        if _item(pair, newcomer.other) is not None:
            ids = [newcomer.name if item.text == newcomer.other else item.text or "" for item in pair.items]
            edit.add_item(excludes, pair, f"[{', '.join(ids)}]")


def _item(entry: Part, id: str) -> Part | None:
    return next((item for item in entry.items if item.text == id), None)
