"""The judgements as a file, with its codebook. Who judged stands there under a pseudonym.

The pseudonym is made with the register's secret key: the same in every file of one register, and
nobody without the key can tell whose it is. Reasons are left out: they may name the living.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.web.cases.models import Candidate, Judgement
from sexton.web.cases.naming import record_key
from sexton.web.public.dumps.codebook import CONTEXT, in_all_languages
from sexton.web.public.dumps.columns import DATE, NUMBER, TEXT, WHOLE, YES_NO

NAME = "judgements.csv"
COLUMNS: tuple[tuple[str, str, Promise], ...] = (
    ("number", WHOLE, _("Number of the judgement in this register")),
    ("left_id", TEXT, _("Key of the record of the case")),
    ("right_id", TEXT, _("The candidate: key of a record, or archive, list and row")),
    ("verdict", TEXT, _("same: one man; different: two men; unsure")),
    ("blind", YES_NO, _("Whether it was made before evidence and other verdicts could be seen")),
    ("reviewer", TEXT, _("Who judged, under a pseudonym that is the same in every file")),
    ("bits", NUMBER, _("Match weight of the evidence at that time, in bits; empty if not known")),
    ("rules", TEXT, _("Version of the rules that weighed it")),
    ("simulated", YES_NO, _("Whether the candidate is simulated and never lived")),
    ("day", DATE, _("Day of the judgement")),
)  # fmt: skip


def pseudonym(reviewer: str) -> str:
    """What a reviewer is called in files."""
    return f"r-{salted_hmac('sexton.judgements', reviewer, algorithm='sha256').hexdigest()[:10]}"


def as_csv(judgements: Iterable[Judgement]) -> str:
    """The file, by the order of the judgements."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([name for name, _type, _meaning in COLUMNS])
    writer.writerows(_rows(judgements))
    return text.getvalue()


def _rows(judgements: Iterable[Judgement]) -> Iterator[list[object]]:
    simulated = set(Candidate.objects.filter(simulated=True).values_list("case", "name"))
    for one in judgements:
        yield [
            one.pk, one.case.record.key, record_key(one.candidate) or one.candidate, one.verdict,
            _yes_no(one.blind), pseudonym(one.reviewer),
            "" if one.bits is None else repr(one.bits), one.rules,
            _yes_no((one.case_id, one.candidate) in simulated),
            timezone.localdate(one.change.at).isoformat(),
        ]  # fmt: skip


def _yes_no(value: bool) -> str:
    return "true" if value else "false"


def codebook() -> dict[str, Any]:
    """What the columns mean, as CSV on the Web, in every language of the site."""
    columns = [
        {"name": name, "titles": name, "datatype": type_, "dc:description": in_all_languages(said)}
        for name, type_, said in COLUMNS
    ]
    return {
        "@context": CONTEXT,
        "url": NAME,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {"columns": columns, "primaryKey": "number"},
    }
