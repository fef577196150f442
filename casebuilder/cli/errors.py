"""What a user is told when something goes wrong: where it is, and never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby

import typer

from casebuilder.errors import CaseError, Fault

DEBUG = "CASEBUILDER_DEBUG"
AT_FAULT = 1
INTERRUPTED = 130
PIPE_CLOSED = 141


@contextmanager
def told() -> Iterator[None]:
    """Turn what a command raises into a message on stderr and an exit code.

    Wrong usage passes: typer tells it, with exit code 2.
    """
    try:
        yield
        sys.stdout.flush()
    except CaseError as error:
        tell_faults(error)
        raise typer.Exit(AT_FAULT) from None
    except BrokenPipeError:
        # Whoever read our output has gone; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except KeyboardInterrupt:
        say("interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        what = error.strerror or str(error)
        say(f"{error.filename}: {what}" if error.filename else what)
        raise typer.Exit(AT_FAULT) from None
    except Exception as error:
        if isinstance(error, typer.Exit | typer.Abort) or hasattr(error, "exit_code"):
            raise
        if os.environ.get(DEBUG) == "1":
            raise
        say(
            f"a fault of casebuilder, not of your case: {type(error).__name__}: {error}. "
            f"Please report it to the project's issue tracker with the command you typed; "
            f"{DEBUG}=1 shows where it happened."
        )
        raise typer.Exit(AT_FAULT) from None


def say(message: str) -> None:
    """One message on stderr, on one line."""
    print(f"casebuilder: {one_line(message)}", file=sys.stderr)


def one_line(text: str) -> str:
    """A text without line ends, for a pipe that reads line by line."""
    return "; ".join(part.strip() for part in text.splitlines() if part.strip())


def tell_faults(error: CaseError) -> None:
    """Every fault on stderr: by file for people, one line each in a pipe."""
    if not error.faults:
        say(str(error))
    elif sys.stderr.isatty():
        print_grouped(error.faults, error.warnings)
    else:
        for fault in error.faults:
            print(one_line(str(fault)), file=sys.stderr)
        tell_warnings(error.warnings)


def tell_warnings(warnings: Sequence[Fault]) -> None:
    """Every warning on stderr, one line each."""
    for warning in warnings:
        print(one_line(str(_warned(warning))), file=sys.stderr)


def _warned(warning: Fault) -> Fault:
    return replace(warning, message=f"warning: {warning.message}")


def print_grouped(faults: Sequence[Fault], warnings: Sequence[Fault] = ()) -> None:
    """The faults and then the warnings, under the name of their file, wrapped to the terminal."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    every = [*faults, *(_warned(warning) for warning in warnings)]
    for file, group in groupby(every, key=lambda fault: fault.file):
        console.print(Text(file, style="bold"))
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(overflow="fold")
        for fault in group:
            table.add_row(Text(f"{fault.line}:{fault.column}", style="cyan"), Text(fault.message))
        console.print(Padding(table, (0, 0, 0, 2)))
    count = len(faults)
    beside = f", {len(warnings)} warning{'s' if len(warnings) > 1 else ''}" if warnings else ""
    console.print(Text(f"{count} fault{'s' if count > 1 else ''} found{beside}", style="bold red"))
