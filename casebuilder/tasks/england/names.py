"""Names as people type them: what is left aside when two are compared, and which others are near."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

# Words that tell nothing of which trust, hospital or district is meant.
_ENDINGS = (
    "nhs foundation trust",
    "national health service trust",
    "nhs trust",
    "foundation trust",
    "limited",
    "ltd",
)
_MOST = 5
Key = TypeVar("Key", str, int)
_NEAR = 0.7


def plain(name: str) -> str:
    """A name in small letters without marks, `&` as `and`, without a leading `the` and what trusts end in."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    text = text.lower().replace("&", " and ").replace("'", "").replace(".", "")
    text = re.sub(r"\bsaint\b", "st", " ".join(re.findall(r"[a-z0-9]+", text)))
    for ending in _ENDINGS:
        text = text.removesuffix(f" {ending}")
    return text.removeprefix("the ")


def holding(words: str, names: Mapping[Key, str]) -> list[Key]:
    """The keys whose plain name has all the words, each from its beginning.

    Parameters
    ----------
    words
        A plain name, or part of one.
    names
        Plain names by key.
    """
    parts = words.split()
    return [
        key
        for key, name in names.items()
        if parts and all(any(word.startswith(part) for word in name.split()) for part in parts)
    ]


def near(word: str, names: Iterable[str], most: int = _MOST) -> list[str]:
    """The nearest of some plain names to a plain word, nearest first; none where none is near.

    A part of a long name counts by itself: `cornwal` is near to one word of `royal cornwall hospitals`.
    """
    alike = {name: max(_alike(word, name), _alike_in_part(word, name)) for name in set(names)}
    close = sorted(alike, key=lambda name: (-alike[name], len(name), name))
    return [name for name in close if alike[name] >= _NEAR][:most]


def _alike(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a, b)
    return matcher.ratio() if matcher.quick_ratio() >= _NEAR else 0.0


def _alike_in_part(word: str, name: str) -> float:
    """How like the most like word is; one letter off in a short word says too little."""
    parts = [part for part in name.split() if part[0] == word[:1] and min(len(part), len(word)) > 3]
    return max((_alike(word, part) for part in parts), default=0.0)


def tidy(name: str) -> str:
    """A name of the DM01 files as people write it: `And`, `Of` and `'S` in small letters within."""
    text = re.sub(r"(?<=[A-Za-z])'S\b", "'s", name)
    for word in ("And", "Of", "Upon", "For", "On"):
        text = re.sub(rf"(?<=[\s-]){word}(?=[\s-])", word.lower(), text)
    return text.replace("National Health Service Trust", "NHS Trust")
