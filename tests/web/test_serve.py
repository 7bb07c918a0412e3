"""``sexton serve`` starts from nothing, answers, and says what is wrong when it cannot."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from sexton.cli.serve import serve, serve_site

STARTS_WITHIN = 90  # seconds; the name models may have to be compiled first


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(address: str) -> tuple[int, str] | None:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return response.status, response.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return None


def children_of(pid: int) -> dict[int, str]:
    """The processes that a process started, with their command lines (Linux)."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return {child: _command(child) for child in map(int, text.split())}


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="utf-8").split(")")[1].split()[0] != "Z"


def test_serve_starts_from_nothing_and_answers(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "SEXTON_HOME": str(tmp_path / "register")}
    environment.pop("DATABASE_URL", None)
    code = f"from sexton.cli import main; main(['serve', '--port', '{port}'])"
    process = subprocess.Popen([sys.executable, "-c", code], env=environment)
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        found = None
        while found is None and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
            found = answer(f"http://127.0.0.1:{port}/")
        assert found is not None
        assert "sexton demo" in found[1]  # the register is empty and says so
        assert answer(f"http://127.0.0.1:{port}/static/sexton/site.css")
        assert (tmp_path / "register" / "secret-key").exists()
        workers = children_of(process.pid)
        assert workers and all("worker" in command for command in workers.values())
    finally:
        process.kill()
        process.wait(20)
    # The worker beside it does not outlive it, however it ends.
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(alive(pid) for pid in workers)


@pytest.mark.django_db
def test_a_port_that_is_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sexton.web.setup.prepare", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(serve, ["--port", str(port)])
    assert result.exit_code == 1
    assert f"127.0.0.1:{port}" in result.output
    assert "--port" in result.output


@pytest.mark.django_db
@pytest.mark.parametrize("https", [False, True])
def test_a_proxy_is_heard_where_one_is_promised(settings, monkeypatch, https: bool) -> None:
    """Else every request over HTTPS would be sent to HTTPS again."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if https else None
    told: dict[str, object] = {}
    server = SimpleNamespace(run=lambda: None)
    monkeypatch.setattr(
        "waitress.create_server", lambda app, **kwargs: told.update(kwargs) or server
    )
    serve_site("127.0.0.1", 8000, worker=False)
    assert told["clear_untrusted_proxy_headers"] is not https


def test_a_port_must_be_one() -> None:
    assert CliRunner().invoke(serve, ["--port", "70000"]).exit_code == 2
