"""Write a file of assumptions: blocks as YAML that people read and go on editing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_WIDTH = 130
_LONG_TEXT = 90
_ROOM = 120


class _Dumper(yaml.SafeDumper):
    """Short leaves in brackets, long text folded, and no aliases: each block can be edited by itself."""

    def ignore_aliases(self, data: Any) -> bool:
        """No block is written as another's."""
        return True

    def represent(self, data: Any) -> None:
        """A whole document, never in brackets itself."""
        node: Any = self.represent_data(data)
        node.flow_style = False
        self.serialize(node)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        """In brackets where it is short and holds nothing but short texts and numbers, or a short list."""
        node = super().represent_mapping(tag, mapping, flow_style)
        pairs = [part for pair in node.value for part in pair]
        node.flow_style = all(map(_short, pairs)) and sum(map(_length, pairs)) <= _ROOM
        return node

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        """The same of a list."""
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = all(map(_short, node.value)) and sum(map(_length, node.value)) <= _ROOM
        return node


def _short(node: Any) -> bool:
    return node.style != ">" if isinstance(node, yaml.ScalarNode) else bool(node.flow_style)


def _length(node: yaml.Node) -> int:
    """How wide a node is in brackets."""
    if isinstance(node, yaml.ScalarNode):
        return len(node.value) + 2
    parts = [part for each in node.value for part in (each if isinstance(each, tuple) else (each,))]
    return 2 + sum(map(_length, parts))


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    """A long text is folded."""
    style = ">" if len(value) > _LONG_TEXT else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    """A number as people type it: 12 for 12.0, 1_000_000, and no power of ten."""
    text = f"{value:.10g}"
    if "e" in text:
        text = f"{value:.12f}".rstrip("0").rstrip(".")
    if abs(value) >= 10_000 and float(value).is_integer():
        text = f"{int(value):_}"
    tag = "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int"
    return dumper.represent_scalar(tag, text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(int, _number)


def yaml_text(blocks: Mapping[str, Any], heading: str) -> str:
    """A file of YAML: a heading as a comment, then each entry with a blank line before it.

    Parameters
    ----------
    blocks
        What stands under each key, in order: texts, numbers, lists and mappings of them.
    heading
        What the file is about, in one or more lines.
    """
    text = "\n".join(f"# {line}" for line in heading.splitlines()) + "\n"
    among_lines = False
    for key, value in blocks.items():
        body = yaml.dump(
            {key: value},
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=_WIDTH,
            default_flow_style=False,
        )
        one_line = body.count("\n") == 1
        text += body if one_line and among_lines else f"\n{body}"
        among_lines = one_line
    return text
