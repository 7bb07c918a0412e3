"""The pages about names are true: their examples run, their links and pictures are there."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import sexton.names
from sexton.cli import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIAL, REFERENCE = DOCS / "tutorial/names.md", DOCS / "reference/names-library.md"
EXPLANATION = DOCS / "explanation/names.md"
FENCE = re.compile(r"^```(pycon|console)\n(.*?)^```$", re.S | re.M)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(page, language):
    """The fenced blocks of a page in one language, each with the line it begins at."""
    text = page.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, found.start(2)), found[2])
        for found in FENCE.finditer(text)
        if found[1] == language
    ]


def run_examples(page):
    """Run the Python blocks of a page in order, in one namespace; (failed, attempted)."""
    names, runner, parser = {}, doctest.DocTestRunner(optionflags=FLAGS), doctest.DocTestParser()
    for line, block in blocks(page, "pycon"):
        test = parser.get_doctest(block, names, page.name, str(page), line)
        assert test.examples, f"{page.name}:{line}: a block without an example"
        runner.run(test, clear_globs=False)
        names = test.globs
    return runner.summarize(verbose=False)


@pytest.mark.parametrize(("page", "least"), [(TUTORIAL, 25), (REFERENCE, 40)])
def test_python_examples(page, least, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run_examples(page)
    assert result.failed == 0
    assert result.attempted >= least


def test_commands_of_the_tutorial(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    run_examples(TUTORIAL)
    commands = blocks(TUTORIAL, "console")
    assert len(commands) == 2
    for _, block in commands:
        command, _, wanted = block.partition("\n")
        program, *arguments = shlex.split(command.removeprefix("$ "))
        assert program == "sexton"
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        shown = result.output
        assert doctest.OutputChecker().check_output(wanted, shown, FLAGS), shown


def test_a_wrong_example_is_noticed(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("```pycon\n>>> 1 + 1\n3\n```\n", encoding="utf-8")
    assert run_examples(page).failed == 1
    assert "Expected" in capsys.readouterr().out


def test_the_reference_has_every_public_name():
    text = REFERENCE.read_text(encoding="utf-8")
    missing = [name for name in sexton.names.__all__ if not re.search(rf"`{name}\b", text)]
    assert missing == []


@pytest.mark.parametrize("page", [TUTORIAL, REFERENCE, EXPLANATION], ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith(("http:", "https:"))]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_explanation_shows_every_picture():
    text = EXPLANATION.read_text(encoding="utf-8")
    pictures = sorted(path.name for path in (DOCS / "images").glob("names-*.svg"))
    assert len(pictures) == 4
    assert [name for name in pictures if f"images/{name})" not in text] == []
