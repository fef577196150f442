"""Where results go: JSON or text on stdout, failed checks on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from casebuilder.cli.errors import AT_FAULT, one_line

if TYPE_CHECKING:
    from rich.console import Console

    from casebuilder.case import Case


def console() -> Console:
    """The terminal, or the pipe, that results are printed on; texts are taken as they are."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


@contextmanager
def only_ours(drop: bool = False) -> Iterator[None]:
    """Keep what a library prints by itself off stdout, which holds results alone.

    Parameters
    ----------
    drop
        Whether it is dropped; else it goes to stderr.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    instead = os.open(os.devnull, os.O_WRONLY) if drop else os.dup(2)
    os.dup2(instead, 1)
    os.close(instead)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def print_json(data: Mapping[str, Any]) -> None:
    """Print JSON: full precision, never a NaN."""
    readable = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    print(json.dumps(data, indent=2, ensure_ascii=not readable, allow_nan=False))


def fail_on_checks(case: Case) -> None:
    """Name the checks that failed, one a line, and exit with 1 if there are any."""
    failed = case.checks.failed
    sys.stdout.flush()
    for check in failed:
        breaches = ", ".join(f"{option} {n}" for option, n in check.breaches.items() if n)
        print(
            one_line(f"{case.name}: check failed: {check.key}: {check.label} ({breaches})"), file=sys.stderr
        )
    if failed:
        raise typer.Exit(AT_FAULT)
