"""Making a copy: from the inventory along all links, until nothing is left to copy."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.test.utils import override_settings
from django.urls import reverse, set_script_prefix, set_urlconf
from django.utils import translation

from sexton.web.copies import catalogue, extras, folders, lookup_data
from sexton.web.copies.addresses import URLCONF, file_of
from sexton.web.copies.asking import origin_of
from sexton.web.copies.ledger import NO_PAGE, Ledger, Made
from sexton.web.copies.pages import Copyist, Plan, Writer
from sexton.web.kept_pages import code_version
from sexton.web.public import inventory
from sexton.web.public.dumps import stored
from sexton.web.public.dumps.writing import RegisterChanging
from sexton.web.register import queries
from sexton.web.register.models import Person
from sexton.web.register.state import digest_of, version

Progress = Callable[[str, int, int | None], None]
COPYING = "copying pages"
AT_ONCE, PER_TASK = 400, 20
# More pages than these beside those of the inventory are no register, but a calendar without end.
MOST_FOUND, MOST_FOUND_ANYHOW = 20, 20_000
OWN_PAGES = ("names", "search")


class EmptyRegister(Exception):
    """There is nothing to copy."""


class Endless(Exception):
    """Pages lead to ever more pages; the text is the address of one."""


class ChangedMeanwhile(Exception):
    """The register is not what it was when the copy began."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. ``dead`` are links to nothing: address, the page it stands on, why."""

    files: int
    bytes: int
    removed: int
    dead: Sequence[tuple[str, str, str]]


def make_copy(
    folder: Path,
    languages: Sequence[str],
    living: str = "",
    served_at: str = "",
    processes: int = 1,
    progress: Progress | None = None,
) -> Outcome:
    """Copy the site into ``folder``. What broke off goes on; what is there already stays.

    Raises EmptyRegister, ChangedMeanwhile, Endless, folders.Refused or OSError.
    """
    if not Person.objects.exists():
        raise EmptyRegister
    _write_dump()
    plan = Plan(folder, tuple(languages), living, served_at, queries.changed_at())
    began = version()
    public = override_settings(PUBLIC_URL=origin_of(living or served_at))
    with public, folders.opened(folder) as ledger:
        ledger.begin(digest_of([began, code_version(), languages, living, served_at]))
        known = catalogue.current()
        copyist = Copyist(plan)
        _seed(ledger, plan, copyist.prefix)
        with _hands(plan, copyist, processes) as make:
            _copy(ledger, folder, make, progress)
        _add_files(ledger, plan, known, copyist.prefix)
        if version() != began:
            raise ChangedMeanwhile
        return _finish(ledger, plan)


def _write_dump() -> None:
    """The register as files is part of the site: a copy has that of the present state."""
    try:
        stored.catch_up()
    except RegisterChanging as error:
        raise ChangedMeanwhile from error
    except OSError:
        pass  # where they cannot be kept, the page of the files says that there are none


def _seed(ledger: Ledger, plan: Plan, prefix: str) -> None:
    set_script_prefix(prefix)
    for language in plan.languages:
        set_urlconf(URLCONF)
        with translation.override(language):
            ledger.add((at, file_of(at, prefix), "") for at in _beginnings())
    set_urlconf(None)


def _beginnings() -> Iterator[str]:
    yield from (page.address for page in inventory.pages())
    yield from (reverse(name) for name in OWN_PAGES)


def _copy(
    ledger: Ledger,
    folder: Path,
    make: Callable[[list[tuple[str, str]]], Iterator[list[Made]]],
    progress: Progress | None,
) -> None:
    most = ledger.seeds() * MOST_FOUND + MOST_FOUND_ANYHOW
    while True:
        strange = ledger.strange(AT_ONCE, folder)
        if strange:
            raise folders.Refused(folders.IN_THE_WAY % {"file": folder / strange[0]})
        planned = ledger.plan(AT_ONCE)
        if not planned:
            return
        if ledger.counts()[1] > most:
            raise Endless(planned[-1][0])
        for made in make(planned):
            ledger.record(made)
            if progress:
                progress(COPYING, *ledger.counts())


_own: Copyist | None = None


def _begin_process(plan: Plan) -> None:
    global _own
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began us ends us
    connections.close_all()
    _own = Copyist(plan)


def _task(planned: list[tuple[str, str]]) -> list[Made]:
    assert _own is not None
    return [_own.make(address, file) for address, file in planned]


@contextmanager
def _hands(
    plan: Plan, copyist: Copyist, processes: int
) -> Iterator[Callable[[list[tuple[str, str]]], Iterator[list[Made]]]]:
    """What makes pages: this process, or several where the system can divide one."""
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield lambda planned: (
            [copyist.make(address, file) for address, file in task] for task in _tasks(planned)
        )
        return
    connections.close_all()
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), _begin_process, (plan,)
    )
    try:
        yield lambda planned: pool.map(_task, _tasks(planned))
    finally:
        pool.shutdown(cancel_futures=True)


def _tasks(planned: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    return (planned[at : at + PER_TASK] for at in range(0, len(planned), PER_TASK))


def _add_files(ledger: Ledger, plan: Plan, known: catalogue.Catalogue, prefix: str) -> None:
    """What is no page: the data of the search, and what stands at the root."""
    writer = Writer(plan.folder)
    own = [*lookup_data.files(known, plan.languages, prefix), *extras.files(plan)]
    ledger.add((NO_PAGE + name, name, "") for name, _ in own)
    for name, _ in own:
        if (plan.folder / name).exists() and not ledger.may_write(name):
            raise folders.Refused(folders.IN_THE_WAY % {"file": plan.folder / name})
    ledger.claim([NO_PAGE + name for name, _ in own])
    ledger.record([Made(NO_PAGE + name, *writer.write(name, [content])) for name, content in own])


def _finish(ledger: Ledger, plan: Plan) -> Outcome:
    gone = ledger.gone()
    folders.remove(plan.folder, gone)
    files, size = folders.write_sums(plan.folder, ledger.files())
    told = {
        "made_by": "sexton export --site",
        "register_of": plan.day.isoformat() if plan.day else None,
        "languages": list(plan.languages),
        "living_site": plan.living or None,
        "address": plan.served_at or None,
        "files": files,
        "bytes": size,
    }
    folders.write_manifest(plan.folder, told)
    return Outcome(files, size, len(gone), ledger.dead())
