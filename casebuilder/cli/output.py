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
    """Name what fails and what cannot be worked out, one a line, and exit with 1 if there is any."""
    from casebuilder.evaluate.checks import told

    checks = case.checks
    sys.stdout.flush()
    lines = [f"check failed: {of.key}: {of.label} ({told(of.breaches)})" for of in checks.failed]
    lines += [str(each) for each in checks.no_values]
    lines += [
        f"check cannot be worked out: {of.key}: {of.label} ({told(of.breaches)})" for of in checks.cannot
    ]
    for line in lines:
        print(one_line(f"{case.name}: {line}"), file=sys.stderr)
    if checks.status.stops or checks.no_values:
        raise typer.Exit(AT_FAULT)
