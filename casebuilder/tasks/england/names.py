"""Names as people type them: what is left aside when two are compared, and which others are near."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
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
_SHORT = 3
# A word of more names than these says little of which is meant, as a word of what all of them are.
_FEW = 5
_GENERIC = frozenset(("care", "health", "healthcare", "community", "services", "hospital", "hospitals"))
# Nobody's name is longer, and what is pasted by mistake may be.
_LONGEST = 200


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
    alike = _alike(word[:_LONGEST])
    found = {name: max(map(alike, (name, *_parts(word, name)))) for name in set(names)} if word else {}
    close = sorted(found, key=lambda name: (-found[name], len(name), name))
    return [name for name in close if found[name] >= _NEAR][:most]


def kin(words: str, names: Mapping[Key, str], most: int = _MOST) -> list[Key]:
    """The keys whose plain name shares a word that few names have, such as a place; most alike first.

    Of two words one may begin with the other: `derbyshire` and `derby`.
    """
    weights: dict[Key, float] = {}
    for part in {part for part in words[:_LONGEST].split() if len(part) > _SHORT} - _GENERIC:
        sharing = [key for key, name in names.items() if any(_begins(part, word) for word in name.split())]
        if len(sharing) <= _FEW:
            for key in sharing:
                weights[key] = weights.get(key, 0.0) + 1 / len(sharing)
    return sorted(weights, key=lambda key: (-weights[key], names[key]))[:most]


def _begins(one: str, other: str) -> bool:
    return min(len(one), len(other)) > _SHORT and (one.startswith(other) or other.startswith(one))


def _alike(word: str) -> Callable[[str], float]:
    """How like a word another is; 0 where it is not near."""
    matcher = SequenceMatcher(None)
    matcher.set_seq2(word)

    def ratio(other: str) -> float:
        matcher.set_seq1(other)
        near_at_all = matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR
        return matcher.ratio() if near_at_all else 0.0

    return ratio


def _parts(word: str, name: str) -> list[str]:
    """The words of a name that begin like a word; one letter off in a short word says too little."""
    if len(word) <= _SHORT:
        return []
    return [part for part in name.split() if part[0] == word[0] and len(part) > _SHORT]


def tidy(name: str) -> str:
    """A name of the DM01 files as people write it: `And`, `Of` and `'S` in small letters within."""
    text = re.sub(r"(?<=[A-Za-z])'S\b", "'s", name)
    for word in ("And", "Of", "Upon", "For", "On"):
        text = re.sub(rf"(?<=[\s-]){word}(?=[\s-])", word.lower(), text)
    return text.replace("National Health Service Trust", "NHS Trust")
