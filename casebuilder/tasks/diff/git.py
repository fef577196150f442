"""Git revisions of a case folder, read with the git program where it is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from casebuilder.errors import CaseError
from casebuilder.inputs.read import CASE
from casebuilder.resources import resource

_SHORT = 10


@dataclass(frozen=True)
class Revision:
    """A case folder as it stood in a commit.

    Attributes
    ----------
    given
        As it was typed: `REV:path`.
    commit
        The commit's full id.
    repository
        The folder of the repository.
    path
        The case's path within it; empty where the repository is the case.
    """

    given: str
    commit: str
    repository: Path
    path: str

    def at(self, commit: str) -> Revision:
        """The same case at another commit."""
        return Revision(f"{commit[:_SHORT]}:{self.path or '.'}", commit, self.repository, self.path)

    def unpacked(self, into: Path) -> Path:
        """Write its files below a folder; gives the folder of the case, named as it is.

        Raises
        ------
        CaseError
            Git cannot read it, or the case holds a link that leads out of it.
        """
        name = Path(self.path).name or self.repository.name
        folder = into / name
        tree = f"{self.commit}:{self.path}" if self.path else self.commit
        with tarfile.open(fileobj=BytesIO(_run(self.repository, "archive", "--format=tar", tree))) as packed:
            for member in packed.getmembers():
                path = folder / member.name
                if member.isdir() or not path.resolve().is_relative_to(folder.resolve()):
                    continue
                try:
                    content = packed.extractfile(member)
                except KeyError:
                    content = None
                if content is None:
                    raise CaseError(f"{self.given}: {member.name} is a link that leads out of the case")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
        return folder


def parts(text: str) -> tuple[str, str] | None:
    """The revision and the path of `REV:path`; None where the text is no such thing."""
    revision, colon, path = text.partition(":")
    drive = os.name == "nt" and len(revision) == 1
    if not colon or not revision or drive or Path(text).exists():
        return None
    return revision, path or "."


def find_revision(given: str, revision: str, path: str) -> Revision:
    """A case at a revision: its path from here or from the root of the repository, or a shipped case's name.

    Raises
    ------
    CaseError
        There is no git program, no repository, no such revision, or no case at that path in it.
    """
    wanted = Path(path)
    named = resource("assumptions/cases") / path
    repository = _repository(wanted.absolute(), given)
    commit = _text(
        repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if not commit:
        raise CaseError(f"{given}: '{revision}' is no revision of the git repository {repository}")
    looked = []
    for place in (wanted.absolute(), repository / wanted, named):
        within = Path(os.path.normpath(place))
        within = within.resolve() if within.exists() else within
        if not within.is_relative_to(repository):
            continue
        inside = within.relative_to(repository).as_posix()
        inside = "" if inside == "." else inside
        if inside not in looked:
            looked.append(inside)
            file = f"{inside}/{CASE}" if inside else CASE
            if _works(repository, "cat-file", "-e", f"{commit}:{file}"):
                return Revision(given, commit, repository, inside)
    where = " nor at ".join(each or "its root" for each in looked) or path
    raise CaseError(f"{given}: revision {commit[:_SHORT]} has no {CASE} at {where}")


def merge_base(one: Revision, other: Revision) -> str:
    """The commit at which two revisions parted.

    Raises
    ------
    CaseError
        They are of two repositories, or share no commit.
    """
    if one.repository != other.repository:
        raise CaseError(
            f"{one.given} and {other.given} are of two repositories: give their start with --start"
        )
    base = _text(one.repository, "merge-base", one.commit, other.commit)
    if not base:
        raise CaseError(f"{one.given} and {other.given} share no commit: give their start with --start")
    return base


def _repository(path: Path, given: str) -> Path:
    """The repository of a path that may be there no more."""
    if shutil.which("git") is None:
        raise CaseError(
            f"{given}: a revision is read with the git program, and there is none on the PATH: "
            "install git, or give a folder"
        )
    start = next((each for each in (path, *path.parents) if each.is_dir()), Path.cwd())
    top = _text(start, "rev-parse", "--show-toplevel")
    if not top:
        raise CaseError(f"{given}: {start} lies in no git repository: give a folder, or run this within one")
    return Path(top).resolve()


def _git(folder: Path, words: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, env=env, check=False)


def _works(folder: Path, *words: str) -> bool:
    return _git(folder, words).returncode == 0


def _text(folder: Path, *words: str) -> str:
    """What git says; empty where it fails."""
    done = _git(folder, words)
    return os.fsdecode(done.stdout).strip() if done.returncode == 0 else ""


def _run(folder: Path, *words: str) -> bytes:
    done = _git(folder, words)
    if done.returncode != 0:
        raise CaseError(f"git {words[0]}: {os.fsdecode(done.stderr).strip()}")
    return done.stdout
