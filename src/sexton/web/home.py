"""The folder that holds a register: its database and its secret key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

CONNECTION_AGE = 60  # seconds


def home() -> Path:
    """``SEXTON_HOME``, or ``./sexton-data``; the folder need not exist yet."""
    return Path(os.environ.get("SEXTON_HOME") or "sexton-data").absolute()


def secret_key(folder: Path) -> str:
    """The register's secret key: ``SEXTON_SECRET_KEY``, or one made once and kept in ``folder``.

    The file is created for the owner alone. Two processes that start at the same moment agree,
    because only one of them can create the file.
    """
    if from_environment := os.environ.get("SEXTON_SECRET_KEY"):
        return from_environment
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key


def sqlite(folder: Path) -> dict[str, object]:
    """Django's settings for the register in one file.

    Writers queue: a transaction takes the write lock when it begins, so that it cannot fail
    half-way for having begun as a reader; the write-ahead log lets readers go on meanwhile. A
    thread keeps its connection for a minute: to open the file and to set it up took a fifth of
    the time of a page.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "register.sqlite3",
        "CONN_MAX_AGE": CONNECTION_AGE,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def database(folder: Path, url: str) -> dict[str, object]:
    """Django's settings for ``url`` (``postgres://user:password@host:port/name``), else SQLite.

    Raises ValueError for a URL of another kind: a register must not start in the wrong place.
    """
    if not url:
        return sqlite(folder)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with postgres://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": CONNECTION_AGE,
        "CONN_HEALTH_CHECKS": True,
    }


@dataclass(frozen=True, slots=True)
class Basemap:
    """Tiles under the map, from whoever keeps the site chose; ``url`` is "" for none."""

    url: str = ""
    credit: str = ""

    @property
    def origins(self) -> tuple[str, ...]:
        """The origin from which pictures may then be loaded; none for tiles of the site itself."""
        parts = urlsplit(self.url)
        return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()


def basemap(environment: Mapping[str, str]) -> Basemap:
    """The basemap that ``SEXTON_BASEMAP_URL`` names.

    Raises ValueError for an address that is none of tiles: a map must not stay grey in silence.
    """
    url = environment.get("SEXTON_BASEMAP_URL", "").strip()
    if not url:
        return Basemap()
    parts = urlsplit(url)
    local = not parts.scheme and not parts.netloc and url.startswith("/")
    if not (local or (parts.scheme in {"https", "http"} and parts.netloc)):
        raise ValueError("SEXTON_BASEMAP_URL must begin with https://, http:// or /")
    if any(character in parts.netloc for character in " ;,{}'\""):
        raise ValueError("SEXTON_BASEMAP_URL: one host, without gaps or signs in its name")
    if not all(gap in url for gap in ("{z}", "{x}", "{y}")):
        raise ValueError("SEXTON_BASEMAP_URL needs the gaps {z}, {x} and {y}")
    return Basemap(url, environment.get("SEXTON_BASEMAP_CREDIT", "").strip())
