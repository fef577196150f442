"""The YAML files that ship under `templates/`: ours, so they are read without ceremony."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from casebuilder.resources import resource


@cache
def template(name: str) -> dict[str, Any]:
    """The content of a shipped YAML template, such as `workbook/styles.yaml`."""
    with resource(f"templates/{name}").open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.safe_load(stream)
    return content
