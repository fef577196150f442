"""What of a case is still a placeholder or copied: of its values, and of what is no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.decision import DECISION
from casebuilder.inputs.shape.sources import SOURCES
from casebuilder.inputs.values import InputValues, Members, ToDo, Value


def of_values(values: Iterable[InputValues], folder: Path) -> list[ToDo]:
    """What is to be done about the values of some inputs, in their order.

    The values of one input, in the base case or in one option, that say the same stand together.

    Parameters
    ----------
    values
        The inputs.
    folder
        The case's, for the short names of its files.
    """
    return [to_do for given in values for to_do in _of_input(given, folder)]


def of_texts(files: Files, case: Node) -> list[ToDo]:
    """What is to be done about case.yaml, decision.yaml with its reasons, and the case's own sources.

    Parameters
    ----------
    files
        The case's files, which were read before.
    case
        The mapping of case.yaml.
    """
    entry = case.get(TO_DO)
    found = [_of_text("case", item, files) for item in (entry.items if entry else [])]
    decision, sources = (_mapping(files, name) for name in (DECISION, SOURCES))
    found += [_of_text("decision", decision.get(TO_DO), files)]
    reasons = decision.get("reasons")
    found += [
        _of_text("decision.reasons", reason.get(TO_DO), files)
        for reason in (reasons.items if reasons else [])
    ]
    found += [_of_text(f"sources.{id}", source.get(TO_DO), files) for id, source in sources.mapping.items()]
    return [each for each in found if each is not None]


def _mapping(files: Files, name: str) -> Node:
    path = files.folder / name
    node = files.load(path) if path.is_file() else None
    return node or Node(Place(name), {})


def _of_text(key: str, node: Node | None, files: Files) -> ToDo | None:
    said = " ".join((node.text or "").split()) if node else ""
    if node is None or not said:
        return None
    return ToDo(key, said, node.place._replace(file=files.short(node.place.file)))


def _of_input(given: InputValues, folder: Path) -> Iterator[ToDo]:
    layers: list[tuple[str | None, Mapping[Members, Value]]] = [(None, given.base), *given.options.items()]
    for option, values in layers:
        groups: dict[str, list[Members]] = {}
        for members, value in values.items():
            if value.to_do:
                groups.setdefault(value.to_do, []).append(members)
        for what, mine in groups.items():
            origin = given.origin(option, mine[0])
            block = Place(origin.file, origin.line, origin.column)
            members = _named(mine, list(values))
            first = values[mine[0]].place
            place = _short(first, block, folder) if members and first else block
            yield ToDo(given.input.key, what, place, origin.source, option, members, tuple(mine))


def _short(place: Place, block: Place, folder: Path) -> Place:
    """Where a value stands, its file named within the case; where its block does, if it lies elsewhere."""
    path = Path(place.file)
    if path.is_relative_to(folder):
        return place._replace(file=path.relative_to(folder).as_posix())
    return place._replace(file=block.file) if path.name == Path(block.file).name else block


def _named(mine: Sequence[Members], every: Sequence[Members]) -> tuple[str, ...]:
    """Some combinations among all, in as few words: nothing for all, else members of one dimension."""
    if len(mine) == len(every):
        return ()
    own = set(mine)
    for place in range(len(mine[0])):
        members = dict.fromkeys(each[place] for each in mine)
        if own == {each for each in every if each[place] in members}:
            return tuple(members)
    return tuple(",".join(each) for each in mine)
