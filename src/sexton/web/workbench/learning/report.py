"""A version of the rules in sentences: what was learnt, how it was tested, what it changes.

Made of the figures of ``RulesVersion.lesson`` (see ``cases.taught.teach``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as When
from django.db.models import F, QuerySet, Value
from django.db.models import When as Where
from django.db.models.functions import Abs
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sexton.web.cases.models import Candidate, RankingChange
from sexton.web.cases.naming import archive_row, record_key
from sexton.web.workbench.learning.agreeing import OF_AN_ARCHIVE

MATTERS = 0.005
"""Bits of log loss a pair, under which a difference is of no use to anybody."""
STATES: dict[str, Promise] = {
    "proposed": gettext_lazy("Proposed"),
    "in_use": gettext_lazy("In use"),
    "former": gettext_lazy("Was in use"),
    "dropped": gettext_lazy("Put aside"),
}
LEFT_OUT: dict[str, Promise] = {
    "unsure": gettext_lazy("All who judged them were not sure"),
    "simulated": gettext_lazy("Simulated persons, who never lived"),
    "gone": gettext_lazy("The candidate is none any more"),
    "silent": gettext_lazy("Their list cannot be asked"),
}


def percent(share: float) -> str:
    """A share as a reader is told it: never nothing, never all."""
    if share < 0.01:
        return _("under 1%")
    if share > 0.99:
        return _("over 99%")
    return _("%(n)d%%") % {"n": round(100 * share)}


def decimal(number: float, digits: int = 2) -> str:
    """A number with its sign as it is printed, by locale."""
    return number_format(round(number, digits), digits, use_l10n=True).replace("-", "−")


def learnt(lesson: Mapping[str, Any]) -> list[str]:
    """What was learnt, a sentence each."""
    return [_scale(lesson), _shift(lesson), _moved(len(lesson["moved"])), _slips(lesson)]


def _slips(lesson: Mapping[str, Any]) -> str:
    text = _("It is reckoned that %(share)s of the verdicts are slips, as contradictions tell.")
    return text % {"share": percent(lesson["slip"])}


def _scale(lesson: Mapping[str, Any]) -> str:
    low, high = lesson["scale_range"]
    told = {"scale": decimal(lesson["scale"]), "low": decimal(low), "high": decimal(high)}
    if high < 1:
        text = _(
            "The evidence was too sure of itself: a bit counts as %(scale)s (%(low)s to %(high)s)."
        )
    elif low > 1:
        text = _("The evidence was too cautious: a bit counts as %(scale)s (%(low)s to %(high)s).")
    else:
        text = _(
            "Whether the evidence is too sure or too cautious cannot be told: a bit counts as "
            "%(scale)s (%(low)s to %(high)s)."
        )
    return text % told


def _shift(lesson: Mapping[str, Any]) -> str:
    low, high = lesson["shift_range"]
    told = {"shift": decimal(lesson["shift"], 1), "low": decimal(low, 1), "high": decimal(high, 1)}
    if low > 0:
        text = _(
            "One man was judged more often than stated: %(shift)s bits more (%(low)s to %(high)s)."
        )
    elif high < 0:
        text = _("One man was judged less often than stated: %(shift)s bits (%(low)s to %(high)s).")
    else:
        text = _(
            "One man was judged about as often as stated: a shift of %(shift)s bits (%(low)s to "
            "%(high)s) cannot be told from none."
        )
    return text % told


def _moved(n: int) -> str:
    if not n:
        return _("No field was stated in so many pairs that its numbers moved.")
    return ngettext(
        "%(n)d number of single fields moved.", "%(n)d numbers of single fields moved.", n
    ) % {"n": n}


def tested(lesson: Mapping[str, Any]) -> str:
    """What the test says, on cases that were left out of the learning."""
    low, high = lesson["gain"]
    if low > MATTERS:
        text = _(
            "On cases that were left out of the learning these rules state better than those that "
            "ship."
        )
    elif high < -MATTERS:
        text = _(
            "On cases that were left out of the learning these rules state worse than those that "
            "ship."
        )
    else:
        text = _(
            "On cases that were left out of the learning no difference that matters can be told "
            "from the rules that ship."
        )
    told = {"low": decimal(low, 3), "high": decimal(high, 3)}
    limits = _("The gain of a pair lies between %(low)s and %(high)s bits, with 19 chances in 20.")
    return f"{text} {limits % told}"


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one set of rules: log loss (bits), Brier score, calibration error."""

    name: str
    pairs: int
    log_loss: str
    brier: str
    ece: str


def scores(lesson: Mapping[str, Any]) -> list[Row]:
    """The rules that ship, those in use where they are others, and the proposed ones."""
    rows = [_row(_("The rules that ship with Sexton"), lesson["before"])]
    if present := lesson.get("present"):
        name = _("%(version)s, in use then; it knew some of these pairs")
        rows.append(_row(name % {"version": present["version"]}, present))
    return [*rows, _row(_("This version, on cases that it had not seen"), lesson["after"])]


def _row(name: str, found: Mapping[str, Any]) -> Row:
    values = (decimal(found[key], 3) for key in ("log_loss", "brier", "ece"))
    return Row(name, found["pairs"], *values)


def left_out(counts: Mapping[str, int]) -> list[tuple[Promise, int]]:
    """Of which pairs nothing was learnt, and why."""
    return [(words, counts[why]) for why, words in LEFT_OUT.items() if counts.get(why)]


@dataclass(frozen=True, slots=True)
class Told:
    """A case in a list, and who comes first by either rules; ``hidden`` where the reader has still
    to judge one of them blind."""

    change: RankingChange
    before: Named
    after: Named
    hidden: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate as a reader may see him: his name, the register's key of his record or "", his
    probability as a number and in percent, whether he never lived."""

    name: str
    key: str
    probability: float
    percent: str
    simulated: bool


def in_order(rows: QuerySet[RankingChange]) -> QuerySet[RankingChange]:
    """Other first candidates before equal ones, large differences before small ones."""
    other = When(Where(before=F("after"), then=Value(1)), default=Value(0))
    moved = Abs(F("after_probability") - F("before_probability"))
    return rows.annotate(same=other, moved=moved).order_by("same", "-moved", "pk")


def told(
    rows: Sequence[RankingChange], not_blind: set[tuple[int, str]], archives: bool
) -> list[Told]:
    """The rows with names; ``archives``: whether the reader may see who stands in an archive."""
    names = {name for row in rows for name in (row.before, row.after)}
    found = Candidate.objects.filter(case__in={row.case_id for row in rows}, name__in=names)
    known = {
        (one.case_id, one.name): one for one in found.only("case_id", "name", "fields", "simulated")
    }

    def named(row: RankingChange, name: str, probability: float) -> Named:
        one = known.get((row.case_id, name))
        if archive_row(name) is not None and not archives:
            written = str(OF_AN_ARCHIVE)
        else:
            written = _written(one.fields) if one else ""
        shown = written or name
        simulated = bool(one and one.simulated)
        return Named(shown, record_key(name) or "", probability, percent(probability), simulated)

    return [
        Told(
            row,
            named(row, row.before, row.before_probability),
            named(row, row.after, row.after_probability),
            hidden=not {(row.case_id, row.before), (row.case_id, row.after)} <= not_blind,
        )
        for row in rows
    ]


def _written(fields: Mapping[str, str]) -> str:
    parts = (fields.get(part, "") for part in ("surname", "given", "patronymic"))
    return fields.get("name") or " ".join(filter(None, parts))
