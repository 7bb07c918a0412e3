"""What is to be copied and what has been, in a file: a broken-off copy goes on where it stopped.

It also keeps the memory small: a register of 100,000 persons has a million addresses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

WAITING, PLANNED, DONE, DEAD = range(4)
NO_PAGE = "file:"  # the address of what is copied, but asked of nobody, begins so
TO_DO = f"state <= {PLANNED} AND address NOT LIKE '{NO_PAGE}%'"
SCHEMA = """
CREATE TABLE IF NOT EXISTS made_of (what TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS pages (
  address TEXT PRIMARY KEY, file TEXT, found_on TEXT, state INT, sum TEXT, size INT, why TEXT);
CREATE INDEX IF NOT EXISTS by_state ON pages (state);
CREATE UNIQUE INDEX IF NOT EXISTS by_file ON pages (file);
CREATE TABLE IF NOT EXISTS ours (file TEXT PRIMARY KEY);
"""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an address: its file's digest and size and the links on it, or why nothing."""

    address: str
    sum: str = ""
    size: int = 0
    links: frozenset[tuple[str, str]] = frozenset()
    why: str = ""


class Ledger:
    """``ours`` are all files that this copy or one before it wrote, or was about to."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)

    def close(self) -> None:
        self.db.close()

    def begin(self, fingerprint: str) -> bool:
        """Begin a copy; True when one of the same register and options was begun and goes on."""
        found = self.db.execute("SELECT value FROM made_of WHERE what = 'all'").fetchone()
        if found and found[0] == fingerprint:
            return True
        with self:
            self.db.execute(
                "INSERT OR IGNORE INTO ours SELECT file FROM pages WHERE state IN (?, ?)",
                (PLANNED, DONE),
            )
            self.db.execute("DELETE FROM pages")
            self.db.execute("INSERT OR REPLACE INTO made_of VALUES ('all', ?)", (fingerprint,))
        return False

    def __enter__(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self.db.execute("COMMIT" if kind is None else "ROLLBACK")

    def own(self, files: Iterable[str]) -> None:
        with self:
            self.db.executemany(
                "INSERT OR IGNORE INTO ours VALUES (?)", ((file,) for file in files)
            )

    def add(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Addresses with their files, and the page on which each was found."""
        with self:
            self._add(rows)

    def _add(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self.db.executemany(
            f"""INSERT OR IGNORE INTO pages (address, file, found_on, state)
                VALUES (?, ?, ?, {WAITING})""",
            rows,
        )

    def plan(self, number: int) -> list[tuple[str, str]]:
        """The next addresses with their files; from now on the files are ours.

        A file that is there already must be ours: see ``strange``.
        """
        rows = self.db.execute(
            f"SELECT address, file FROM pages WHERE {TO_DO} ORDER BY address LIMIT ?", (number,)
        ).fetchall()
        with self:
            self.db.executemany(
                f"UPDATE pages SET state = {PLANNED} WHERE address = ?",
                ((address,) for address, _ in rows),
            )
        return rows

    def strange(self, number: int, folder: Path) -> list[str]:
        """Of the files that ``plan`` gives next, those that are there and are not ours."""
        asked = f"SELECT file FROM pages WHERE {TO_DO} ORDER BY address LIMIT ?"
        rows = self.db.execute(asked, (number,)).fetchall()
        return [file for (file,) in rows if (folder / file).exists() and not self.may_write(file)]

    def may_write(self, file: str) -> bool:
        """Whether a file that is there is ours."""
        asked = f"""SELECT 1 FROM ours WHERE file = ?1
                    UNION SELECT 1 FROM pages WHERE file = ?1 AND state > {WAITING}"""
        return self.db.execute(asked, (file,)).fetchone() is not None

    def claim(self, addresses: Iterable[str]) -> None:
        """From now on the files of these addresses are ours."""
        with self:
            self.db.executemany(
                f"UPDATE pages SET state = {PLANNED} WHERE address = ?",
                ((address,) for address in addresses),
            )

    def record(self, made: Sequence[Made]) -> None:
        with self:
            for one in made:
                state = DEAD if one.why else DONE
                self.db.execute(
                    "UPDATE pages SET state = ?, sum = ?, size = ?, why = ? WHERE address = ?",
                    (state, one.sum, one.size, one.why, one.address),
                )
                self._add((address, file, one.address) for address, file in sorted(one.links))

    def counts(self) -> tuple[int, int]:
        """How many addresses are settled, of how many that are known so far."""
        asked = "SELECT COALESCE(SUM(state >= ?), 0), COUNT(*) FROM pages"
        done, known = self.db.execute(asked, (DONE,)).fetchone()
        return int(done), int(known)

    def seeds(self) -> int:
        """How many addresses were not found on a page, but known from the beginning."""
        asked = "SELECT COUNT(*) FROM pages WHERE found_on = ''"
        return int(self.db.execute(asked).fetchone()[0])

    def dead(self) -> list[tuple[str, str, str]]:
        """Addresses of which nothing came, the page that leads there, and why."""
        asked = "SELECT address, found_on, why FROM pages WHERE state = ? ORDER BY address"
        return self.db.execute(asked, (DEAD,)).fetchall()

    def files(self) -> Iterator[tuple[str, str, int]]:
        """Every file with its digest and size, by name."""
        asked = "SELECT file, sum, size FROM pages WHERE state = ? ORDER BY file"
        yield from self.db.execute(asked, (DONE,))

    def gone(self) -> list[str]:
        """Files of an earlier copy that this one does not have."""
        asked = "SELECT file FROM ours WHERE file NOT IN (SELECT file FROM pages WHERE state = ?)"
        return [file for (file,) in self.db.execute(asked, (DONE,))]
