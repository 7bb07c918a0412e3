"""The folder of a copy: what in it is ours, what is unfinished, and the list to check it by."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from sexton.records.writing import replacing
from sexton.web.copies.ledger import Ledger
from sexton.web.copies.pages import WORK

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
KIND = "sexton-copy"
NOT_OURS = "%(folder)s is not empty and holds no copy. Choose another folder, or an empty one."
IN_THE_WAY = "%(file)s is in the way: it was not written by a copy. Move it elsewhere."
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # zip files know no earlier one


class Refused(Exception):
    """The folder cannot hold the copy; the text says why."""


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """The ledger of the copy in ``folder``; taken away when the copy is finished."""
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / WORK
    earlier = _earlier(folder)
    if earlier is None and not work.is_dir() and any(folder.iterdir()):
        raise Refused(NOT_OURS % {"folder": folder})
    work.mkdir(exist_ok=True)
    ledger = Ledger(work / "ledger.sqlite3")
    try:
        if earlier is not None:
            ledger.own(earlier)
            (folder / MANIFEST).unlink()  # from now on it is not finished
        yield ledger
    finally:
        ledger.close()
    shutil.rmtree(work)


def _earlier(folder: Path) -> Iterator[str] | None:
    """The files of a finished copy in the folder; None where there is none."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return None
    try:
        kind = json.loads(manifest.read_text(encoding="utf-8")).get("kind")
    except (ValueError, AttributeError):
        return None
    return _listed(folder) if kind == KIND and (folder / SUMS).is_file() else None


def _listed(folder: Path) -> Iterator[str]:
    """The names in the list of sums; one that would lead out of the folder is no file of ours."""
    with (folder / SUMS).open(encoding="utf-8") as lines:
        for line in lines:
            name = line.rstrip("\n").partition("  ")[2]
            if name and _is_inside(folder, name):
                yield name


def _is_inside(folder: Path, name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        return False
    return (folder / name).resolve().is_relative_to(folder.resolve())


def remove(folder: Path, files: Iterable[str]) -> None:
    """Take files of an earlier copy away, and the folders that they leave empty."""
    for file in files:
        path = folder / file
        if not _is_inside(folder, file):
            continue
        path.unlink(missing_ok=True)
        for above in path.parents:
            if above == folder or not above.is_dir() or any(above.iterdir()):
                break
            above.rmdir()


def write_sums(folder: Path, files: Iterable[tuple[str, str, int]]) -> tuple[int, int]:
    """The list of all files with their digests, for ``sha256sum``; their number and size."""
    number = size = 0
    with replacing(folder / SUMS) as beside, beside.open("w", encoding="utf-8", newline="") as out:
        for file, digest, own in files:
            out.write(f"{digest}  {file}\n")
            number, size = number + 1, size + own
    return number, size


def write_manifest(folder: Path, told: Mapping[str, Any]) -> None:
    """What the copy is of, and the digest of the list. It is written last: it says "finished"."""
    with (folder / SUMS).open("rb") as file:
        sums = hashlib.file_digest(file, "sha256").hexdigest()
    whole = {"kind": KIND, **told, "sha256_of_SHA256SUMS": sums}
    text = json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True)
    with replacing(folder / MANIFEST) as beside:
        beside.write_text(text + "\n", encoding="utf-8")


def write_zip(folder: Path, path: Path) -> int:
    """The finished copy as one file; the same copy gives the same bytes. Returns their number."""
    with replacing(path) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted([*_listed(folder), SUMS, MANIFEST]):
            info = zipfile.ZipInfo(f"{folder.name}/{name}", FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with (folder / name).open("rb") as file, archive.open(info, "w") as packed:
                shutil.copyfileobj(file, packed)
    return path.stat().st_size
