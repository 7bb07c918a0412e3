"""The weights of screening, from the rules of evidence: bits of every level, ready for kernels."""

from __future__ import annotations

from math import log2
from typing import NamedTuple

from sexton.evidence import Rules, Shares
from sexton.evidence.standing import compare_captivity

DAYS_OF_A_YEAR = 365.25


class Weights(NamedTuple):
    """Bits for one man of each way in which two fields agree or differ; ``*_days``: of how many
    days the chance of agreement is taken."""

    birth_same: float
    birth_may: float
    birth_swapped: float
    birth_part: float
    birth_year: float
    birth_near: float
    birth_differs: float
    birth_differs_coarse: float
    birth_days: float
    death_same: float
    death_may: float
    death_late: float
    death_part: float
    death_differs: float
    death_differs_coarse: float
    death_days: float
    place_differs: float
    unit_same: float
    other_village: float
    burial_same: float
    burial_differs: float
    camp_differs: float
    number_same: float
    number_near: float
    number_differs: float
    died_elsewhere: float
    captive: float
    silent: float


def weights_of(rules: Rules, shares: Shares) -> Weights:
    """The bits that ``rules`` give; ``shares`` tell how many records are prisoners'."""

    def bits(section: str, name: str, share: float) -> float:
        return log2(rules.value(section, name) / share)

    def differ(section: str, coarse: str = "") -> float:
        """By how many years two dates differ makes no difference here."""
        levels = (f"differs{coarse}", f"years_apart{coarse}")
        return log2(sum(rules.value(section, level) for level in levels) / 0.9)

    born = rules.value("birth", "years") * DAYS_OF_A_YEAR
    dead = rules.value("death", "days")
    return Weights(
        birth_same=bits("birth", "same_day", 1 / born),
        birth_may=bits("birth", "same_year", 1.0),
        birth_swapped=bits("birth", "swapped", 1 / born),
        birth_part=bits("birth", "one_part_off", 72 / born),
        birth_year=bits("birth", "same_year_other_day", DAYS_OF_A_YEAR / born),
        birth_near=bits("birth", "year_off_by_one", 2 * DAYS_OF_A_YEAR / born),
        birth_differs=differ("birth"),
        birth_differs_coarse=differ("birth", "_coarse"),
        birth_days=born,
        death_same=bits("death", "same_day", 1 / dead),
        death_may=bits("death", "same_year_or_month", 1.0),
        death_late=bits("death", "days_late", 6 / dead),
        death_part=bits("death", "one_part_off", 36 / dead),
        death_differs=differ("death"),
        death_differs_coarse=bits("death", "differs_coarse", 0.9),
        death_days=dead,
        place_differs=rules.weight("places", "differs"),
        unit_same=rules.weight("places", "province"),
        other_village=rules.weight("places", "other_village"),
        burial_same=bits("burial", "same", 0.05),
        burial_differs=log2(rules.value("burial", "differs")),
        camp_differs=log2(rules.value("camp", "differs")),
        number_same=rules.weight("number", "same"),
        number_near=bits("number", "one_digit_off", rules.value("number", "one_digit_share")),
        number_differs=log2(rules.value("number", "differs")),
        died_elsewhere=rules.weight("resting", "differs"),
        captive=_captivity(True, shares, rules),
        silent=_captivity(False, shares, rules),
    )


def _captivity(both: bool, shares: Shares, rules: Rules) -> float:
    """What it says of a prisoner's record that another one is a prisoner's too, or is not."""
    share = shares.share_or_none("captive", "yes")
    return 0.0 if share is None else compare_captivity(both, share, rules).bits
