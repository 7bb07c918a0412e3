"""``sexton user``: accounts made, given roles, closed; no password ever on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

# One process for all steps: Django takes long to start.
STEPS = """
import json, sys
from click.testing import CliRunner
from sexton.cli import main
told = []
for arguments, typed in json.loads(sys.stdin.read()):
    done = CliRunner().invoke(main, ["user", *arguments], input=typed)
    told.append([done.exit_code, done.output])
from sexton.web.register.models import Change
print(json.dumps([told, list(Change.objects.values_list("reason", flat=True))]))
"""
GOOD = "nine grey stones at Zwartberg"


def test_accounts_from_the_command_line(tmp_path: Path) -> None:
    steps: list[tuple[list[str], str]] = [
        (["list"], ""),
        (
            ["add", "ann", "--name", "Ann Peeters", "--role", "administrator", "--reason", "first"],
            "",
        ),
        (["add", "Bob", "--prompt"], f"{GOOD}\n{GOOD}\n"),
        (["add", "weak", "--prompt"], "1234\n1234\n"),
        (["add", "ann"], ""),
        (["add", "no good"], ""),
        (["give", "bob", "caretaker"], ""),
        (["give", "bob", "caretaker", "--site", "nowhere"], ""),
        (["give", "bob", "editor", "--until", "2100-12-31"], ""),
        (["give", "carl", "editor"], ""),
        (["list", "--json"], ""),
        (["take", "ann", "administrator"], ""),
        (["take", "bob", "reviewer"], ""),
        (["take", "bob", "editor"], ""),
        (["close", "bob"], ""),
        (["link", "bob"], ""),
        (["open", "bob"], ""),
        (["link", "bob", "--url", "https://graves.example.org/"], ""),
    ]
    done = subprocess.run(
        [sys.executable, "-c", STEPS],
        input=json.dumps(steps),
        env={**os.environ, "SEXTON_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, reasons = json.loads(done.stdout)
    said = {" ".join(step[0]): answer for step, answer in zip(steps, told, strict=True)}
    codes = [code for code, _ in told]
    assert codes == [1, 0, 0, 2, 2, 2, 2, 2, 0, 2, 0, 2, 2, 0, 0, 2, 0, 0], told
    assert "http://127.0.0.1:8000/account/choose/" in told[1][1]
    assert GOOD not in told[2][1] and "account/choose" not in told[2][1]
    assert "too short" in told[3][1] and "already exists" in told[4][1]
    assert "A caretaker is caretaker of a site" in said["give bob caretaker"][1]
    assert "no site nowhere" in said["give bob caretaker --site nowhere"][1]
    accounts = {a["username"]: a for a in json.loads(said["list --json"][1])}
    assert set(accounts) == {"ann", "bob"}
    assert accounts["bob"]["roles"] == [
        {"role": "editor", "site": None, "until": "2100-12-31", "holds": True}
    ]
    assert "make somebody else one first" in said["take ann administrator"][1]
    assert "https://graves.example.org/account/choose/" in told[-1][1]
    assert reasons == ["first", "editor given to bob", "editor taken from bob"]
