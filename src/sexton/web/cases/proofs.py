"""The plate of a case: composed of what sources say of the man, read by two before it is cut."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sexton.messages import N_, Message
from sexton.web.cases.models import Candidate, Case, PlateProof
from sexton.web.cases.plates import Plate, Voice, compose
from sexton.web.cases.romanising import CONVENTIONS
from sexton.web.register.history import change
from sexton.web.register.models import Record, Site
from sexton.web.register.state import short_key

READERS = 2
NO_PLATE = N_(
    "There is a plate only for a man whose identity is decided, and of whom the public may be told."
)
EMPTY = N_("A plate names the man, in Cyrillic or in Latin letters.")
READ_ALREADY = N_("You have confirmed this text already. Somebody else has to read it too.")
CONFIRMED = "the text of a plate was proofread"


class NoPlate(Exception):
    """The text was not confirmed; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Text:
    """A text that somebody confirmed, and who did."""

    digest: str
    plate: Plate
    convention: str
    readers: list[str]

    @property
    def is_read(self) -> bool:
        """Whether as many read it as have to."""
        return len(self.readers) >= READERS

    @property
    def wanted(self) -> int:
        """How many have to read it yet."""
        return max(0, READERS - len(self.readers))


def convention_of(site: Site | None, otherwise: str) -> str:
    """The language of the commune in which a site lies, as its inscriptions and names tell it."""
    told = site.inscription_language.replace(",", " ").split() if site else []
    named = list(site.names) if site else []
    found = [code for code in (*told, *named, otherwise) if code in CONVENTIONS]
    # English is the language of the register: a site has an English name wherever it lies.
    return next((code for code in found if code != "en"), "en")


def voices_of(case: Case, candidate: str) -> list[Voice]:
    """What sources say of the man: his row first, then clues, then the other records of him."""
    found = Candidate.objects.filter(case=case, name=candidate).first()
    voices = [Voice(_title(found), found.fields)] if found else []
    for clue in case.clues.filter(stands=True).select_related("source", "record"):
        where = clue.citation or str(clue.source or clue.record or "")
        voices.append(Voice(where, {_column(clue.field): clue.value}))
    own = {found.name.partition(":")[2]} if found else set()
    rows = Record.objects.filter(membership__person__memberships__record=case.record)
    for record in rows.select_related("source").order_by("-is_named", "key"):
        if record.key not in own and not record.key.endswith(short_key(candidate)):
            voices.append(Voice(record.key, record.fields))
    return voices


def plate_of(case: Case, candidate: str = "", convention: str = "") -> Plate:
    """The plate of a case as sources give it, for the man whom it holds him to be."""
    convention = convention or convention_of(case.record.site, "en")
    return compose(voices_of(case, candidate or case.candidate), convention)


def texts(case: Case) -> list[Text]:
    """The texts that somebody confirmed for the decision that stands, the best read first."""
    upon = _upon(case)
    if upon is None:
        return []
    read: dict[str, list[PlateProof]] = defaultdict(list)
    for proof in PlateProof.objects.filter(case=case, upon=upon):
        read[proof.digest].append(proof)
    found = [
        Text(digest, Plate.of(told[0].lines), told[0].convention, [one.reader for one in told])
        for digest, told in read.items()
    ]
    return sorted(found, key=lambda text: -len(text.readers))


def confirm(case: Case, plate: Plate, convention: str, reader: str) -> PlateProof:
    """Say that a text is right, letter by letter. Raises NoPlate."""
    with change(reader, CONFIRMED) as door:
        case.refresh_from_db()
        upon = _upon(case)
        if upon is None:
            raise NoPlate(Message(NO_PLATE))
        if not plate.cyrillic and not plate.latin:
            raise NoPlate(Message(EMPTY))
        digest = short_key(convention, *plate.lines().values())
        told = PlateProof(case=case, upon=upon, digest=digest, reader=reader)
        if PlateProof.objects.filter(case=case, upon=upon, digest=digest, reader=reader).exists():
            raise NoPlate(Message(READ_ALREADY))
        told.convention, told.lines = convention, plate.lines()
        return door.add(told)


def _upon(case: Case) -> int | None:
    """The decision that a plate is made upon; None where there is no plate to be made."""
    if not case.is_public:
        return None
    return case.decisions.order_by("-pk").values_list("pk", flat=True).first()


def _title(found: Candidate) -> str:
    row = found.name.partition(":")[2]
    return found.fields.get("source", "") or row


def _column(field: str) -> str:
    """A clue of another name says how he is called, whatever his row calls him."""
    return "name" if field == "other_names" else field
