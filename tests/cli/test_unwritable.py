"""A table that cannot be written: a message and exit code 2, whichever command writes it."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from sexton.cli import main

# Linux lets nobody, not even root, create a file there.
NOWHERE = "/proc/sexton-out.csv"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody can write to")
@pytest.mark.parametrize("command", ["link", "dedupe", "audit", "simulate"])
def test_an_unwritable_table_says_so(tmp_path, command):
    people = tmp_path / "people.csv"
    people.write_text("id,name\n1,Ivan Petrov\n2,Petr Ivanov\n", encoding="utf-8")
    lists = {"link": [people, people], "simulate": ["-n", "1"]}.get(command, [people])
    result = CliRunner().invoke(main, [command, *map(str, lists), "-o", NOWHERE])
    assert result.exit_code == 2
    assert NOWHERE in result.output
    assert "Traceback" not in result.output
