"""JSON-LD: schema.org for those who index pages, CIDOC CRM for who says what.

Nothing is chosen silently. What a source gives of a birth, a death or a burial is an attribute
assignment (E13) that names the source; only where one account stands, or a decision prefers one, is
it a plain property of the person too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sexton.web.public.machines.addresses import Uris
from sexton.web.public.machines.kinds import Json
from sexton.web.public.machines.licence import LICENCE
from sexton.web.register.lives.accounts import Alternative, Aspect, Said
from sexton.web.register.lives.periods import read_period
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import Organisation, Person, Record, Site, Source

CONTEXT = {"@vocab": "https://schema.org/", "crm": "http://www.cidoc-crm.org/cidoc-crm/"}
# The events of a life that are told: their class, what it is to the person, and from the person.
LIFE = {
    "birth": ("crm:E67_Birth", "crm:P98_brought_into_life", "crm:P98i_was_born"),
    "death": ("crm:E69_Death", "crm:P100_was_death_of", "crm:P100i_died_in"),
    "burial": ("crm:E7_Activity", "crm:P12_occurred_in_the_presence_of", "crm:P12i_was_present_at"),
}
PROPERTY = {"when": "crm:P4_has_time-span", "place": "crm:P7_took_place_at",
            "site": "crm:P7_took_place_at"}  # fmt: skip
DATES = {"birth": "birthDate", "death": "deathDate"}


def graph(nodes: Iterable[Json]) -> Json:
    """Nodes as one document."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def person_nodes(
    uris: Uris,
    person: Person,
    path: Sequence[Step],
    names: Iterable[tuple[str, str]] = (),
    records: Iterable[Record] = (),
) -> list[Json]:
    """A person, what happened to him, and each account of it with its source.

    ``names`` are forms that somebody gives, with their languages; a conjecture is none.
    """
    own = uris.of(person)
    node: Json = {
        "@id": own,
        "@type": ["Person", "crm:E21_Person"],
        "url": own,
        "crm:P1_is_identified_by": _identifier(person.key),
    }
    if person.is_named and person.name:
        node["name"] = person.name
    others = _once(tagged(text, language) for text, language in names)
    if others:
        node["alternateName"] = others
    documents = [{"@id": uris.of(record)} for record in records]
    if documents:
        node["crm:P70i_is_documented_in"] = documents
    told = [node]
    for kind, number, step in _numbered(path):
        told += _event_of_life(uris, node, own, f"{own}#{kind}{number}", kind, step)
    return told


def _numbered(path: Sequence[Step]) -> Iterable[tuple[str, str, Step]]:
    """The births, deaths and burials of a life; of several burials each has its number."""
    seen: dict[str, int] = {}
    for step in path:
        kind = "burial" if step.kind == "reburial" else step.kind
        if kind in LIFE and not step.beside:
            seen[kind] = seen.get(kind, 0) + 1
            yield kind, str(seen[kind]) if seen[kind] > 1 else "", step


def _event_of_life(
    uris: Uris, person: Json, own: str, event: str, kind: str, step: Step
) -> list[Json]:
    class_, of_person, from_person = LIFE[kind]
    person.setdefault(from_person, []).append({"@id": event})
    name = DATES.get(kind)
    if name and (agreed := agreed_day(step)):
        person[name] = agreed
    node = {"@id": event, "@type": class_, of_person: {"@id": own}}
    if kind == "burial":
        node["crm:P2_has_type"] = step.kind
    return [node, *_assignments(uris, event, step)]


def _assignments(uris: Uris, event: str, step: Step) -> list[Json]:
    """Each account of when and where, with who gives it."""
    return [
        _assignment(uris, event, aspect, account)
        for name in PROPERTY
        if (aspect := step.aspects.get(name))
        for account in aspect.alternatives
    ]


def _assignment(uris: Uris, event: str, aspect: Aspect, account: Alternative) -> Json:
    said = account.said
    told: Json = {
        "@type": "crm:E13_Attribute_Assignment",
        "crm:P140_assigned_attribute_to": {"@id": event},
        "crm:P177_assigned_property_of_type": {"@id": PROPERTY[aspect.name]},
        "crm:P141_assigned": _value(uris, aspect.name, said),
        "crm:P70i_is_documented_in": [
            {"@id": uris.of(shown)}
            for voice in account.voices
            if (shown := voice.record or voice.source)
        ],
    }
    if account.disproven:
        told["crm:P2_has_type"] = "disproven"
    elif account.preferred:
        told["crm:P2_has_type"] = "preferred"
    return told


def _value(uris: Uris, aspect: str, said: Said) -> Json:
    if said.site:
        return {"@id": uris.of(said.site)}
    if aspect == "when":
        return {"@type": "crm:E52_Time-Span", **time_span(said)}
    return {"@type": "crm:E53_Place", "name": tagged(said.text, said.language)}


def time_span(said: Said) -> Json:
    """A span of days: as written, as EDTF, and its ends."""
    told: Json = {"crm:P3_has_note": tagged(said.text, said.language)}
    if said.edtf:
        told["crm:P82_at_some_time_within"] = {
            "@type": "http://id.loc.gov/datatypes/edtf/EDTF",
            "@value": said.edtf,
        }
    ends = {"crm:P82a_begin_of_the_begin": said.first_day, "crm:P82b_end_of_the_end": said.last_day}
    return {**told, **{name: _day(day) for name, day in ends.items() if day}}


def _day(day: date) -> Json:
    return {"@type": "http://www.w3.org/2001/XMLSchema#date", "@value": day.isoformat()}


def agreed_day(step: Step) -> str:
    """The day, month or year on which one account stands or a decision has fallen; else ""."""
    standing = step.aspects["when"].standing if "when" in step.aspects else []
    if len(standing) == 1 or (standing and standing[0].preferred):
        period = read_period(standing[0].said.edtf)
        return period.edtf if period else ""
    return ""


def tagged(text: str, language: str = "") -> str | Json:
    """A text with the tag of its language, where that is known."""
    return {"@value": text, "@language": language} if language else text


def _identifier(key: str) -> Json:
    return {"@type": ["PropertyValue", "crm:E42_Identifier"], "value": key}


def _once(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def site_nodes(uris: Uris, site: Site) -> list[Json]:
    """A site. Coordinates of a commune's middle are not those of the site and stay out."""
    node: Json = {
        "@id": uris.of(site),
        "@type": [
            "LandmarksOrHistoricalBuildings" if site.kind == "memorial" else "Cemetery",
            "crm:E53_Place",
        ],
        "url": uris.of(site),
        "name": [tagged(text, code) for code, text in site.names.items()] or site.key,
        "crm:P1_is_identified_by": _identifier(site.key),
    }
    address = {"addressLocality": site.municipality, "addressRegion": site.province}
    if any(address.values()):
        told = {name: text for name, text in address.items() if text}
        node["address"] = {"@type": "PostalAddress", **told}
    exact = site.coord_source != "municipality" and site.coord_precision != "municipality"
    if exact and site.latitude is not None and site.longitude is not None:
        spot = {"latitude": site.latitude, "longitude": site.longitude}
        node["geo"] = {"@type": "GeoCoordinates", **spot}
    return [node, *_documented(uris, node, site.source)]


def source_nodes(uris: Uris, source: Source) -> list[Json]:
    node: Json = {
        "@id": uris.of(source),
        "@type": ["CreativeWork", "crm:E31_Document"],
        "url": uris.of(source),
        "name": tagged(str(source), source.language),
        "crm:P1_is_identified_by": _identifier(source.key),
    }
    more = {
        "inLanguage": source.language,
        "publisher": source.publisher,
        "sameAs": source.web_address,
        "license": source.licence,
    }
    return [{**node, **{name: text for name, text in more.items() if text}}]


def record_nodes(uris: Uris, record: Record, person: Person | None) -> list[Json]:
    """A record is a document: a row of its source, on somebody."""
    node: Json = {
        "@id": uris.of(record),
        "@type": ["CreativeWork", "crm:E31_Document"],
        "url": uris.of(record),
        "name": record.name if record.is_named and record.name else record.key,
        "crm:P1_is_identified_by": _identifier(record.key),
    }
    if person is not None:
        node["crm:P129_is_about"] = {"@id": uris.of(person)}
    if record.source:
        node["isPartOf"] = {"@id": uris.of(record.source)}
        return [node, *source_nodes(uris, record.source)]
    return [node]


def organisation_nodes(
    uris: Uris,
    organisation: Organisation,
    names: Iterable[Any] = (),
    events: Iterable[Step] = (),
) -> list[Json]:
    """A camp, mine, movement or unit; and what happened there, each account with its source."""
    own = uris.of(organisation)
    node: Json = {
        "@id": own,
        "@type": ["Organization", "crm:E74_Group"],
        "url": own,
        "name": organisation.name,
        "crm:P1_is_identified_by": _identifier(organisation.key),
    }
    others = _once(tagged(name.name, name.language) for name in names)
    if others:
        node["alternateName"] = others
    told = [node, *_documented(uris, node, organisation.source)]
    for number, step in enumerate(events, 1):
        event = f"{own}#event{number}"
        told.append(
            {
                "@id": event,
                "@type": ["Event", "crm:E5_Event"],
                "name": next((a.said.text for a in step.says("title")), step.kind),
                "about": {"@id": own},
            }
        )
        told += _assignments(uris, event, step)
    return told


def place_nodes(uris: Uris, own: str, name: str) -> list[Json]:
    return [{"@id": own, "@type": ["Place", "crm:E53_Place"], "url": own, "name": name}]


def _documented(uris: Uris, node: Json, source: Source | None) -> list[Json]:
    if source is None:
        return []
    node["crm:P70i_is_documented_in"] = [{"@id": uris.of(source)}]
    return source_nodes(uris, source)


def breadcrumbs(uris: Uris, crumbs: Sequence[tuple[str, str]]) -> list[Json]:
    """The way to a page: names with addresses, in the language of the page."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": uris.base + address}
        for place, (name, address) in enumerate(crumbs, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}] if items else []


def website_nodes(uris: Uris, name: str, search: str) -> list[Json]:
    """The site, and how a program asks it."""
    return [
        {
            "@id": uris.named("home"),
            "@type": "WebSite",
            "url": uris.named("home"),
            "name": name,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": uris.base + search + "?q={search_term_string}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    ]


def dataset_nodes(uris: Uris, description: str, files: Iterable[Json]) -> list[Json]:
    """The dump as a data set, with what there is to be fetched."""
    return [
        {
            "@id": uris.named("data"),
            "@type": "Dataset",
            "url": uris.named("data"),
            "name": "Sexton: a register of war graves",
            "description": description,
            "license": LICENCE["url"],
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": uris.named("data-file", file["name"]),
                    "encodingFormat": file["media_type"],
                    "contentSize": str(file["bytes"]),
                }
                for file in files
            ],
        }
    ]
