"""Finding a person by any writing of any part of what is known, and saying why he was found.

The words of the query are read as names, numbers, days, camps and places (``pieces``), persons are
ranked by how much of it they answer (``ranking``), and a page of them is told (``hits``). Beside
them stand the sites, organisations, places and days that the query names.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.core.paginator import Page, Paginator

from sexton.web.register.lives.localities import Locality, localities
from sexton.web.register.lives.periods import Period, read_period
from sexton.web.register.models import Organisation, Site
from sexton.web.research.filters import Chosen, Facet, facets_in, mask_of
from sexton.web.research.forms import LEAST_BITS, NAME_KINDS
from sexton.web.research.hits import Hit, hits
from sexton.web.research.index import Index, current
from sexton.web.research.pieces import Piece, other_names, sites_called
from sexton.web.research.ranking import Ranking, rank

PAGE = 20
MOST_ALSO = 8
REMEMBERED = 32
SHORTEST = 3  # letters or figures of a word that can name a site, an organisation, a place


@dataclass(frozen=True, slots=True)
class Also:
    """What the query names beside persons; ``more_sites`` are sites that are not shown."""

    sites: list[Site] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    places: list[Locality] = field(default_factory=list)
    days: list[Period] = field(default_factory=list)
    more_sites: int = 0

    def __bool__(self) -> bool:
        return bool(self.sites or self.organisations or self.places or self.days)


class Result:
    """What a search found: a page of persons, of how many, and what else is named."""

    def __init__(self, ranking: Ranking, chosen: Chosen, page: int | str | None) -> None:
        self._ranking, self._chosen = ranking, chosen
        mask = mask_of(ranking.index.table, chosen)
        fitting = range(len(ranking.persons))
        ranks = fitting if mask is None else np.flatnonzero(mask[ranking.persons]).tolist()
        self._ranks = ranks
        self.page: Page = Paginator(ranks, PAGE).get_page(page)
        self.total = len(ranks)
        self.without_filters = len(ranking.persons)

    def ids(self) -> list[int]:
        """The ids of all who answer and fit, the best first."""
        table, places = self._ranking.index.table, self._ranking.persons
        return table.persons[places[list(self._ranks)]].tolist()

    @cached_property
    def hits(self) -> list[Hit]:
        return hits(self._ranking, list(self.page.object_list))

    @cached_property
    def also(self) -> Also:
        return _also(self._ranking.index, self._ranking.pieces)

    @property
    def sites(self) -> list[Site]:
        return self.also.sites

    @property
    def narrows(self) -> bool:
        """Whether there is anything to filter."""
        return self.without_filters > 1 or bool(self._chosen)

    @property
    def is_weak(self) -> bool:
        """Whether nobody is well like what is asked, and the nearest are shown instead."""
        bits = self._ranking.bits
        return len(bits) > 0 and float(bits[0]) < LEAST_BITS and self._ranking.by_name

    def facets(self, **more: str) -> list[Facet]:
        """The facets of all who answer the query; ``more`` are the parameters of the address."""
        known = self._ranking.index.table
        base = np.zeros(len(known.persons), np.bool_)
        base[self._ranking.persons] = True
        return facets_in(known, base, self._chosen, **more)


def find(query: str, chosen: Chosen | None = None, page: int | str | None = 1) -> Result:
    """Persons who answer ``query`` and fit the filters, the best first; and what else it names."""
    return Result(ranked(query), chosen or Chosen(), page)


def persons_like(query: str) -> list[int]:
    """The ids of all persons that answer ``query``, the best first."""
    return ranked(query).ids()


def sites_like(query: str) -> list[int]:
    """The ids of the sites that the query names."""
    ranking = ranked(query)
    keys = _site_keys(ranking.index, ranking.pieces)
    return list(Site.objects.filter(key__in=keys).order_by("pk").values_list("pk", flat=True))


_lock = threading.Lock()
_recent: OrderedDict[str, Ranking] = OrderedDict()


def ranked(query: str) -> Ranking:
    """The ranking of a query; that of the next page, or of a filter more, is still known."""
    index = current()
    with _lock:
        found = _recent.get(query)
        if found is not None and found.index is index:
            _recent.move_to_end(query)
            return found
    found = rank(index, query)
    with _lock:
        _recent[query] = found
        while len(_recent) > REMEMBERED:
            _recent.popitem(last=False)
    return found


def _also(index: Index, pieces: list[Piece]) -> Also:
    keys = _site_keys(index, pieces)
    sites = {site.key: site for site in Site.objects.filter(key__in=keys[:MOST_ALSO])}
    return Also(
        sites=[sites[key] for key in keys if key in sites],
        organisations=_organisations(index, pieces),
        places=_places(index, pieces),
        days=_days(pieces),
        more_sites=max(len(keys) - MOST_ALSO, 0),
    )


def _asking(pieces: list[Piece]) -> list[Piece]:
    """The pieces that are no names of persons: what else they name is what is asked."""
    whole = [p for p in pieces if not p.is_part and sum(map(str.isalnum, p.text)) >= SHORTEST]
    asking = [piece for piece in whole if piece.asks not in NAME_KINDS]
    return asking + [piece for piece in whole if not piece.names and piece not in asking]


def _site_keys(index: Index, pieces: list[Piece]) -> list[str]:
    found = [sites_called(index, piece.text, piece.text.split()) for piece in _asking(pieces)]
    return list(dict.fromkeys(key for keys in found for key in keys))


def _organisations(index: Index, pieces: list[Piece]) -> list[Organisation]:
    called = [index.organisations.called(piece.text.split()) for piece in _asking(pieces)]
    keys = list(dict.fromkeys(key for keys in called for key in keys))
    keys += [
        a.detail for p in pieces for a in p.others if a.what == "camp" and a.detail not in keys
    ]
    rows = Organisation.objects.filter(key__in=keys[:MOST_ALSO])
    return sorted(rows, key=lambda row: keys.index(row.key))


def _places(index: Index, pieces: list[Piece]) -> list[Locality]:
    texts = [piece.text for piece in _asking(pieces) if not piece.text.isdigit()]
    texts += [name for text in list(texts) for name in other_names(text, "belgium")]
    slugs = dict.fromkeys(slug for text in texts for slug in index.places.sounding(text))
    known = localities()
    return [known[slug] for slug in slugs if slug in known][:MOST_ALSO]


def _days(pieces: list[Piece]) -> list[Period]:
    periods = [
        read_period(piece.period.edtf.rstrip("~?%"))
        for piece in pieces
        if piece.period is not None and piece.others and not piece.is_part
    ]
    return [period for period in periods if period is not None]
