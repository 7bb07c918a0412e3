"""From all that is said of a person to the path of a life.

An event or affiliation makes a step; what another source says of the same joins it as one more
account. Claims of records join the step that they speak of, and make one where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sexton.web.register.lives.accounts import (
    Said,
    Voice,
    hull,
    said_code,
    said_organisation,
    said_site,
    said_text,
    said_when,
)
from sexton.web.register.lives.steps import Step, in_order
from sexton.web.register.models import (
    Affiliation,
    Claim,
    Dated,
    Event,
    Marking,
    Organisation,
    Participant,
)
from sexton.web.register.models.events import EVENT_KINDS
from sexton.web.register.page import PersonPage

# A man is born and dies once, whoever says so.
ONCE = frozenset({"birth", "death"})
# Usually once: two sources that tell of one tell of the same, and disagree where they differ.
USUALLY_ONCE = frozenset({"draft", "capture", "escape", "joining", "burial", "reburial"})
# A part in what happened to somebody else.
BESIDE = frozenset({"witness", "perpetrator", "organiser"})
KIND_OF_ORGANISATION = {
    "camp": "captivity", "mine": "work", "work_detachment": "work", "hospital": "hospital",
    "resistance_movement": "resistance", "military_unit": "service",
}  # fmt: skip
# What a record says of a whole life, by the step that it speaks of.
OF_ORGANISATION = {"camp": "captivity", "resistance_group": "resistance", "unit": "service"}
OF_ROLE = {"pow": "captivity", "partisan": "resistance", "forced_labourer": "work"}
DATE, PLACE = "_date", "_place"
OF_EVENT = {"date": "when", "when": "when", "place": "place", "where": "place"}
LAST = ("prisoner_number", "role")  # they join what the other claims have made


def life_path(page: PersonPage) -> list[Step]:
    """The steps of a person's life in their order; asks the database nothing."""
    return steps_from(
        page.events, page.affiliations, page.claims, page.organisations, page.markings
    )


def steps_from(
    events: Iterable[Participant] = (),
    affiliations: Iterable[Affiliation] = (),
    claims: Iterable[Claim] = (),
    organisations: Mapping[str, Organisation] | None = None,
    markings: Iterable[Marking] = (),
) -> list[Step]:
    """The steps that these rows of one person tell, in their order.

    ``organisations`` are those that claims name, as in ``PersonPage``.
    """
    path = _Path(organisations or {})
    for part in events:
        path.take_event(part)
    for affiliation in affiliations:
        path.take_affiliation(affiliation)
    for marking in markings:
        path.take_marking(marking)
    for claim in sorted(claims, key=lambda claim: claim.property in LAST):
        path.take_claim(claim)
    return in_order(path.steps)


def event_step(event: Event) -> Step:
    """What is said of an event, whoever took part in it."""
    step = Step(event.kind)
    _tell_event(step, event, Voice.of_row(event))
    return step


class _Path:
    """The steps so far, and where what is said next belongs."""

    def __init__(self, organisations: Mapping[str, Organisation]) -> None:
        self.organisations = organisations
        self.steps: list[Step] = []
        self._of_claims: dict[str, Step] = {}
        self._camps: dict[int, list[tuple[Step, str]]] = {}

    def take_event(self, part: Participant) -> None:
        """An event by its source; who says that this person had a part in it, by that of the part.

        A record may name a man among the fallen of a fight and say nothing of its day.
        """
        event, beside = part.event, part.role in BESIDE
        told, own = Voice.of_row(event), Voice.of_row(part)
        voices = [voice for voice in (told, own) if voice.origin] or [told]
        step = _same_event(self.steps, event, voices, beside)
        if step is None:
            step = self._add(event.kind)
            step.beside = beside
        if not any(known.pk == event.pk for known in step.events):
            _tell_event(step, event, voices[0])
        if beside or own.origin:
            step.hear("part", said_code(part.role, "part"), own if own.origin else voices[0])
        step.hear("concluded", _concluded(part), own if own.origin else voices[0])

    def take_affiliation(self, row: Affiliation) -> None:
        voice = Voice.of_row(row)
        kind = KIND_OF_ORGANISATION.get(row.organisation.kind, "membership")
        stays = self._at(kind, row.organisation)
        step = next((s for s in stays if _adds(s, [voice]) or _overlap(s, row)), None)
        if step is None and not row.when:
            step = next((s for s in self._without_days(kind) if _adds(s, [voice])), None)
        step = step or self._add(kind)
        step.hear("organisation", said_organisation(row.organisation), voice)
        step.hear("when", _when(row), voice)
        step.hear("role", _text(row.role), voice)
        step.hear("number", _text(row.number, row.organisation.name), voice)
        step.hear("concluded", _concluded(row), voice)

    def take_marking(self, row: Marking) -> None:
        marker, voice = row.marker, Voice.of_row(row.marker)
        step = self._add("marking")
        step.hear("when", _when(marker), voice)
        step.hear("title", said_code(marker.kind, "marker"), voice)
        step.hear("site", said_site(marker.site, row.grave), voice)
        for text in marker.inscriptions.all():
            step.hear("inscription", said_text(text.text, text.language), Voice.of_row(text))

    def take_claim(self, claim: Claim) -> None:
        if claim.event_id is not None:
            self._take_event_claim(claim)
        elif claim.property in OF_ORGANISATION:
            self._take_organisation(claim)
        elif claim.property == "burial_place":
            self._take_burial(claim)
        elif claim.property == "prisoner_number":
            self._take_number(claim)
        elif claim.property == "role":
            self._take_role(claim)
        elif claim.property == "rank":
            self._loose("service").hear("rank", _written(claim), Voice.of_claim(claim))
        else:
            self._take_date_or_place(claim)

    def _take_event_claim(self, claim: Claim) -> None:
        aspect = OF_EVENT.get(claim.property, claim.property)
        said = _days(claim) if aspect == "when" else _written(claim)
        for step in self.steps:
            if any(event.pk == claim.event_id for event in step.events):
                step.hear(aspect, said, Voice.of_claim(claim))

    def _take_date_or_place(self, claim: Claim) -> None:
        for ending, aspect, read in ((DATE, "when", _days), (PLACE, "place", _written)):
            kind = claim.property.removesuffix(ending)
            if claim.property.endswith(ending) and kind in EVENT_KINDS:
                self._told(kind).hear(aspect, read(claim), Voice.of_claim(claim))

    def _take_organisation(self, claim: Claim) -> None:
        kind = OF_ORGANISATION[claim.property]
        found = self.organisations.get(claim.read) or self.organisations.get(claim.value)
        stays = self._at(kind, found) if found else []
        step = stays[0] if stays else self._loose(kind)
        aspect = "unit" if claim.property == "unit" and not found else "organisation"
        said = said_organisation(found, claim.value) if found else _camp_or_text(claim)
        step.hear(aspect, said, Voice.of_claim(claim))
        if claim.property == "camp" and claim.record_id is not None:
            name = found.name if found else said.text
            self._camps.setdefault(claim.record_id, []).append((step, name))

    def _take_number(self, claim: Claim) -> None:
        """A number belongs to the camp that the same record names."""
        camps = self._camps.get(claim.record_id or 0, [])
        step = camps[0][0] if len(camps) == 1 else self._loose("captivity")
        written = str(claim.qualifiers.get("camp") or "")
        named = self.organisations.get(written)
        # The camp by its one name, or a number would seem to be another one beside a second form.
        within = camps[0][1] if len(camps) == 1 else named.name if named else written
        said = said_text(claim.read or claim.value, within=within)
        step.hear("number", said, Voice.of_claim(claim))

    def _take_role(self, claim: Claim) -> None:
        """What somebody was, where no step tells more of it."""
        kind = OF_ROLE.get(claim.value, "")
        if kind and (kind in self._of_claims or not self._of_kind(kind)):
            said = said_code(claim.value, "role")
            self._claimed(kind).hear("role", said, Voice.of_claim(claim))

    def _take_burial(self, claim: Claim) -> None:
        site = claim.record.site if claim.record else None
        said = said_site(site) if site else _written(claim)
        kind = "commemoration" if site and site.kind == "memorial" else "burial"
        step = next((s for s in self.steps if site and _lies_at(s, site.pk)), None)
        if step is None:
            alone = kind == "burial" and not self._of_kind("reburial")
            step = self._told(kind) if alone else self._claimed(kind)
        step.hear("site", said, Voice.of_claim(claim))

    def _add(self, kind: str) -> Step:
        self.steps.append(Step(kind))
        return self.steps[-1]

    def _claimed(self, kind: str) -> Step:
        """The step of this kind that claims alone make."""
        if kind not in self._of_claims:
            self._of_claims[kind] = self._add(kind)
        return self._of_claims[kind]

    def _loose(self, kind: str) -> Step:
        """Where a record stands that says nothing of days: beside others that say nothing of them.

        Whether he was in each of two camps or the sources disagree, nobody can tell.
        """
        return next(iter(self._without_days(kind)), None) or self._claimed(kind)

    def _without_days(self, kind: str) -> list[Step]:
        return [s for s in self._of_kind(kind) if "when" not in s.aspects and not s.events]

    def _told(self, kind: str) -> Step:
        """The step that a date or place of this kind speaks of: the only one, else a new one."""
        own = [step for step in self._of_kind(kind) if not step.beside]
        return own[0] if len(own) == 1 else self._claimed(kind)

    def _of_kind(self, kind: str) -> list[Step]:
        return [step for step in self.steps if step.kind == kind]

    def _at(self, kind: str, organisation: Organisation) -> list[Step]:
        """The stays in an organisation that are known so far."""
        return [
            step
            for step in self._of_kind(kind)
            if any(a.said.organisation == organisation for a in step.says("organisation"))
        ]


def _same_event(
    steps: Iterable[Step], event: Event, voices: list[Voice], beside: bool
) -> Step | None:
    """The step of which this event is another account, if any."""
    for step in steps:
        if step.beside != beside or step.kind != event.kind:
            continue
        if any(known.pk == event.pk for known in step.events):
            return step
        usually_once = event.kind in USUALLY_ONCE and _adds(step, voices)
        once = not beside and (event.kind in ONCE or usually_once)
        if once and not _in_a_row(step, event):
            return step
    return None


def _adds(step: Step, voices: list[Voice]) -> bool:
    """Whether other sources speak: one source that tells of two tells of two."""
    return not {voice.origin for voice in voices} & (step.origins | {None})


def _overlap(step: Step, row: Dated) -> bool:
    """Whether a stay can be the same by its days: one without days can always be."""
    known = hull(step.says("when"))
    if known is None or row.first_day is None or row.last_day is None:
        return True
    return known[0] <= row.last_day and row.first_day <= known[1]


def _in_a_row(step: Step, event: Event) -> bool:
    """Whether one of two events ended the other: a man buried twice."""
    return any(
        event.follows_id == other.pk or other.follows_id == event.pk for other in step.events
    )


def _lies_at(step: Step, site: int) -> bool:
    if step.kind not in {"burial", "reburial"} or not step.events:
        return False
    return any(account.said.site and account.said.site.pk == site for account in step.says("site"))


def _tell_event(step: Step, event: Event, voice: Voice) -> None:
    step.events.append(event)
    step.hear("when", _when(event), voice)
    step.hear("title", _text(event.title), voice)
    step.hear("place", _text(event.place), voice)
    step.hear("remarks", _text(event.remarks), voice)
    site = event.grave.site if event.grave else event.site
    step.hear("site", said_site(site, event.grave) if site else None, voice)
    step.hear("organisation", _organisation(event.organisation), voice)


def _text(text: str, within: str = "") -> Said | None:
    return said_text(text, within=within) if text else None


def _concluded(row: Participant | Affiliation) -> Said | None:
    """Those who read a source say in English what they concluded beyond its words."""
    return said_text(row.concluded, "en") if row.concluded else None


def _organisation(organisation: Organisation | None) -> Said | None:
    return said_organisation(organisation) if organisation else None


def _when(row: Dated) -> Said | None:
    if not row.when:
        return None
    return said_when(row.when, row.when_edtf, row.first_day, row.last_day)


def _days(claim: Claim) -> Said:
    return said_when(claim.value, claim.read, claim.first_day, claim.last_day, _language(claim))


def _written(claim: Claim) -> Said:
    return said_text(claim.value, _language(claim))


def _camp_or_text(claim: Claim) -> Said:
    """A camp as it is read, if it is; two ways of writing one camp are one account."""
    if claim.property == "camp" and claim.read:
        return Said(f"camp {claim.read}", claim.value, _language(claim))
    return _written(claim)


def _language(claim: Claim) -> str:
    return claim.language or (claim.record.fields.get("language", "") if claim.record else "")
