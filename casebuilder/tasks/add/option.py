"""A new option: a copy of another's file, every override of it marked, and its place in case.yaml."""

from __future__ import annotations

from casebuilder.errors import CaseError
from casebuilder.inputs.edit.text import YamlEdit, quoted
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.tasks.add.blocks import Newcomer
from casebuilder.tasks.add.documents import Documents


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
    inputs = copy.root.get("inputs")
    done: set[int] = set()
    for block in inputs.mapping.values() if inputs is not None else ():
        if block.mapping and id(block) not in done and block.get(TO_DO) is None:
            done.add(id(block))
            copy.add_entry(block, TO_DO, newcomer.copied)
    documents.new[path] = copy.result
    case = documents.edit(documents.folder / "case.yaml")
    listed = case.root.get("options")
    items = listed.items if listed is not None else []
    at = next((place for place, item in enumerate(items) if item.text == newcomer.other), None)
    if listed is None or at is None:
        raise CaseError(f"case.yaml does not list {newcomer.other} under options: itself: add one there")
    last = at == len(items) - 1
    case.add_item(listed, items[at - 1] if last and at else None if last else items[at], newcomer.name)
