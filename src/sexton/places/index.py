"""The sounds of a gazetteer's names, worked out once and packaged: 100,000 names take seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sexton.places.folding import sounds
from sexton.places.units import read_table


def _old_names() -> dict[str, list[str]]:
    return {
        row["place_id"]: [row["name_1941"], row["name_today"], *row["other_spellings"].split("|")]
        for row in read_table("names_of_1941.tsv")
    }


def sounds_of_places(
    places: Iterable[Mapping[str, str]], names: Iterable[Mapping[str, str]]
) -> dict[str, str]:
    """For each place id the sounds of its main names; then, after a semicolon, of the alternates.

    Main are the gazetteer's own name, the Russian one and the names of 1941. ``places`` have
    ``place_id``, ``name`` and ``russian``; ``names`` have ``place_id`` and ``names`` (between |).
    """
    old, alternates = _old_names(), {row["place_id"]: row["names"] for row in names}
    found = {}
    for row in places:
        place_id = row["place_id"]
        main = _heard([row["name"], row["russian"], *old.get(place_id, ())])
        others = _heard(alternates[place_id].split("|")) - main
        found[place_id] = "|".join(sorted(main)) + ";" + "|".join(sorted(others))
    return found


def _heard(names: Iterable[str]) -> set[str]:
    """The first sound of each name; abbreviations, which have no vowel, are left out."""
    return {sound for name in names for sound in sounds(name)[:1] if set("AIU") & set(sound)}
