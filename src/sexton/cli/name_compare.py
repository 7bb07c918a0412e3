"""``sexton names compare``: two written names beside each other, in a table and in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from sexton.cli.common import NOTHING_FOUND
from sexton.messages import LANGUAGES, N_, Message, translate

if TYPE_CHECKING:
    from rich.table import Table

    from sexton.names.channel import NameComparison
    from sexton.names.readings import NameReading
    from sexton.names.whole import WholeComparison

KINDS = ("surname", "given", "patronymic")
WHOLE = "whole"

_WORDS = {
    "part": N_("part"),
    "bits": N_("bits"),
    "nothing": N_("(nothing)"),
    "rare": N_("how rare the spellings are"),
    "together": N_("together"),
    "surname": N_("surname"),
    "given": N_("given name"),
    "patronymic": N_("patronymic"),
}

language_option = click.option(
    "-l",
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the explanation.",
)


@click.command()
@click.argument("a")
@click.argument("b")
@click.option(
    "--kind",
    type=click.Choice((*KINDS, WHOLE)),
    help="Kind of name; if left out: whole names when one has several words, else surnames.",
)
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")
def compare(a: str, b: str, kind: str | None, language: str, as_json: bool) -> None:
    """Show how two written names agree, the bits for one name behind both, and why in words.

    Above 0 bits speaks for one name, below 0 against. Exit code 1 when there is nothing to compare.

    \b
    Example:  sexton names compare Soemkov Сумков
              sexton names compare Tjedor Фёдор --kind given --json
              sexton names compare "J. Petrow" "Петров Иван Ильич" -l fr
    """
    kind = kind or (WHOLE if _several_words(a) or _several_words(b) else "surname")
    found = _compare_whole(a, b, language) if kind == WHOLE else _compare_part(a, b, kind, language)
    as_dict, table, sentences, comparable = found
    if as_json:
        click.echo(json.dumps(as_dict, ensure_ascii=False, indent=2))
    elif comparable:
        _show(table, sentences)
    else:
        click.echo("\n".join(sentences), err=True)
    if not comparable:
        sys.exit(NOTHING_FOUND)


_Found = tuple[dict[str, Any], "Table", list[str], bool]


def _several_words(text: str) -> bool:
    return sum(any(char.isalpha() for char in word) for word in text.split()) > 1


def _word(key: str, language: str) -> str:
    return translate(Message(_WORDS[key]), language)


def _translated(messages: Iterable[Message], language: str) -> list[str]:
    return [translate(message, language) for message in messages]


def _show(table: Table, sentences: Iterable[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    told = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    told.add_column(no_wrap=True)
    told.add_column(overflow="fold")
    for sentence in sentences:
        told.add_row("–", Text(sentence))
    console = Console(highlight=False)
    console.print(table)
    console.print(told)


def _table(a: str, b: str, first: str, language: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(f"{a} = {b} ?"))
    if first:
        table.add_column(first)
    table.add_column(Text(a), overflow="fold")
    table.add_column(Text(b), overflow="fold")
    table.add_column(_word("bits", language), justify="right", no_wrap=True)
    return table


# One part of a name


def _compare_part(a: str, b: str, kind: str, language: str) -> _Found:
    from sexton.names.channel import load_model
    from sexton.names.explanation import explain_comparison

    comparison = load_model(kind).compare(a, b)  # type: ignore[arg-type]
    sentences = _translated(explain_comparison(comparison, kind), language)  # type: ignore[arg-type]
    as_dict = _part_as_dict(comparison) | {"kind": kind, "sentences": sentences}
    return as_dict, _part_table(comparison, language), sentences, bool(comparison.steps)


def _part_as_dict(comparison: NameComparison) -> dict[str, Any]:
    return {
        "a": comparison.a,
        "b": comparison.b,
        "bits": round(comparison.bits, 4),
        "convention": comparison.convention,
        "note": comparison.note,
        "commonness": round(comparison.commonness, 4),
        "steps": [
            {"left": step.left, "right": step.right, "bits": round(step.bits, 4)}
            for step in comparison.steps
        ],
    }


def _part_table(comparison: NameComparison, language: str) -> Table:
    table = _table(comparison.a, comparison.b, "", language)
    nothing = _word("nothing", language)
    for step in comparison.steps:
        table.add_row(step.left or nothing, step.right or nothing, f"{step.bits:+.2f}")
    rare, together = _word("rare", language), _word("together", language)
    table.add_row(rare, "", f"{comparison.commonness:+.2f}", end_section=True)
    table.add_row(together, "", f"{comparison.bits:+.2f}", style="bold")
    return table


# Whole names


def _compare_whole(a: str, b: str, language: str) -> _Found:
    from sexton.names.telling import explain_names
    from sexton.names.whole import compare_names

    comparison = compare_names(a, b)
    sentences = _translated(explain_names(comparison), language)
    as_dict = _whole_as_dict(comparison, language) | {"sentences": sentences}
    return as_dict, _whole_table(comparison, language), sentences, bool(comparison.parts)


def _whole_as_dict(comparison: WholeComparison, language: str) -> dict[str, Any]:
    return {
        "a": comparison.a,
        "b": comparison.b,
        "kind": WHOLE,
        "bits": round(comparison.bits, 4),
        "left": _reading_as_dict(comparison.left),
        "right": _reading_as_dict(comparison.right),
        "parts": [
            {
                "kind": part.kind,
                "left": part.left,
                "right": part.right,
                "way": part.way,
                "bits": round(part.bits, 4),
                "sentence": translate(part.message, language),
            }
            for part in comparison.parts
        ],
    }


def _reading_as_dict(reading: NameReading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    names = ("surname", "given", "patronymic", "initials", "nickname", "rank", "form")
    told = {name: getattr(reading, name) for name in names}
    return {**told, "probability": round(reading.probability, 4)}


def _whole_table(comparison: WholeComparison, language: str) -> Table:
    table = _table(comparison.a, comparison.b, _word("part", language), language)
    for part in comparison.parts:
        table.add_row(_word(part.kind, language), part.left, part.right, f"{part.bits:+.2f}")
    table.add_section()
    table.add_row(_word("together", language), "", "", f"{comparison.bits:+.2f}", style="bold")
    return table
