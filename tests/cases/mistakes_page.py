"""docs/mistakes.md: the twenty commonest mistakes, the message of each as printed, and what mends it.

`python -m tests.cases.mistakes_page` writes it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.cases.mistakes import MISTAKES, Mistake, bare
from tests.cases.starter import starter

PAGE = Path(__file__).parents[2] / "docs" / "mistakes.md"
_HEAD = """# Twenty mistakes, what is said of each, and what mends it

Each was made in the case that `casebuilder new` makes of one centre; the message is as `casebuilder check`
prints it, from the file on. A message names the file, the line and the column, says what is wrong, and says
what to write wherever that can be told. All faults of a case are shown at once: mend the first of a file
before the others, which may follow from it. This page is written by a test, which makes each mistake, does
what the message says and holds that the case is then as it was (tests/cases/mistakes.yaml has these and a
hundred more).

In a CSV table, and in the form that `casebuilder intake` writes, `£1.2m`, `600k`, `35%`, `"1,200,000"` and
`(1,200)` for minus are read as they are typed. YAML takes plain numbers, since any program that reads it
must read the same: the message says which.
"""


def commonest() -> dict[int, str]:
    """The names of the twenty, by place."""
    return {int(each["common"]): name for name, each in MISTAKES.items() if "common" in each}


def page_text(folder: Path) -> str:
    """The page, its messages made anew in a folder of their own."""
    parts = [_HEAD]
    for place, name in sorted(commonest().items()):
        copy = folder / str(place) / "my_bid"
        shutil.copytree(starter(), copy)
        mistake = Mistake(name, copy)
        mistake.make()
        told = str(mistake.the_message()).replace(f"{copy.parent}/", "")
        typed = mistake.given.get("typed") or bare(mistake.given["new"]).strip("\n")
        title, mend = mistake.given["title"], mistake.given["mend"]
        parts.append(f"\n## {place}. {title}\n\n{_block(typed)}\n\n{_block(told)}\n\n{mend}\n")
    return "".join(parts)


def _block(text: str) -> str:
    """A text as it stands, indented as code."""
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PAGE.write_text(page_text(Path(place)), encoding="utf-8")
