"""The entry point: every command, what version this is, and how faults end."""

from __future__ import annotations

import gc
import signal
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from casebuilder.cli import cases, priorities, procurement, workbooks
from casebuilder.cli.comparing import diff, merge
from casebuilder.cli.errors import told
from casebuilder.cli.making import add, data, intake, new, pull, schema
from casebuilder.cli.many import england, portfolio, run
from casebuilder.cli.past import calibrate, hindcast
from casebuilder.cli.uncertainty import challenge, simulate
from casebuilder.cli.usage import Guided


class Told(TyperGroup):
    """Commands whose faults end in a message and an exit code, never in a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        with told():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; where there is none, name those there are."""
        try:
            return super().resolve_command(ctx, args)
        except Exception as error:
            said = str(getattr(error, "message", ""))
            if said and "did you mean" not in said.lower():
                error.message = f"{said} The commands are {', '.join(self.list_commands(ctx))}."  # type: ignore[attr-defined]
            raise


app = typer.Typer(
    name="casebuilder",
    cls=Told,
    help="Capital bids and business cases for community diagnostic centres.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
new.register(app)
add.register(app)
cases.register(app)
priorities.register(app)
simulate.register(app)
challenge.register(app)
procurement.register(app)
workbooks.register(app)
intake.register(app)
pull.register(app)
data.register(app)
calibrate.register(app)
hindcast.register(app)
diff.register(app)
merge.register(app)
run.register(app)
portfolio.register(app)
england.register(app)
schema.register(app)
for command in app.registered_commands:
    command.cls = Guided


def _version(wanted: bool) -> None:
    if wanted:
        from casebuilder import __version__

        print(f"casebuilder {__version__}")
        raise typer.Exit


@app.callback()
def casebuilder(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Capital bids and business cases for community diagnostic centres."""


# A command makes much and leaves little: rubbish is looked for less often than after 700 new objects, which
# takes a tenth of the time.
_COLLECTED = (200_000, 20, 20)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a pipe that has no pound sign shows '?' instead of failing
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that drafts of files are cleared away
    gc.set_threshold(*_COLLECTED)
    app()
