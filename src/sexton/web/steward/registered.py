"""Which model has which list on the desk."""

from __future__ import annotations

from sexton.web.accounts.models import RoleAssignment, User
from sexton.web.contributions.models import Contribution
from sexton.web.register import models
from sexton.web.steward import rooms
from sexton.web.steward.changes import ChangeAdmin
from sexton.web.steward.desk import desk
from sexton.web.steward.letters import LetterAdmin
from sexton.web.steward.people import AccountAdmin, RoleAdmin

ROOMS = {
    Contribution: LetterAdmin,
    models.Affiliation: rooms.AffiliationAdmin,
    models.Change: ChangeAdmin,
    models.Claim: rooms.ClaimAdmin,
    models.Document: rooms.DocumentAdmin,
    models.Event: rooms.EventAdmin,
    models.Finding: rooms.FindingAdmin,
    models.Grave: rooms.GraveAdmin,
    models.GraveCount: rooms.GraveCountAdmin,
    models.Image: rooms.ImageAdmin,
    models.Inscription: rooms.InscriptionAdmin,
    models.Marker: rooms.MarkerAdmin,
    models.Marking: rooms.MarkingAdmin,
    models.Memorial: rooms.MemorialAdmin,
    models.Organisation: rooms.OrganisationAdmin,
    models.OrganisationName: rooms.OrganisationNameAdmin,
    models.Participant: rooms.ParticipantAdmin,
    models.Person: rooms.PersonAdmin,
    models.PersonName: rooms.PersonNameAdmin,
    models.Record: rooms.RecordAdmin,
    models.RecordLink: rooms.LinkAdmin,
    models.Region: rooms.RegionAdmin,
    models.Relation: rooms.RelationAdmin,
    models.Site: rooms.SiteAdmin,
    models.SiteName: rooms.SiteNameAdmin,
    models.Source: rooms.SourceAdmin,
    models.Statement: rooms.StatementAdmin,
    RoleAssignment: RoleAdmin,
    User: AccountAdmin,
}
for model, room in ROOMS.items():
    desk.register(model, room)

__all__ = ["desk"]
