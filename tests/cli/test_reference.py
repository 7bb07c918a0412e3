"""What is not documented makes the build red, and the command line answers at once."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sexton.cli import main
from sexton.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def load_tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_commands_say():
    reference = load_tool("reference")
    assert reference.TARGET.read_text("utf-8") == reference.text(), (
        "run: .venv/bin/python tools/reference.py"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    if name != "names":
        assert f"sexton {name}" in result.output, "the help shows no example"


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from click.testing import CliRunner; from sexton.cli import main;"
        "CliRunner().invoke(main, ['--help']);"
        "print([m for m in ('duckdb', 'numba', 'numpy', 'django', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_command_is_bad_usage():
    assert CliRunner().invoke(main, ["exhume"]).exit_code == 2
