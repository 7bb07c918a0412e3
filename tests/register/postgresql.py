"""A PostgreSQL server of Debian's packages, in a temporary folder, for as long as it is needed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USERS = ("postgres", "nobody")
WAIT_S = 60


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[4])
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """A server with the user ``sexton``; gives the environment with which programs reach it."""
    binaries = programs()
    assert binaries is not None, "PostgreSQL is not installed: apt install postgresql"
    folder = Path(tempfile.mkdtemp(prefix="sexton-pg-", dir="/tmp"))
    try:
        who = _owner(folder)
        data = folder / "data"
        _run([binaries / "initdb", "-D", data, "-U", "sexton", "-A", "trust", "-E", "UTF8",
              "--locale=C.UTF-8", "-N"], who)  # fmt: skip
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=",
             "-c", "fsync=off"],
            stdout=subprocess.DEVNULL, stderr=(folder / "log").open("wb"), **who,
        )  # fmt: skip
        try:
            _wait(binaries, folder, process)
            yield {"PGHOST": str(folder), "DATABASE_URL": "postgres://sexton@/postgres"}
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(WAIT_S)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> dict[str, object]:
    """Whom the server runs as: it refuses to be run by root."""
    if os.getuid() != 0:
        return {}
    user = next(name for name in USERS if any(p.pw_name == name for p in pwd.getpwall()))
    entry = pwd.getpwnam(user)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": folder}


def _run(command: list[object], who: dict[str, object]) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **who)
    assert done.returncode == 0, done.stderr


def _wait(binaries: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    asked = [str(binaries / "pg_isready"), "-q", "-h", str(folder), "-U", "sexton"]
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end and process.poll() is None:
        if subprocess.run(asked, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError((folder / "log").read_text(errors="replace"))
