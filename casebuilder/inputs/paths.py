"""The tables that YAML names: inside the folder of the case or of the reference set."""

from __future__ import annotations

from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.yaml import Node


def table_path(node: Node, root: Path, faults: list[Fault]) -> Path | None:
    """The file that a `table:` entry means; None, with a fault, where there is none.

    Parameters
    ----------
    node
        The entry: a path from the root.
    root
        The case folder, or that of the reference set.
    faults
        Takes what is wrong.
    """
    name = node.text or ""
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        faults.append(node.place.fault(f"{name} lies outside {root.name}"))
    elif not path.is_file():
        faults.append(node.place.fault(f"there is no file {name} in {root.name}"))
    else:
        return path
    return None
