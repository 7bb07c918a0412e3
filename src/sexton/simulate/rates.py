"""How often what happens in a simulation: every rate with its origin.

*Counted* rates are shares of filled fields among the 256 named rows of
``data/belgium/entries.csv``, which are pages on graves; nothing of what those fields say was used.
*Judged* rates are this project's opinion of the records in question; no archive was counted for
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fill:
    """What one kind of document states, as shares of its rows, and its slips. All judged.

    A birth date is full, or only its year, or missing. A slip of the birth date puts day or month
    next to the true one, exchanges them, or changes the year by one or ten. ``name_slip`` is the
    chance of each name part to hold one slip of a typist or clerk.
    """

    full_birth_date: float
    birth_year_only: float
    birth_slip: float
    patronymic: float
    birth_place: float
    only_province: float
    other_wording: float
    death_date: float
    death_slip: float
    rank: float
    name_slip: float
    ukrainian_form: float = 0.04
    yo: float = 0.08


@dataclass(frozen=True, slots=True)
class Shares:
    """An archive: who is in it, and what its documents say.

    ``prisoner``, ``dead_prisoners`` (3.3 of 5.7 million: C. Streit, Keine Kameraden, quoted from
    memory), ``dead_others``; ``west``: share of the prisoners' convoys that went to mines of the
    West; ``unrecorded``: men who lived but stand in no document of the archive; ``second_record``
    and ``third_record``: recorded men with so many documents; ``transferred``: prisoners who got a
    second number in another camp; ``number_slip``: prisoner numbers with a wrong digit;
    ``new_year``, ``first_of_month``: births that were put on those days when nobody knew the day,
    and ``new_year_asia`` for the peoples of Central Asia. All but the one of the dead prisoners
    judged.
    """

    women: float = 0.0
    prisoner: float = 0.35
    dead_prisoners: float = 0.57
    dead_others: float = 0.65
    west: float = 0.25
    unrecorded: float = 0.15
    second_record: float = 0.16
    third_record: float = 0.04
    transferred: float = 0.25
    number_slip: float = 0.015
    new_year: float = 0.02
    new_year_asia: float = 0.12
    first_of_month: float = 0.02
    camp_card: Fill = field(
        default_factory=lambda: Fill(
            full_birth_date=0.92,
            birth_year_only=0.05,
            birth_slip=0.05,
            patronymic=0.75,
            birth_place=0.90,
            only_province=0.20,
            other_wording=0.30,
            death_date=0.80,
            death_slip=0.06,
            rank=0.70,
            name_slip=0.05,
        )
    )
    hospital_list: Fill = field(
        default_factory=lambda: Fill(
            full_birth_date=0.55,
            birth_year_only=0.30,
            birth_slip=0.08,
            patronymic=0.45,
            birth_place=0.45,
            only_province=0.50,
            other_wording=0.50,
            death_date=0.90,
            death_slip=0.06,
            rank=0.25,
            name_slip=0.08,
        )
    )
    loss_report: Fill = field(
        default_factory=lambda: Fill(
            full_birth_date=0.25,
            birth_year_only=0.70,
            birth_slip=0.06,
            patronymic=0.97,
            birth_place=0.90,
            only_province=0.12,
            other_wording=0.25,
            death_date=0.85,
            death_slip=0.08,
            rank=0.95,
            name_slip=0.03,
        )
    )
    draft_list: Fill = field(
        default_factory=lambda: Fill(
            full_birth_date=0.45,
            birth_year_only=0.52,
            birth_slip=0.05,
            patronymic=0.97,
            birth_place=0.80,
            only_province=0.10,
            other_wording=0.40,
            death_date=0.10,
            death_slip=0.10,
            rank=0.60,
            name_slip=0.03,
        )
    )


_PLAIN = Fill(
    full_birth_date=0.80,
    birth_year_only=0.16,
    birth_slip=0.0,
    patronymic=0.90,
    birth_place=0.85,
    only_province=0.25,
    other_wording=0.0,
    death_date=1.0,
    death_slip=0.0,
    rank=1.0,
    name_slip=0.0,
    ukrainian_form=0.0,
    yo=1.0,
)
# A plain list: one faultless row a man, filled alike whatever the document. Judged.
PLAIN = Shares(
    unrecorded=0.0,
    second_record=0.0,
    third_record=0.0,
    number_slip=0.0,
    camp_card=_PLAIN,
    hospital_list=_PLAIN,
    loss_report=_PLAIN,
    draft_list=_PLAIN,
)


@dataclass(frozen=True, slots=True)
class Garbling:
    """How badly names fared, as shares of the surnames: one fault, two, four. All judged.

    The others are written by the rules of the clerk's country. Given names and patronymics, which
    clerks knew better, have ``given`` times as many faults.
    """

    one: float
    two: float
    four: float
    given: float = 0.5


GARBLINGS = {
    "light": Garbling(one=0.20, two=0.04, four=0.0),
    "usual": Garbling(one=0.38, two=0.13, four=0.03),
    "heavy": Garbling(one=0.40, two=0.27, four=0.11),
}


@dataclass(frozen=True, slots=True)
class GraveShares:
    """What graves state, and its faults, as shares of the named graves.

    Counted (of 256): ``given_missing`` 7, ``given_initial`` 14, ``patronymic`` 81, ``birth_date``
    160 and of these ``birth_year_only`` 42, ``birth_place`` 177, ``death_date`` 181 and of these
    ``death_coarse`` about 20, ``camp`` 44, ``death_place`` 50, ``rank`` 36. ``group`` times
    ``unnamed`` is near the share of unnamed rows (56 of 312). All else is judged; ``number`` is
    higher than counted (2), for those pages seldom print the numbers that a cemetery's papers have.
    ``kin``: men of plots in no document who are brothers of a man of the plot in some.
    """

    in_archive: float = 0.85
    group: float = 0.40
    unnamed: float = 0.40
    unnamed_death_date: float = 0.90
    unnamed_number: float = 0.03
    kin: float = 0.0
    given_missing: float = 0.03
    given_initial: float = 0.055
    localised: float = 0.30
    patronymic: float = 0.32
    fields_swapped: float = 0.03
    patronymic_misplaced: float = 0.02
    given_first: float = 0.5
    capitals: float = 0.15
    look_alikes: float = 0.01
    other_hand: float = 0.30
    birth_date: float = 0.625
    birth_year_only: float = 0.26
    birth_slip: float = 0.12
    age_instead: float = 0.03
    death_date: float = 0.71
    death_coarse: float = 0.11
    death_late: float = 0.15
    death_slip: float = 0.05
    birth_place: float = 0.69
    death_place: float = 0.19
    number: float = 0.15
    number_slip: float = 0.10
    camp: float = 0.17
    rank: float = 0.14
    garbling: Garbling = GARBLINGS["usual"]
