"""The mistakes of mistakes.yaml: how each damages the starter case, and how its message mends it.

Keys of a mistake:

- `file`, `old`, `new`: some text of a file and what was typed in its stead. What stands between « » in `new`
  is the slip; the cure puts there what the message says to write.
- `each`: every such text of the file replaced. `save`: the file in another encoding, or as a workbook.
- `rename`, `copy`: files, from and to. `add`: a new file of the text `new`. `set`: a `--set`. `case`: what
  was given for the case, from its folder on. `whole`: it is told by the whole check, not on reading.
- `says`: words of the message, cause and place. `line`: where it points, if not at the line of the slip;
  `named`: the file that it names, if not the one damaged. `warning`: it is one.
- `find`: a pattern whose first group is what the message says to write (`write` and `meant` stand for the
  usual words), and `by` how it goes into the file. `fill`: what only the author can know, so that the message
  says what kind of thing is needed and the test fills the blank; or nothing, where it says to delete.
- `cured`: `save` for what is saved anew, `delete` for a file to be deleted, false where the author decides.
- `common`: its place among the twenty commonest, which docs/mistakes.md shows, with `title`, what is
  `typed` if that is not `new`, and how to `mend` it.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casebuilder.case import Case, load_case
from casebuilder.errors import Fault, InputError
from casebuilder.tasks.whole_check import whole_check

HERE = Path(__file__).parent
MISTAKES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "mistakes.yaml").read_text(encoding="utf-8"))
_USUAL = {
    "write": r"write (.+?)(?:$|; |: | if | for | without | in plain | \()",
    "meant": r"did you mean '([^']+)'\?",
}
_SLIP = re.compile("«(.*?)»", re.DOTALL)


@dataclass(frozen=True)
class Told:
    """What was said of a mistake: every fault, and what was noticed beside them."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


class Mistake:
    """One mistake in a copy of the starter case."""

    def __init__(self, name: str, folder: Path) -> None:
        """Keep what it is and where the copy stands."""
        self.given = MISTAKES[name]
        self.folder = folder
        self.sets: list[str] = []
        self.case = str(folder)
        self._before: bytes = b""

    @property
    def path(self) -> Path:
        """The file that is damaged."""
        return self.folder / self.given.get("file", self.given.get("add", "case.yaml"))

    def make(self) -> None:
        """Damage the case."""
        given = self.given
        if "file" in given:
            self._before = self.path.read_bytes()
        if "old" in given:
            self._replace(bare(given["old"]), bare(given["new"]))
        if "each" in given:
            self._write(self._read().replace(*given["each"]))
        if "add" in given:
            self.path.write_text(bare(given["new"]), encoding="utf-8")
        for old, new in {**given.get("rename", {})}.items():
            (self.folder / old).rename(self.folder / new)
        for old, new in {**given.get("copy", {})}.items():
            shutil.copy(self.folder / old, self.folder / new)
        if given.get("save") == "xlsx":
            self.path.write_bytes(b"PK\x03\x04" + self._before)
        elif "save" in given:
            self.path.write_bytes(self._read().encode(given["save"]))
        if "set" in given:
            self.sets = [bare(given["set"])]
        if "case" in given:
            self.case = str(self.folder / given["case"])

    def line(self) -> int:
        """The line that the message should point at."""
        if "line" in self.given:
            return int(self.given["line"])
        if "old" not in self.given:
            return 1
        text, new = self._read(), self.given["new"]
        at = text.index(bare(new)) + new.index("«")
        return text.count("\n", 0, at) + 1

    def told(self) -> Told:
        """What the program says."""
        try:
            case = load_case(self.case, self.sets)
        except InputError as error:
            return Told(tuple(error.faults), tuple(error.warnings))
        found = whole_check(case).faults if self.given.get("whole") else ()
        return Told(tuple(found), case.inputs.warnings + case.inputs.gaps)

    def the_message(self) -> Fault:
        """The fault, or the warning, that has the words; the first of the faults where none has."""
        told = self.told()
        both = (*told.faults, *told.warnings)
        assert both, "nothing is said"
        fitting = [fault for fault in both if all(word in str(fault) for word in self.given["says"])]
        assert fitting, [str(fault).replace(str(self.folder), "") for fault in both]
        found = fitting[0]
        assert self.given.get("warning") or told.faults, "only a warning"
        return found

    def cure(self, fault: Fault) -> Case:
        """Do what the message says, to the letter, and read the case again."""
        given = self.given
        wanted = ""
        if "find" in given:
            pattern = _USUAL.get(given["find"], given["find"])
            found = re.search(pattern, fault.message)
            assert found, f"nothing to write in: {fault.message}"
            wanted = given.get("by", "{1}").replace("{1}", found[1].rstrip("."))
        if "fill" in given:
            wanted = given["fill"]
        if given.get("cured") == "save":
            self.path.write_bytes(self._before)
        elif given.get("cured") == "delete":
            Path(fault.file).unlink()
        elif "rename" in given:
            (new,) = given["rename"].values()
            target = wanted if "/" in wanted else str(Path(new).parent / wanted)
            (self.folder / new).rename(self.folder / target)
        elif "set" in given:
            text = given["set"]
            self.sets = _SLIP.sub(lambda _: wanted, text).split(" --set ")
        elif "case" in given:
            self.case = wanted
        else:
            new = given["new"]
            self._replace(bare(new), _SLIP.sub(lambda _: wanted, new))
        return load_case(self.case, self.sets)

    def _read(self) -> str:
        return self.path.read_bytes().decode("utf-8")

    def _write(self, text: str) -> None:
        self.path.write_bytes(text.encode("utf-8"))

    def _replace(self, old: str, new: str) -> None:
        text = self._read()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {self.path.name}"
        self._write(text.replace(old, new))


def bare(text: str) -> str:
    """A text without the marks of the slip."""
    return text.replace("«", "").replace("»", "")
