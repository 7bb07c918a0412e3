"""``sexton``: the entry point, which knows the commands by name and imports only the one called.

Importing duckdb, numba or Django costs a second; ``sexton --help`` must answer in 0.2 s. So the
short help texts stand here and a command's module is imported when the command runs.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import sys

import click

from sexton import __version__

# command: (module, attribute, one line for `sexton --help`)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("sexton.cli.demo", "demo", "Load, link, audit and serve the Belgian register."),
    "link": ("sexton.cli.link", "link", "Rank, for each person of LEFT, who of RIGHT he may be."),
    "archive": ("sexton.cli.archive", "archive", "Keep lists of any size, indexed once."),
    "dedupe": ("sexton.cli.dedupe", "dedupe", "Find the records of one man within a list."),
    "explain": ("sexton.cli.explain", "explain", "Show the evidence for and against one pair."),
    "audit": ("sexton.cli.audit", "audit", "Find the faults of a person list or the register."),
    "rules": ("sexton.cli.rules", "rules", "Show, re-estimate and compare the rules of evidence."),
    "names": ("sexton.cli.names", "names", "Compare, match and train names."),
    "import": (
        "sexton.cli.import_",
        "import_",
        "Read a person list and report what cannot be read.",
    ),
    "refresh": (
        "sexton.cli.refresh",
        "refresh",
        "Bring search, findings and figures up to the register.",
    ),
    "export": (
        "sexton.cli.export",
        "export",
        "Write out the register's files, or a copy of the site.",
    ),
    "search": ("sexton.cli.search", "search", "Find a person by any spelling in any script."),
    "serve": ("sexton.cli.serve", "serve", "Serve the register's site."),
    "worker": ("sexton.cli.worker", "worker", "Do the long work asked for on the site."),
    "user": ("sexton.cli.user", "user", "Make accounts of the site and give them roles."),
    "simulate": ("sexton.cli.simulate", "simulate", "Make an archive of simulated persons."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sexton")
def main() -> None:
    """Keep the register of war graves and give the dead their names back.

    \b
    Exit codes: 0 done; 1 nothing found where that matters; 2 bad usage or input.
    Example:    sexton demo
    """
    atexit.register(_end_sooner)


def _end_sooner() -> None:
    """Spare what a command leaves behind, millions of objects perhaps, the last search for cycles:
    it ends with the process."""
    # DuckDB complains at the end of what is still held then.
    if "duckdb" not in sys.modules:
        gc.freeze()
