"""Draw the samples that calibration is fitted to and judged by, from the files of training.

A population is a list of names with shares; a sample asks the index for the candidates of written
names in it. Cyrillic populations are counts of bearers; the Latin one is the Latin forms of all
names of Wikidata items that an inventory of the Soviet Union has, with the bearers of the name
spread evenly over its forms.
"""

from __future__ import annotations

import lzma
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise as neighbours
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sexton.names.background import background_bits
from sexton.names.channel import Kind
from sexton.names.index import NameIndex
from sexton.names.letters import Alphabet, spell
from sexton.names.reliability import FLOOR_BITS, LEAST_BORNE, Sample
from sexton.names.variants import mans_form

PAIRS = "cyrillic_latin_pairs.tsv.xz"
ALPHABETS: tuple[tuple[Alphabet, Alphabet], ...] = (
    ("latin", "cyrillic"),
    ("latin", "latin"),
    ("cyrillic", "cyrillic"),
)
_FLAGS: dict[Kind, str] = {"surname": "s", "given": "g", "patronymic": "p"}
# Candidates of each written name; those beyond hold next to no probability.
LISTED = 100


class Row(NamedTuple):
    """One line of the name pairs."""

    cyrillic: str
    latin: str
    convention: str
    soviet: str
    item: str


class Member(NamedTuple):
    """A spelling in a population: of which name, and borne by what share of all."""

    group: int
    share: float


class Asked(NamedTuple):
    """A written name, another spelling of the same name, the number of the name, its weight."""

    text: str
    answer: str
    group: int
    weight: float


class Population(NamedTuple):
    """The spellings of a population with the names that have them, and the names by number.

    ``borne`` is what share of all bears each name, by the number of the name.
    """

    members: dict[str, list[Member]]
    groups: dict[str, int]
    borne: list[float]


def read_rows(data: Path, kind: Kind) -> list[Row]:
    """The pairs of names of one kind that an inventory of the Soviet Union has."""
    with lzma.open(data / PAIRS, "rt", encoding="utf-8") as file:
        rows = [Row(*line.rstrip("\n").split("\t")) for line in list(file)[1:]]
    return [row for row in rows if _FLAGS[kind] in row.soviet]


def as_archived(name: str) -> str:
    """Small letters, е for ё, as archives print."""
    return name.lower().replace("ё", "е")


def read_bearers(data: Path, kind: Kind, most: int) -> dict[str, int]:
    """The ``most`` commonest names and how many bear them, as archives print them."""
    counts: Counter[str] = Counter()
    with lzma.open(data / f"{kind}_counts.tsv.xz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            name, count = line.rstrip("\n").split("\t")
            counts[as_archived(name)] += int(count)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])


def cyrillic_population(bearers: dict[str, int]) -> Population:
    """Every name is one group."""
    total = sum(bearers.values())
    groups = {name: number for number, name in enumerate(bearers)}
    members = {name: [Member(groups[name], n / total)] for name, n in bearers.items()}
    return Population(members, groups, [n / total for n in bearers.values()])


def latin_population(rows: Iterable[Row], bearers: dict[str, int]) -> Population:
    """Every Wikidata item is one group; its forms share its bearers."""
    forms, names = _forms(rows, "latin"), _forms(rows, "cyrillic")
    borne = {item: sum(bearers.get(as_archived(n), 0) for n in names[item]) for item in forms}
    total = max(sum(borne.values()), 1)
    groups = {item: number for number, item in enumerate(item for item in forms if borne[item])}
    members: dict[str, list[Member]] = defaultdict(list)
    for item, number in groups.items():
        for form in forms[item]:
            members[form].append(Member(number, borne[item] / total / len(forms[item])))
    return Population(dict(members), groups, [borne[item] / total for item in groups])


def _forms(rows: Iterable[Row], alphabet: Alphabet) -> dict[str, list[str]]:
    """The distinct forms of each item in one alphabet, in an order that means nothing."""
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        form = row.latin if alphabet == "latin" else as_archived(row.cyrillic)
        if spell(form).alphabet == alphabet and spell(form).letters:
            forms[row.item][form] = None
    return {item: sorted(found, key=_checksum) for item, found in forms.items()}


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode())


def ask_mixed(rows: Sequence[Row], bearers: dict[str, int], groups: dict[str, int]) -> list[Asked]:
    """Each Latin form against the Cyrillic name, by how many bear it."""
    pairs = sorted({(row.latin, as_archived(row.cyrillic)) for row in rows})
    forms = Counter(name for _, name in pairs)
    return [
        Asked(latin, name, groups[name], bearers[name] / forms[name])
        for latin, name in pairs
        if name in groups
    ]


def ask_alike(
    rows: Sequence[Row],
    alphabet: Alphabet,
    bearers: dict[str, int],
    groups: dict[str, int],
    one_sex: bool = False,
) -> list[Asked]:
    """Each form of an item against the next one; an item of one form against itself.

    So two documents agree to the letter as often as an item has one form only. With ``one_sex`` a
    man's form goes with men's forms and a woman's with women's, where the item has both.
    """
    forms, names = _forms(rows, alphabet), _forms(rows, "cyrillic")
    asked = []
    for item, found in sorted(forms.items()):
        borne = sum(bearers.get(name, 0) for name in names.get(item, ()))
        for text, answer in _beside(found, one_sex):
            group = groups.get(item if alphabet == "latin" else answer)
            if group is not None and borne:
                asked.append(Asked(text, answer, group, borne / len(found)))
    return asked


def _beside(forms: list[str], one_sex: bool) -> Iterator[tuple[str, str]]:
    """Each form and the next one, round in a circle; circles by sex with ``one_sex``."""
    women = {form for form in forms if one_sex and mans_form(form) in set(forms) - {form}}
    for circle in ([f for f in forms if f not in women], [f for f in forms if f in women]):
        yield from neighbours([*circle, *circle[:1]])


def _rarities(kind: Kind, names: Iterable[str]) -> list[float]:
    spelt = (spell(name) for name in names)
    return [-background_bits(kind, word.alphabet, word.letters) for word in spelt]


def _channel(bits: float) -> float:
    """Undo the floor: log2(2^bits - 2^floor), as low as -40."""
    return float(np.log2(max(2.0**bits - 2.0**FLOOR_BITS, 2.0**-40)))


def collect(
    kind: Kind,
    asked: Sequence[Asked],
    population: Population,
    index: NameIndex,
    own_alphabet: bool,
    curve: Callable[[float], float],
) -> Sample | None:
    """Find the candidates of every written name; None where there is none at all.

    ``curve`` is the calibration that the index applies, which is taken off again.
    """
    half = 0.5 if own_alphabet else 1.0
    texts = [ask.text for ask in asked]
    rarity = _rarities(kind, texts)
    queries, positions, bits = index.search_many(texts, LISTED, FLOOR_BITS + 1)
    others = dict(zip(set(positions.tolist()), [0.0] * len(positions), strict=False))
    if own_alphabet:
        found = sorted(others)
        others = dict(zip(found, _rarities(kind, [index.names[at] for at in found]), strict=True))
    rows: list[tuple[int, float, float, float, int, bool]] = []
    answer = [-1] * len(asked)
    for query, position, stated in zip(queries, positions, bits, strict=True):
        ask, name = asked[query], index.names[position]
        other = others[int(position)]
        taken = half * curve(rarity[query]) + (1 - half) * curve(other)
        for member in population.members[name]:
            right = member.group == ask.group
            if right and name == ask.answer:
                answer[query] = len(rows)
            channel = _channel(float(stated)) - taken
            rows.append((int(query), channel, other, member.share, member.group, right))
    if not rows:
        return None
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    weight = np.array([ask.weight for ask in asked], dtype=float)
    borne = np.array(population.borne)
    name = np.array([ask.group for ask in asked])
    return Sample(
        weight=weight / weight.sum(),
        rarity=np.array(rarity),
        half=half,
        answer=np.array(answer),
        query=columns[0],
        channel=columns[1],
        other_rarity=columns[2],
        share=columns[3],
        group=columns[4],
        right=columns[5],
        name=name,
        borne=borne[columns[4]],
        name_borne=borne[name],
        names=int((borne >= LEAST_BORNE).sum()),
    )


def drawn(asked: Sequence[Asked], most: int) -> list[Asked]:
    """A sample of ``most`` written names, the same every time."""
    return sorted(asked, key=lambda ask: (_checksum(ask.text + ask.answer), ask))[:most]
