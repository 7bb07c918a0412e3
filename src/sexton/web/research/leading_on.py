"""What leads on where a search finds nothing or little: near spellings, how to ask, what there is.

All of it is from the register itself; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sexton.names import fold
from sexton.web.register import queries
from sexton.web.register.lives import chronicle
from sexton.web.register.lives.kept import kept
from sexton.web.register.models import NameKey, Site
from sexton.web.research import suggestions
from sexton.web.research.sounds import sounds

FEW = 2
NEAR = 6
SHORTEST = 3
# How like two words must be, of 100, in sounds and in letters.
ALIKE = 68
MOST_WORDS = 4
MOST_COMMUNES = 60


@dataclass(frozen=True, slots=True)
class Near:
    """A spelling that the register has, and the query with it in the place of the reader's."""

    form: str
    query: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the register holds: so much, from so many sources, of these years and communes."""

    figures: dict[str, int]
    first_year: int | None
    last_year: int | None
    communes: list[str]
    more_communes: int


@dataclass(frozen=True, slots=True)
class Help:
    """What a page shows beside few answers or none."""

    nothing: bool
    near: list[Near]
    examples: list[tuple[str, str]]
    coverage: Coverage


def help_for(query: str, found: int) -> Help | None:
    """What leads on from ``found`` answers to ``query``; None where there are enough."""
    if not query or found > FEW:
        return None
    return Help(found == 0, list(near(query)), examples(), coverage())


def near(query: str) -> Iterator[Near]:
    """The forms of names nearest to words of ``query`` that name nobody as they are written."""
    words = query.split()
    told: set[str] = set()
    for at, word in enumerate(words[:MOST_WORDS]):
        folded = fold(word)
        if len(folded) < SHORTEST or any(sign.isdigit() for sign in folded):
            continue
        for form in _nearest(folded):
            if form not in told and fold(form) != folded and len(told) < NEAR:
                told.add(form)
                yield Near(form, " ".join([*words[:at], form, *words[at + 1 :]]))


def _nearest(word: str) -> list[str]:
    """As a record writes them, the likest first, by letters or by sound."""
    known = suggestions.current()
    asked = [(word, known.borne), *((sound, known.borne_sounds) for sound in sounds(word))]
    scores: dict[int, float] = {}
    for wanted, among in asked:
        for at, score in among.like(wanted, 2 * NEAR, ALIKE):
            scores[at] = max(scores.get(at, 0.0), score)
    ordered = sorted(scores, key=lambda at: (-scores[at], at))
    best = [known.borne.words[at] for at in ordered[:NEAR]]
    keys = NameKey.objects.filter(kind__in=suggestions.NAMES, folded__in=best).order_by("-written")
    written = dict(keys.values_list("folded", "written"))
    return [written.get(name, name.capitalize()) for name in best]


@kept
def examples() -> list[tuple[str, str]]:
    """A question of each kind that the register can answer: what it asks by, and the words."""
    return list(_examples())


def _examples() -> Iterator[tuple[str, str]]:
    surnames = NameKey.objects.filter(kind="surname")
    year = NameKey.objects.filter(kind="year", record__in=surnames.values("record")).first()
    if year is not None:
        surname = surnames.filter(record=year.record_id).order_by("pk")[0].written
        yield "name", surname
        yield "name_year", f"{surname} {year.written}"
    if number := NameKey.objects.filter(kind="number").order_by("pk").first():
        yield "number", number.written
    if site := Site.objects.exclude(municipality="").order_by("municipality").first():
        yield "place", site.municipality


@kept
def coverage() -> Coverage:
    years = sorted(year for year, count in chronicle.numbers_by_year().items() if count)
    sites = Site.objects.exclude(municipality="").order_by("municipality")
    communes = list(dict.fromkeys(sites.values_list("municipality", flat=True)))
    return Coverage(
        figures=queries.figures(),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        communes=communes[:MOST_COMMUNES],
        more_communes=max(0, len(communes) - MOST_COMMUNES),
    )
