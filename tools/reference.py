"""Write docs/reference/cli.md from the commands themselves; a test fails when it is out of date.

By hand: ``python tools/reference.py``.
"""

from __future__ import annotations

from pathlib import Path

import click

TARGET = Path(__file__).resolve().parent.parent / "docs/reference/cli.md"
HEAD = """# Commands

This page is made from the commands' own help by `python tools/reference.py`; a test keeps it true.
"""


def _section(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    settings = {**command.context_settings, "terminal_width": 100}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    help_text = command.get_help(context).strip()
    parts = [f"## {context.command_path}\n\n```\n{help_text}\n```\n"]
    if isinstance(command, click.Group):
        for child_name in command.list_commands(context):
            child = command.get_command(context, child_name)
            if child is not None:
                parts += _section(child, child_name, context)
    return parts


def text() -> str:
    """The page as it should be."""
    from sexton.cli import main

    return "\n".join([HEAD, *_section(main, "sexton", None)])


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    print(TARGET.name)
