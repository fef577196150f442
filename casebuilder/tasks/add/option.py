"""A new option: a copy of another's file, marked, also in scenarios, and its place in case.yaml."""

from __future__ import annotations

from casebuilder.errors import CaseError
from casebuilder.inputs.edit.text import Part, YamlEdit, quoted
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.tasks.add.blocks import Newcomer
from casebuilder.tasks.add.documents import Documents

_OPTIONS = "options"


def add_option(documents: Documents, newcomer: Newcomer) -> None:
    """Copy an option's file, and list the new one after the other, or before it where that is put forward.

    Raises
    ------
    CaseError
        A file of that name is there already.
    """
    folder = documents.folder / "options"
    path = (folder / f"{newcomer.name}.yaml").resolve()
    if path.exists():
        raise CaseError(
            f"options/{path.name} is there already, and no option of the case: move it away first"
        )
    copy = YamlEdit(documents.edit(folder / f"{newcomer.other}.yaml").text)
    label = copy.root.get("label")
    if label is not None:
        copy.replace(copy.root.spans["label"], quoted(newcomer.label))
    _mark(copy, copy.root.get("inputs"), newcomer)
    documents.new[path] = copy.result
    _copy_in_scenarios(documents, newcomer)
    case = documents.edit(documents.folder / "case.yaml")
    listed = case.root.get("options")
    items = listed.items if listed is not None else []
    at = next((place for place, item in enumerate(items) if item.text == newcomer.other), None)
    if listed is None or at is None:
        raise CaseError(f"case.yaml does not list {newcomer.other} under options: itself: add one there")
    last = at == len(items) - 1
    case.add_item(listed, items[at - 1] if last and at else None if last else items[at], newcomer.name)


def _mark(edit: YamlEdit, inputs: Part | None, newcomer: Newcomer) -> None:
    """Say in each block that it is copied; those that are one by alias are marked once."""
    done: set[int] = set()
    for block in inputs.mapping.values() if inputs is not None else ():
        if block.mapping and id(block) not in done and block.get(TO_DO) is None:
            done.add(id(block))
            edit.add_entry(block, TO_DO, newcomer.copied)


def _copy_in_scenarios(documents: Documents, newcomer: Newcomer) -> None:
    """Give the new one what each scenario gives to the other, so that the two are alike in it too."""
    for path, edit in documents.scenarios().items():
        own = edit.root.get(_OPTIONS)
        if own is None or newcomer.other not in own.mapping or newcomer.name in own.mapping:
            continue
        edit.copy_entry(own, newcomer.other, newcomer.name)
        both = YamlEdit(edit.result)
        _mark(both, both.root.mapping[_OPTIONS].mapping[newcomer.name], newcomer)
        documents.new[path] = both.result
