"""Where a person stands on the ladder of identification, in codes with words in five languages.

Two things are told, never mixed: what is known of the **name**, and who holds the **records** to be
one person. Codes have their words in ``labels.STANDINGS`` (``{{ code|label:"standing" }}``).

The person page asks ``standing_of(person)``; lists ask ``standings(ids)`` once for all rows, or
``standings_of`` where they have read the records already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from sexton.web.register import labels
from sexton.web.register.models import Claim, Membership, Person, PersonName, RecordLink
from sexton.web.register.prepared import Prepared

# The steps of the ladder in their order; the first code of a person is of the first row.
OF_NAME = (
    "unnamed", "recorded_once", "recorded", "restored_conjecture", "restored",
    "restored_reconstructed", "restored_printed",
)  # fmt: skip
OF_RECORDS = ("proposed", "said_same", "confirmed_part", "confirmed", "disputed")
CODES = (*OF_NAME, *OF_RECORDS)
# How a restored form is known; where several forms say it differently, the first of these that one
# has. A form whose list does not say how comes last: another list's doubt about it stands.
BASES = ("printed", "reconstructed", "conjecture", "")
AT_ONCE = 500
Pair = tuple[int, int]


@dataclass(slots=True)
class Known:
    """What the register holds of one person, as far as the ladder asks for it.

    ``said`` and ``decided`` are pairs of records that a source says, or a reviewer decided, to be
    one person; ``bases`` how the restored forms of the name are known; ``disputed`` whether a claim
    is disputed or disproven, or somebody says that two of the records are two persons.
    """

    is_named: bool = True
    records: set[int] = field(default_factory=set)
    sources: set[int | None] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)
    said: set[Pair] = field(default_factory=set)
    decided: set[Pair] = field(default_factory=set)
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's codes: one of the name, then one of several records, then ``disputed``."""

    codes: tuple[str, ...]

    @property
    def words(self) -> list[labels.Label]:
        """The codes in the words of the active language."""
        return [labels.label(code, "standing") for code in self.codes]


def judged(known: Known) -> Standing:
    """The standing that follows from what is known. Asks nothing."""
    codes = [_of_name(known)]
    if len(known.records) > 1:
        codes.append(_of_records(known))
    if known.disputed:
        codes.append("disputed")
    return Standing(tuple(codes))


def _of_name(known: Known) -> str:
    if not known.is_named:
        return "unnamed"
    basis = next((basis for basis in BASES if basis in known.bases), None)
    if basis is not None:
        return f"restored_{basis}" if basis else "restored"
    return "recorded" if len(known.sources) > 1 else "recorded_once"


def _of_records(known: Known) -> str:
    if _joins(known.decided, known.records):
        return "confirmed"
    if known.decided:
        return "confirmed_part"
    return "said_same" if _joins(known.said, known.records) else "proposed"


def _joins(pairs: Iterable[Pair], records: Collection[int]) -> bool:
    """Whether the pairs hold all the records together."""
    group = {record: record for record in records}
    for left, right in pairs:
        new, old = group[left], group[right]
        group = {record: new if of == old else of for record, of in group.items()}
    return len(set(group.values())) == 1


def standing_of(person: Person) -> Standing:
    """The standing of one person, in six queries."""
    return standings([person.pk])[person.pk]


def standings(persons: Collection[int] | None = None) -> dict[int, Standing]:
    """The standings of persons by id, of everybody unless told, in a few queries for all."""
    found: dict[int, Known] = defaultdict(Known)
    for ids in _pieces(persons):
        _add_persons(found, ids)
    return _judged(found, everybody=persons is None)


def standings_of(persons: Iterable[Person], names: Iterable[PersonName]) -> dict[int, Standing]:
    """As ``standings``, of persons that ``queries.with_records`` has read, and their names."""
    found: dict[int, Known] = {}
    for person in persons:
        records = [member.record for member in person.memberships.all()]
        found[person.pk] = Known(
            is_named=person.is_named,
            records={record.pk for record in records},
            sources={record.source_id for record in records if record.is_named},
        )
    for name in names:
        if name.kind == "restored":
            found[name.person_id].bases.add(name.basis)
    return _judged(found, everybody=False)


def _judged(found: dict[int, Known], *, everybody: bool) -> dict[int, Standing]:
    """The standings, when what is said of the records and claims has been added."""
    person_of = {record: person for person, known in found.items() for record in known.records}
    for ids in _pieces(None if everybody else person_of):
        _add_links(found, person_of, ids)
        _add_disputes(found, person_of, ids)
    for (person,) in _disputed_themselves():
        if person in found:
            found[person].disputed = True
    return {person: judged(known) for person, known in found.items()}


def _pieces(ids: Collection[int] | None) -> Iterator[list[int] | None]:
    """Ids, so many at a time; None, which stands for all there are, once."""
    if ids is None:
        yield None
        return
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def _only(column: str, ids: list[int] | None) -> Q:
    return Q() if ids is None else Q(**{f"{column}__in": ids})


def _add_persons(found: dict[int, Known], ids: list[int] | None) -> None:
    """Persons with their records and restored names; of some no record speaks any more."""
    persons = Person.objects.filter(_only("pk", ids)).order_by()
    for person, is_named in persons.values_list("pk", "is_named"):
        found[person].is_named = is_named
    members = Membership.objects.filter(_only("person", ids)).order_by()
    columns = ("person_id", "record_id", "record__source_id", "record__is_named")
    for person, record, source, is_named in members.values_list(*columns):
        found[person].records.add(record)
        if is_named:
            found[person].sources.add(source)
    names = PersonName.objects.filter(_only("person", ids), kind="restored").order_by()
    for person, basis in names.values_list("person_id", "basis"):
        found[person].bases.add(basis)


def _add_links(
    found: dict[int, Known], person_of: dict[int, int], records: list[int] | None
) -> None:
    """What sources say and reviewers decided of two records of one person."""
    links = _all_links() if records is None else _links_of(records)
    for left, right, verdict, decided in links:
        person = person_of.get(left)
        if person is None or person_of.get(right) != person:
            continue
        if verdict == "different":
            found[person].disputed = True
        else:
            (found[person].decided if decided else found[person].said).add((left, right))


def _add_disputes(
    found: dict[int, Known], person_of: dict[int, int], records: list[int] | None
) -> None:
    told = _all_disputed() if records is None else _disputed_of(records)
    for (record,) in told:
        if record in person_of:
            found[person_of[record]].disputed = True


def _links(condition: Q) -> QuerySet[RecordLink, tuple[int, int, str, bool]]:
    rows = RecordLink.objects.filter(condition).order_by()
    return rows.values_list("left_id", "right_id", "verdict", "decided")


def _disputed(condition: Q, column: str) -> QuerySet[Claim, tuple[int]]:
    rows = Claim.objects.filter(condition).exclude(state="asserted").order_by()
    return rows.values_list(column)


_all_links = Prepared(lambda: _links(Q()))
_links_of = Prepared(lambda records: _links(Q(left__in=records)))
_all_disputed = Prepared(lambda: _disputed(Q(), "record_id"))
_disputed_of = Prepared(lambda records: _disputed(Q(record__in=records), "record_id"))
_disputed_themselves = Prepared(
    lambda: _disputed(Q(person__isnull=False, record=None), "person_id")
)
