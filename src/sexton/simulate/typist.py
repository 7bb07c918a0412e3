"""The typist of a simulated archive: columns of text from numbered men, a whole block at once.

Only names with a slip pass through Python one by one; all else is arrays.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sexton.records.simulated import REMARK
from sexton.simulate.birthplaces import (
    GENITIVE,
    PROVINCE,
    SETTLEMENT,
    USUAL,
    WITH_REPUBLIC,
    WORDINGS,
    birth_places,
)
from sexton.simulate.calendar import (
    DAYS,
    NO_DATE,
    Days,
    Mask,
    date_texts,
    day_month_swapped,
    year_alone,
)
from sexton.simulate.documents import HOSPITAL_LIST, SOURCES, Rows, camp_labels
from sexton.simulate.fates import Fates, Numbers
from sexton.simulate.men import RANKS, TYPIST, Persons, World
from sexton.simulate.peoples import PARTS, Cast, people_names
from sexton.simulate.slips import slips, ukrainian_form
from sexton.simulate.tables import read_table

if TYPE_CHECKING:
    import pyarrow as pa

# The texts of each name part, and for each the position of its form without ё.
Spelt = dict[str, tuple["pa.Array", Numbers]]

_DAY_SLIPS = np.array([-10, -1, 1, 10, -365, 365, -3652, 3652], np.int32)
_DEATH_SLIPS = np.array([-30, -3, -2, -1, 1, 2, 3, 30], np.int32)
# Camps write their labels in four ways; this share of the rows in the first (judged).
USUAL_LABEL = 0.7
DEATH_PLACE = 0.6


class Typist:
    """Writes a block's rows, one column after the other, from one stream of random numbers."""

    def __init__(
        self,
        world: World,
        spelt: Spelt,
        block: int,
        fates: Fates,
        persons: Persons,
        rows: Rows,
    ) -> None:
        self.spelt, self.fates, self.persons, self.rows = spelt, fates, persons, rows
        self.random = world.random(block, TYPIST)
        self.shares = shares = world.shares
        self.fills = (
            shares.camp_card, shares.hospital_list, shares.loss_report, shares.draft_list,
        )  # fmt: skip

    def _happens(self, rate: str) -> Mask:
        """For each row, whether something with the rate of its kind of document happens."""
        rates = np.array([getattr(fill, rate) for fill in self.fills])
        happens: Mask = self._drawn() < rates[self.rows.kind]
        return happens

    def _drawn(self) -> NDArray[np.float64]:
        return self.random.random(len(self.rows))

    def names(self) -> dict[str, pa.Array]:
        """Surname, given name and patronymic, with slips, ё as е, and Ukrainian forms."""
        import pyarrow as pa
        import pyarrow.compute as pc

        written = {part: self._part(part) for part in PARTS}
        missing = pa.array(~self._happens("patronymic"))
        written["patronymic"] = pc.if_else(missing, "", written["patronymic"])
        whole = pc.binary_join_element_wise(*(written[part] for part in PARTS), " ")
        return {"name": pc.utf8_rtrim_whitespace(whole), **written}

    def _part(self, part: str) -> pa.Array:
        import pyarrow as pa

        dictionary, without_yo = self.spelt[part]
        codes = self.persons.names[part][self.rows.man]
        codes = np.where(self._happens("yo"), codes, without_yo[codes])
        changed = np.flatnonzero(self._happens("name_slip"))
        texts = slips([dictionary[code].as_py() for code in codes[changed].tolist()], self.random)
        if part == "given":
            other = np.flatnonzero(self._happens("ukrainian_form") & self._is_ukrainian())
            texts += [ukrainian_form(dictionary[code].as_py()) for code in codes[other].tolist()]
            changed = np.concatenate([changed, other])
        codes[changed] = np.arange(len(changed)) + len(dictionary)
        return pa.concat_arrays([dictionary, pa.array(texts, pa.string())]).take(pa.array(codes))

    def _is_ukrainian(self) -> Mask:
        ukrainian: Mask = self.persons.people[self.rows.man] == people_names().index("ukrainian")
        return ukrainian

    def birth_dates(self) -> pa.Array:
        """Births, full, by the year or missing, some with a slip."""
        births = self.persons.birth[self.rows.man]
        births = np.where(self._happens("birth_slip"), self._slipped_birth(births), births)
        full, year = self._two_rates("full_birth_date", "birth_year_only")
        stated = np.where(full, births, np.where(year, year_alone(births), NO_DATE))
        return _dates(stated)

    def _two_rates(self, first: str, second: str) -> tuple[Mask, Mask]:
        one = np.array([getattr(fill, first) for fill in self.fills])[self.rows.kind]
        two = np.array([getattr(fill, second) for fill in self.fills])[self.rows.kind]
        drawn = self._drawn()
        return drawn < one, (drawn >= one) & (drawn < one + two)

    def _slipped_birth(self, births: Days) -> Days:
        moved = births + self.random.choice(_DAY_SLIPS, len(births))
        swap = self._drawn() < 0.25
        slipped = np.where(swap, day_month_swapped(births), moved)
        return np.clip(slipped, 0, DAYS - 1).astype(np.int32)

    def birth_places(self) -> pa.Array:
        """Birth places in the wording of the document."""
        import pyarrow as pa
        import pyarrow.compute as pc

        other = self.random.choice((GENITIVE, SETTLEMENT, WITH_REPUBLIC), len(self.rows))
        wording = np.where(self._happens("other_wording"), other, USUAL)
        wording = np.where(self._happens("only_province"), PROVINCE, wording)
        codes = self.persons.place[self.rows.man] * WORDINGS + wording
        stated = pa.array(self._happens("birth_place"))
        return pc.if_else(stated, _place_texts().take(pa.array(codes)), "")

    def death_dates(self) -> pa.Array:
        """Deaths; some a few days off."""
        death = self.fates.death[self.rows.man]
        off = self.random.choice((-30, -3, -2, -1, 1, 2, 3, 30), len(death))
        slipped = np.clip(death + off, 0, DAYS - 1)
        death = np.where(self._happens("death_slip") & (death > 0), slipped, death)
        return _dates(np.where(self._happens("death_date") & (death > 0), death, NO_DATE))

    def camps(self) -> dict[str, pa.Array]:
        """Number and camp, and the place of death: the camp, or the commune in the West.

        Hospitals, and a man's later documents, give the number of the camp he was moved to.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        man, kind = self.rows.man, self.rows.kind
        moved = (self.fates.second_number[man] > 0) & (self.rows.later | (kind == HOSPITAL_LIST))
        camp = np.where(moved, self.fates.second_camp[man], self.fates.camp[man])
        number = np.where(moved, self.fates.second_number[man], self.fates.number[man])
        wrong = self._drawn() < self.shares.number_slip
        number = np.where(wrong, self._wrong_digit(number), number)
        stated = (kind <= HOSPITAL_LIST) & (number > 0)
        numbers = pa.array(np.where(stated, number, 0)).cast(pa.string())
        label = np.where(self._drawn() < 0.7, 0, self.random.integers(0, 4, len(man)))
        texts = _label_texts()
        labels = texts.take(pa.array(np.where(stated, camp * 4 + label, len(texts) - 1)))
        return {
            "death_place": self._death_places(stated, camp),
            "prisoner_number": pc.if_else(pa.array(stated), numbers, ""),
            "camp": labels,
        }

    def _wrong_digit(self, number: Numbers) -> Numbers:
        """One digit of a number taken for another (1 and 7, 3 and 8 …: any, as it is drawn)."""
        power = 10 ** self.random.integers(0, 5, len(number))
        digit = number // power % 10
        other = self.random.integers(1, 10, len(number))
        wrong = number + ((digit + other) % 10 - digit) * power
        return np.where(wrong > 0, wrong, number).astype(np.int32)

    def _death_places(self, stated: Mask, camp: Numbers) -> pa.Array:
        import pyarrow as pa

        site = self.fates.site[self.rows.man]
        dead = stated & (self.fates.death[self.rows.man] > 0) & (self._drawn() < 0.6)
        sites, labels = len(read_table("western_sites")), len(camp_labels())
        code = np.where(site >= 0, site, sites + camp)
        return _death_place_texts().take(pa.array(np.where(dead, code, sites + labels)))

    def ranks(self) -> pa.Array:
        """Ranks."""
        import pyarrow as pa

        texts = pa.array([*RANKS, ""])
        rank = self.persons.rank[self.rows.man]
        return texts.take(pa.array(np.where(self._happens("rank"), rank, len(RANKS))))

    def constants(self) -> dict[str, pa.Array]:
        """Sex, kind of document, language, and the remark that nobody of them lived."""
        import pyarrow as pa

        rows = len(self.rows)
        sexes = pa.array(["m", "f"])
        return {
            "sex": sexes.take(pa.array(self.persons.woman[self.rows.man].astype(np.int8))),
            "source": pa.array(SOURCES).take(pa.array(self.rows.kind)),
            "language": pa.repeat("ru", rows),
            "remarks": pa.repeat(REMARK, rows),
        }


def columns_of(
    world: World, spelt: Spelt, block: int, fates: Fates, persons: Persons, rows: Rows
) -> dict[str, pa.Array]:
    """All columns of a block's rows but their ids, as texts; what is not stated is ""."""
    typist = Typist(world, spelt, block, fates, persons, rows)
    return {
        **typist.names(),
        "birth_date": typist.birth_dates(),
        "birth_place": typist.birth_places(),
        "death_date": typist.death_dates(),
        **typist.camps(),
        "rank": typist.ranks(),
        **typist.constants(),
    }


def _dates(codes: Days) -> pa.Array:
    import pyarrow as pa

    return _date_texts().take(pa.array(codes))


@cache
def _date_texts() -> pa.Array:
    import pyarrow as pa

    return pa.array(date_texts())


@cache
def _place_texts() -> pa.Array:
    import pyarrow as pa

    return pa.array(birth_places().texts)


@cache
def _label_texts() -> pa.Array:
    import pyarrow as pa

    return pa.array([*(label for labels in camp_labels() for label in labels), ""])


@cache
def _death_place_texts() -> pa.Array:
    """The communes of the West, then the camps, then nothing."""
    import pyarrow as pa

    countries = {"BE": "Бельгия", "FR": "Франция", "NL": "Нидерланды", "DE": "Германия",
                 "PL": "Польша"}  # fmt: skip
    sites = [
        f"{countries[row['country']]}, {row['russian']}" for row in read_table("western_sites")
    ]
    return pa.array([*sites, *(labels[0] for labels in camp_labels()), ""])


def spelt_names(cast: Cast) -> Spelt:
    """The names of each part as texts, and for each the position of its form without ё."""
    import pyarrow as pa

    spelt = {}
    for part in PARTS:
        names = cast.names[part]
        plain = sorted({name.replace("ё", "е") for name in names if "ё" in name})
        at = {name: position for position, name in enumerate((*names, *plain))}
        without = np.fromiter((at[n.replace("ё", "е")] for n in (*names, *plain)), np.int32)
        spelt[part] = (pa.array([*names, *plain]), without)
    return spelt
