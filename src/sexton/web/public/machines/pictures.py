"""JSON of photographs and papers: only what everybody may see, with whose it is."""

from __future__ import annotations

from collections.abc import Iterable

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json
from sexton.web.public.machines.values import days_of, stated, told_by
from sexton.web.public.photographs import Picture
from sexton.web.register.models import Document


def pictures_json(asked: Asked, pictures: Iterable[Picture]) -> list[Json]:
    """Photographs as ``photographs.pictures`` gives them: none that is hidden or shows the living.

    ``alt`` says what is to be seen, by language; empty where nobody has described it yet.
    """
    return [
        {
            "id": asked.of(one.whole),
            "smaller": [asked.of(address) for address in one.addresses[1:]],
            "width": one.image.width,
            "height": one.image.height,
            "caption": stated(one.image.caption),
            "alt": dict(one.image.alt),
            "taken": days_of(one.image),
            "rights_holder": stated(one.image.rights_holder),
            "licence": stated(one.image.licence),
            **told_by(asked, one.image),
        }
        for one in pictures
    ]


def documents_json(asked: Asked, documents: Iterable[Document]) -> list[Json]:
    """Papers of records. ``person_page`` gives none that is not public."""
    return [
        {
            "key": one.key,
            "document_kind": stated(one.kind),
            "title": one.title,
            "text": stated(one.text),
            "language": stated(one.language),
            "when": days_of(one),
            "rights_holder": stated(one.rights_holder),
            "licence": stated(one.licence),
            **told_by(asked, one),
        }
        for one in documents
    ]
