"""``sexton export --site``: the whole site as files, for any web server or a USB stick."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from sexton.cli.common import NOTHING_FOUND, fail, shown_progress

if TYPE_CHECKING:
    from sexton.web.copies.making import Outcome

SHOWN_DEAD = 20


def copy_site(
    folder: Path,
    languages: str,
    living: str,
    url: str,
    processes: int | None,
    zipped: bool,
    as_json: bool,
) -> None:
    """Copy the site and say what came of it; leaves with 1 where links lead to nothing."""
    chosen = _languages(languages)
    living, url = _address(living, "--living"), _address(url, "--url")
    from sexton.web.setup import prepare

    prepare()
    from django.conf import settings

    living = living or _address(getattr(settings, "PUBLIC_URL", ""), "SEXTON_URL")
    number = processes or min(2, os.cpu_count() or 1)
    outcome = _made(folder, chosen, living, url, number, as_json)
    packed = _packed(folder) if zipped else None
    if as_json:
        told = {"folder": str(folder), "files": outcome.files, "bytes": outcome.bytes}
        told |= {"removed": outcome.removed, "zip": str(packed) if packed else None}
        told["dead_links"] = [list(dead) for dead in outcome.dead]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{folder}: {outcome.files:,} files, {outcome.bytes / 1e6:,.1f} MB.")
        if outcome.removed:
            click.echo(f"{outcome.removed:,} files of an earlier copy were taken away.")
        if packed:
            click.echo(f"{packed}: {packed.stat().st_size / 1e6:,.1f} MB.")
    _tell_dead(outcome)


def _made(
    folder: Path, languages: list[str], living: str, url: str, processes: int, quiet: bool
) -> Outcome:
    from concurrent.futures.process import BrokenProcessPool
    from sqlite3 import Error as LedgerError

    from sexton.records import UnwritableFile
    from sexton.web.copies.folders import Refused
    from sexton.web.copies.making import ChangedMeanwhile, EmptyRegister, Endless, make_copy

    again = "The same command goes on where this one stopped."
    try:
        with shown_progress(quiet) as progress:
            return make_copy(folder, languages, living, url, processes, progress)
    except EmptyRegister:
        fail("The register is empty: there is nothing to copy.", NOTHING_FOUND)
    except ChangedMeanwhile:
        fail("The register was changed while it was copied. Run the command again.")
    except Endless as error:
        fail(f"Pages lead to ever more pages, such as {error}. Please report this.")
    except (Refused, UnwritableFile) as error:
        fail(str(error))
    except (OSError, LedgerError) as error:
        fail(f"{folder} cannot be written: {getattr(error, 'strerror', None) or error}. {again}")
    except BrokenProcessPool:
        fail(f"A process was ended from outside, for want of memory perhaps. {again}")
    except KeyboardInterrupt:
        fail(f"Stopped. {again}", 130)


def _packed(folder: Path) -> Path:
    from sexton.records import UnwritableFile
    from sexton.web.copies.folders import write_zip

    path = folder.with_name(f"{folder.resolve().name}.zip")
    try:
        write_zip(folder, path)
    except (OSError, UnwritableFile) as error:
        fail(f"The copy is made, but not the file {path}: {error}")
    return path


def _languages(text: str) -> list[str]:
    """The languages in the order of the site, each once."""
    from sexton.messages import LANGUAGES

    asked = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [code for code in asked if code not in LANGUAGES]
    if unknown or not asked:
        known = ", ".join(LANGUAGES)
        fail(f"--languages: {unknown[0] if unknown else 'nothing'} is none of {known}.")
    return [code for code in LANGUAGES if code in asked]


def _address(text: str, option: str) -> str:
    """An address of the web that ends with a slash; "" where none was given."""
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        fail(f"{option}: {text} is no address of a site, such as https://graves.example/.")
    return text.rstrip("/") + "/"


def _tell_dead(outcome: Outcome) -> None:
    if not outcome.dead:
        return
    for address, page, why in outcome.dead[:SHOWN_DEAD]:
        click.echo(f"{address} ({why}), on {page or 'the inventory of pages'}", err=True)
    more = len(outcome.dead) - SHOWN_DEAD
    if more > 0:
        click.echo(f"… and {more} more.", err=True)
    fail(f"{len(outcome.dead)} links of the copy lead to nothing.", NOTHING_FOUND)
