"""Weighing the candidates of a case again, when a clue or a search in vain has changed it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from sexton.evidence import FieldEvidence, Rules
from sexton.records import Record
from sexton.web.cases.models import Candidate, Case, Inquiry
from sexton.web.cases.naming import as_list_record
from sexton.web.cases.pools import pool_of
from sexton.web.cases.rules import in_use
from sexton.web.cases.weighing import Failed, Ranking, rank, with_clues
from sexton.web.research.shelf import Trouble


def row_of(case: Case) -> Record:
    """What the record of a case says, with the clues that stand."""
    clues = case.clues.filter(stands=True).values_list("field", "value")
    return with_clues(as_list_record(case.record), clues)


def failed_of(case: Case) -> list[Failed]:
    """The searches without result that stand."""
    searches = case.searches.filter(stands=True)
    return [Failed(share, name) for share, name in searches.values_list("share", "candidate")]


def rows_of(inquiry: Inquiry) -> dict[str, Record]:
    """The rows of the candidates that a list gave, as they were when they were found."""
    found = Candidate.objects.filter(case=inquiry.case_id, pool=inquiry.pool)
    return {
        one.name: Record(one.name, one.fields, {}, inquiry.pool, 0) for one in found
    }  # fmt: skip


def ranking_of(inquiry: Inquiry, rules: Rules | None = None) -> Ranking:
    """How the candidates of a list rank now. Raises Trouble where the list cannot be asked."""
    case = inquiry.case
    pool = pool_of(inquiry, rules)
    return rank(row_of(case), rows_of(inquiry), pool, failed_of(case))


def weigh_again(case: Case, rules: Rules | None = None) -> list[Inquiry]:
    """Weigh all candidates of a case with what is known now, by the rules in use or given ones.

    Those of a list that cannot be asked stay as they are; its inquiry, which is returned with the
    others, says what the trouble is.
    """
    rules = rules or in_use()
    inquiries = list(case.inquiries.all())
    for inquiry in inquiries:
        inquiry.case = case
        try:
            ranking = ranking_of(inquiry, rules)
        except Trouble as trouble:
            inquiry.trouble = trouble.kind
            inquiry.save(update_fields=["trouble"])
        else:
            write(inquiry, ranking, rules)
    return inquiries


@transaction.atomic
def write(inquiry: Inquiry, ranking: Ranking, rules: Rules | None = None) -> None:
    """Write how the candidates of a list rank."""
    version = (rules or in_use()).version
    by_name: Mapping[str, Candidate] = {
        one.name: one for one in inquiry.case.candidates.filter(pool=inquiry.pool)
    }
    for place, weighed in enumerate(ranking.candidates, 1):
        one = by_name[weighed.name]
        one.rank, one.probability, one.man = place, weighed.probability, weighed.man
        one.prior, one.weight, one.searched = weighed.prior, weighed.weight, weighed.searched
        one.evidence, one.rules = evidence_of(weighed.fields), version
        one.save()
    inquiry.none, inquiry.none_bits = ranking.none, ranking.none_bits
    inquiry.rules, inquiry.trouble = version, ""
    inquiry.save()


def evidence_of(fields: tuple[FieldEvidence, ...]) -> list[dict[str, object]]:
    """Evidence as JSON whose bits are not rounded: they must add up to the weight."""
    return [
        {
            "field": item.field,
            "bits": item.bits,
            "message": item.message.as_dict(),
            "left": item.left,
            "right": item.right,
        }
        for item in fields
    ]
