"""``python -m benchmarks.site.make FOLDER [--persons 100000]``: a large register to measure on.

The Belgian pack, and beside it simulated graves on simulated sites, some with simulated records of
archives that are the same man. Every simulated row says so; nobody of them has lived. FOLDER
becomes a ``SEXTON_HOME``; what stands there is left as it is when it is whole.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PACK = "belgium"
SEED = 23
IN_ARCHIVE = 0.3  # the share of graves whose man has records besides
ROWS_A_GRAVE = 3  # rows of the archive from which those records are taken, for each grave
SITES_A_PLACE = 6
DONE = "made.txt"
SITE_COLUMNS = (
    "site_id", "kind", "name_en", "name_ru", "name_fr", "name_nl", "municipality", "province",
    "latitude", "longitude", "coord_source", "persons_buried", "persons_unknown",
    "inscription_language", "erected_year", "facts", "source_url",
)  # fmt: skip
PROVINCES = ("Antwerpen", "Hainaut", "Limburg", "Liège", "Luxembourg", "Namur")


@dataclass(frozen=True, slots=True)
class Member:
    """A record's place among those of one man (what the engine's clusters look like)."""

    id: str
    cluster_id: str
    probability: float = 0.99


@dataclass(frozen=True, slots=True)
class Known:
    """Clusters as they are known, for the simulation knows who is who; no pairs were compared."""

    members: tuple[Member, ...]
    links: tuple[()] = ()


def make(folder: Path, persons: int) -> None:
    """Make the register, unless it is there."""
    done = folder / DONE
    if done.exists():
        print(f"{folder}: {done.read_text().strip()}")
        return
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["SEXTON_HOME"] = str(folder)
    from sexton.web.setup import prepare

    prepare()
    started = time.perf_counter()
    members = write_lists(folder / "simulated", persons)
    print(f"lists written, {time.perf_counter() - started:.0f} s")
    told = _take_in(folder / "simulated", members)
    text = f"{told}, {time.perf_counter() - started:.0f} s"
    done.write_text(f"{text}\n", encoding="utf-8")
    print(text)


def _take_in(lists: Path, members: list[Member]) -> str:
    from sexton.records import pack_path
    from sexton.web.register import imports, models, services

    services.load_pack(pack_path(PACK))
    tables = {"sites": "sites", "graves": "persons", "records": "persons"}
    files = [imports.read_files(lists / f"{n}.csv", table=table)[0] for n, table in tables.items()]
    imports.apply(files, "benchmark", "simulated lists, to measure on")
    services.store_clusters(Known(tuple(members)))
    services.rebuild_search()
    counts = (models.Person, models.Record, models.Claim, models.Site)
    return ", ".join(f"{model.objects.count():,} {model.__name__.lower()}s" for model in counts)


def write_lists(folder: Path, persons: int) -> list[Member]:
    """Write the lists of graves, records and sites; returns which records are one man's."""
    from sexton.simulate import COLUMNS, GRAVE_COLUMNS, GraveShares, simulate_graves

    folder.mkdir(parents=True, exist_ok=True)
    rows = persons * ROWS_A_GRAVE
    shares = GraveShares(in_archive=IN_ARCHIVE)
    graves = list(simulate_graves(persons, rows, SEED, graves=shares))
    sites: dict[str, str] = {}
    for number, grave in enumerate(graves):
        place = grave.row["burial_place"]
        key = f"sim-{_slug(place)}-{number % SITES_A_PLACE + 1}" if place else ""
        grave.row["burial_place"] = key
        sites[key] = place
    sites.pop("", None)
    of_record = {record: grave.man_id for grave in graves for record in grave.record_ids}
    found = [row for row in _records(rows) if row["id"] in of_record]
    _write(folder / "graves.csv", GRAVE_COLUMNS, (grave.row for grave in graves))
    _write(folder / "records.csv", COLUMNS, found)
    _write(folder / "sites.csv", SITE_COLUMNS, map(_site, range(len(sites)), sorted(sites.items())))
    members = [Member(grave.row["id"], grave.man_id) for grave in graves]
    return [*members, *(Member(row["id"], of_record[row["id"]]) for row in found)]


def _records(rows: int) -> Iterable[dict[str, str]]:
    from sexton.simulate import simulate_archive, without_truth

    for batch in simulate_archive(rows, SEED):
        yield from without_truth(batch).to_pylist()


def _slug(text: str) -> str:
    from django.utils.text import slugify

    return slugify(text) or "place"


def _site(number: int, site: tuple[str, str]) -> dict[str, str]:
    """A simulated site, somewhere in Belgium."""
    key, place = site
    name = f"{place}, simulated cemetery {key.rpartition('-')[2]}"
    return {
        "site_id": key,
        "kind": "cemetery_plot",
        "name_en": name,
        "municipality": place,
        "province": PROVINCES[number % len(PROVINCES)],
        "latitude": f"{49.6 + number * 0.618 % 1 * 1.8:.4f}",
        "longitude": f"{2.9 + number * 0.414 % 1 * 3.3:.4f}",
        "coord_source": "simulated",
        "facts": "simulated site; nobody lies there",
        "source_url": "https://archive.example/simulated",
    }


def _write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tuple(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--persons", type=int, default=100_000)
    told = parser.parse_args()
    make(told.folder.absolute(), told.persons)


if __name__ == "__main__":
    main()
