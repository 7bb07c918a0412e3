"""Every test of the register, once more on a real PostgreSQL."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from . import postgresql

ROOT = Path(__file__).resolve().parents[2]
LACKS = "PostgreSQL (apt install postgresql) or its driver (psycopg) is not installed"
INSTALLED = postgresql.programs() is not None and importlib.util.find_spec("psycopg") is not None


@pytest.mark.heavy
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is that run")
@pytest.mark.skipif(not INSTALLED and not os.environ.get("CI"), reason=LACKS)
def test_the_register_on_postgresql(tmp_path: Path) -> None:
    assert INSTALLED, LACKS
    with postgresql.server() as reach:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "--create-db",
                   "tests/register", "tests/web/test_register_services.py"]  # fmt: skip
        environment = {k: v for k, v in os.environ.items() if not k.startswith("COV_CORE")}
        environment |= {**reach, "SEXTON_HOME": str(tmp_path)}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout[-6000:]
