"""What the register holds, a module for each theme.

A record is verbatim and is never changed after its import (a database trigger sees to it); all
else may change, and every state that is past is kept (``history``). Only ``services``, ``imports``
and ``history.change`` write.
"""

from __future__ import annotations

from sexton.web.register.models.base import Dated, Sourced, Versioned, dated
from sexton.web.register.models.claims import Claim
from sexton.web.register.models.derived import Finding, NameKey, PairLink, State
from sexton.web.register.models.events import Event, Participant
from sexton.web.register.models.history import Batch, Change, History
from sexton.web.register.models.markers import Inscription, Marker, Marking, Memorial
from sexton.web.register.models.organisations import Affiliation, Organisation, OrganisationName
from sexton.web.register.models.people import Membership, Person, PersonName, Relation
from sexton.web.register.models.records import Record, RecordLink
from sexton.web.register.models.rights import Document, Image, Region
from sexton.web.register.models.sites import Grave, GraveCount, Site, SiteName
from sexton.web.register.models.sources import Sheet, SheetRow, Source
from sexton.web.register.models.statements import Statement
from sexton.web.register.models.verdicts import Verdict

# In the order in which one may refer to those before it (and to itself).
VERSIONED: tuple[type[Versioned], ...] = (
    Source,
    Organisation,
    OrganisationName,
    Sheet,
    SheetRow,
    Site,
    SiteName,
    Grave,
    GraveCount,
    Record,
    RecordLink,
    Person,
    Membership,
    PersonName,
    Relation,
    Affiliation,
    Event,
    Participant,
    Document,
    Marker,
    Marking,
    Memorial,
    Image,
    Region,
    Inscription,
    Claim,
    Statement,
    Verdict,
)

__all__ = [
    "VERSIONED",
    "Affiliation",
    "Batch",
    "Change",
    "Claim",
    "Dated",
    "Document",
    "Event",
    "Finding",
    "Grave",
    "GraveCount",
    "History",
    "Image",
    "Inscription",
    "Marker",
    "Marking",
    "Membership",
    "Memorial",
    "NameKey",
    "Organisation",
    "OrganisationName",
    "PairLink",
    "Participant",
    "Person",
    "PersonName",
    "Record",
    "RecordLink",
    "Region",
    "Relation",
    "Sheet",
    "SheetRow",
    "Site",
    "SiteName",
    "Source",
    "Sourced",
    "State",
    "Statement",
    "Verdict",
    "Versioned",
    "dated",
]
