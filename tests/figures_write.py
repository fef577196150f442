"""`python -m tests.figures_write` puts what the cases give in the place of stale figures of documents.

Only figures change, never words: what a sentence says of them has to be read again, so each is printed.
Documents may be named after it; without, all are written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from tests.figures import (
    DOCUMENTS,
    REGISTER,
    ROOT,
    Figure,
    figures,
    pattern,
    register,
    text_of,
    written_like,
)


def anew(figure: Figure) -> str:
    """The figure as the case gives it, written as it was; itself where it holds."""
    value = figure.value()
    return figure.written if figure.holds(value) else written_like(value, figure.written, figure.unit)


def quotations(file: str) -> Iterator[Mapping[str, Any]]:
    """The entries of the register that quote a document, in its order."""
    yield from (register().get(file) or {}).get("figures", ())


def main() -> None:
    """Rewrite the documents and the register, and print each figure that changed."""
    quoted_anew = REGISTER.read_text(encoding="utf-8")
    found = {file: list(figures(file)) for file in sys.argv[1:] or DOCUMENTS}
    for file, held in found.items():
        changes = {figure.start: (figure, anew(figure)) for figure in held}
        text = text_of(file)
        in_order = iter(held)
        for entry in quotations(file):
            quoted = entry["text"]
            now = quoted
            place = 0
            for written in re.findall(r"\[([^\]]+)\]", quoted):
                new = changes[next(in_order).start][1]
                at = now.index(f"[{written}]", place)
                now = f"{now[:at]}[{new}]{now[at + len(written) + 2 :]}"
                place = at + len(new) + 2
            if now != quoted:
                quoted_anew, count = pattern(quoted).subn(lambda _, now=now: now, quoted_anew, count=1)
                if not count:
                    print(f"{REGISTER.name}: not found as it stands: {quoted!r}")
        for start in sorted(changes, reverse=True):
            figure, new = changes[start]
            if new != figure.written:
                match = pattern(figure.written).match(text, start)
                assert match is not None
                text = text[:start] + new + text[match.end() :]
                print(f"{file}: {figure.written} → {new} ({figure.of})")
        (ROOT / file).write_text(text, encoding="utf-8")
    REGISTER.write_text(quoted_anew, encoding="utf-8")


if __name__ == "__main__":
    main()
