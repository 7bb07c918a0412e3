"""What changes did, for everybody: how many rows of which kind; and which changes concern a thing.

Rows that no page shows (relations, papers that are not public, accounts and what else other rooms
keep) are not counted; of a change that touched one of them the reason is not told either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef

from sexton.web.register.history import kind_of, versioned
from sexton.web.register.lives.kept import kept
from sexton.web.register.models import (
    Affiliation,
    Change,
    Claim,
    Event,
    Grave,
    GraveCount,
    History,
    Inscription,
    Marker,
    Marking,
    Membership,
    Memorial,
    Organisation,
    OrganisationName,
    Participant,
    Person,
    PersonName,
    Record,
    RecordLink,
    Sheet,
    SheetRow,
    Site,
    SiteName,
    Source,
    Statement,
    Verdict,
    Versioned,
)

# What pages show. A kind that is not named here is told of nowhere: it may be private.
PUBLIC: tuple[type[Versioned], ...] = (
    Source, Organisation, OrganisationName, Site, SiteName, Grave, GraveCount, Record, RecordLink,
    Person, Membership, PersonName, Affiliation, Event, Participant, Marker, Marking, Memorial,
    Inscription, Claim, Statement, Verdict,
)  # fmt: skip
# The files as they came in: their rows are records, which are told.
INSIDE: tuple[type[Versioned], ...] = (Sheet, SheetRow)
DEEDS = ("added", "changed", "taken_out")
LATEST = 50


@dataclass(slots=True)
class Told:
    """A change, with the number of rows of each kind that it added, changed, took out."""

    change: Change
    deeds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    private: bool = False

    @property
    def reason(self) -> str:
        """Why; "" where that is not for everybody."""
        return "" if self.private else self.change.reason


@kept
def latest() -> list[Told]:
    """The latest changes of what pages show, the newest first."""
    found = {row.pk: Told(row) for row in Change.objects.order_by("-pk")[:LATEST]}
    for model in PUBLIC:
        _count(model, found)
    return _shown(found)


def _count(model: type[Versioned], found: dict[int, Told]) -> None:
    """Count what the changes did to the rows of a model, in the database itself."""
    kind, ids = kind_of(model), list(found)
    past = History.objects.filter(kind=kind).order_by()
    begun = _numbers(model._default_manager.filter(change__in=ids).order_by(), "change_id")
    begun += _numbers(past.filter(began__in=ids), "began_id")
    ended = _numbers(past.filter(ended__in=ids), "ended_id")
    out = _numbers(_gone(model, past.filter(ended__in=ids)), "ended_id") if ended else Counter()
    for change in begun | ended:
        changed = ended[change] - out[change]
        numbers = (begun[change] - changed, changed, out[change])
        found[change].deeds[kind].update(_some(dict(zip(DEEDS, numbers, strict=True))))


def _gone(model: type[Versioned], ended):
    """The states that a change ended without putting another in their place."""
    same = {"change": OuterRef("ended")}
    now = model._default_manager.filter(pk=OuterRef("object_id"), **same)
    later = History.objects.filter(
        kind=kind_of(model), object_id=OuterRef("object_id"), began=OuterRef("ended")
    )
    return ended.filter(~Exists(now), ~Exists(later))


def _numbers(rows, name: str) -> Counter[int]:
    return Counter(dict(rows.values_list(name).annotate(Count("pk"))))


def _some(numbers: dict[str, int]) -> dict[str, int]:
    return {deed: number for deed, number in numbers.items() if number}


def _shown(found: dict[int, Told]) -> list[Told]:
    """The changes that did something which pages show, the newest first."""
    for pk in _touching_private(found):
        found[pk].private = True
    shown = [told for told in found.values() if any(told.deeds.values())]
    return sorted(shown, key=lambda told: -told.change.pk)[:LATEST]


def is_private(change: Change) -> bool:
    """Whether a change touched something that no page shows."""
    return bool(_touching_private([change.pk]))


def _touching_private(changes: Iterable[int]) -> set[int]:
    ids = list(changes)
    found: set[int] = set()
    for model in versioned():
        if model not in (*PUBLIC, *INSIDE):
            rows = model._default_manager.filter(change__in=ids).order_by()
            found.update(rows.values_list("change_id", flat=True).distinct())
            past = History.objects.filter(kind=kind_of(model)).order_by()
            for name in ("began_id", "ended_id"):
                touched = past.filter(**{f"{name}__in": ids})
                found.update(touched.values_list(name, flat=True).distinct())
    return found


# What stands on a thing: a model, and its column that names the thing ("" for the thing itself).
OF: dict[type[Versioned], tuple[tuple[type[Versioned], str], ...]] = {
    Person: (
        (Person, ""), (Membership, "person"), (PersonName, "person"), (Affiliation, "person"),
        (Participant, "person"), (Claim, "person"),
    ),
    Site: (
        (Site, ""), (SiteName, "site"), (Grave, "site"), (GraveCount, "site"), (Marker, "site"),
        (Memorial, "site"), (Record, "site"), (Event, "site"), (Claim, "site"),
        (Statement, "site"),
    ),
    Source: ((Source, ""), (Record, "source"), (Site, "source"), (Statement, "source")),
}  # fmt: skip


def concerning(thing: Versioned) -> list[Told]:
    """The changes of a person, site or source and of what stands on it, the newest first.

    A record that was moved to another person was taken from the one and added to the other.
    """
    deeds: dict[int, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for model, column in OF[type(thing)]:
        for change, deed in _deeds(model, column, thing.pk):
            deeds[change][kind_of(model)][deed] += 1
    if isinstance(thing, Person):
        for change in _verdicts_on_records(thing):
            deeds[change][kind_of(Claim)]["changed"] += 1
    changes = Change.objects.in_bulk(sorted(deeds, reverse=True)[:LATEST])
    return _shown({pk: Told(change, deeds[pk]) for pk, change in changes.items()})


def _deeds(model: type[Versioned], column: str, pk: int) -> Iterator[tuple[int, str]]:
    """(change, deed) for each row of a model that stands, or once stood, on a thing."""
    kind = kind_of(model)
    own = {f"{column}_id": pk} if column else {"pk": pk}
    there = {f"data__{column}_id": pk} if column else {"object_id": pk}
    begun = set(model._default_manager.filter(**own).order_by().values_list("pk", "change_id"))
    ended = set()
    past = History.objects.filter(kind=kind, **there).order_by()
    for row, began, end in past.values_list("object_id", "began_id", "ended_id"):
        begun.add((row, began))
        ended.add((row, end))
    for rows, deed in zip((begun - ended, begun & ended, ended - begun), DEEDS, strict=True):
        for _, change in rows:
            yield change, deed


def _verdicts_on_records(person: Person) -> Sequence[int]:
    """The changes that decided something on what his records say."""
    claims = Claim.objects.filter(record__membership__person=person, version__gt=1)
    return list(claims.order_by().values_list("change_id", flat=True))
