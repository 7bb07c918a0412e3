"""What stands on the grave of the man of a case: photographs, their parts, what is cut there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from sexton.web.accounts.rights import visible
from sexton.web.public.photographs import Picture, picture_of
from sexton.web.register.burials.dead import LAID, LAYS
from sexton.web.register.burials.graves import Marked, marked
from sexton.web.register.models import Image, Marker, Membership, Participant, Record, Region
from sexton.web.register.queries import either

MOST = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a photograph, in dots of its file, with what is read there."""

    picture: Picture
    region: Region

    @property
    def viewbox(self) -> str:
        """The part as an SVG window on the whole photograph."""
        image, region = self.picture.image, self.region
        width, height = image.width or 1, image.height or 1
        box = (region.left * width, region.top * height,
               region.width * width, region.height * height)  # fmt: skip
        return " ".join(f"{side:.1f}" for side in box)


@dataclass(frozen=True, slots=True)
class Stones:
    """Photographs with their parts, and markers with their inscriptions."""

    pictures: Sequence[Picture]
    parts: Sequence[Part]
    markers: Sequence[Marked]


def stones_of(record: Record, user: Any) -> Stones:
    """What is known of the grave that a record speaks of, as far as ``user`` may see it.

    By the person that the record is held to be of: the graves he was laid into, markers that name
    him; images of these, of himself, or of the record.
    """
    person = Membership.objects.filter(record=record).values_list("person", flat=True).first()
    if person is None:
        return _seen([Q(record=record)], user, [])
    laid = Participant.objects.filter(person=person, event__kind__in=LAID, role__in=LAYS)
    graves = list(laid.filter(event__grave__isnull=False).values_list("event__grave", flat=True))
    conditions = [Q(markings__person=person)]
    if graves:
        conditions.append(Q(markings__grave__in=graves))
    markers = marked(either(Marker, *conditions))
    standing = [one.marker.pk for one in markers]
    of = [Q(record=record), Q(person=person), Q(grave__in=graves), Q(marker__in=standing)]
    return _seen(of, user, markers)


def _seen(of: Sequence[Q], user: Any, markers: Sequence[Marked]) -> Stones:
    rows = Image.objects.filter(pk__in=either(Image, *of).values("pk"))
    held = visible(user, rows.exclude(digest="").exclude(width=None))
    images = list(held.select_related("source", "record__source").order_by("-first_day", "pk"))
    pictures = {image.pk: picture_of(image) for image in images[:MOST]}
    regions = Region.objects.filter(image__in=list(pictures)).order_by("pk") if pictures else ()
    parts = [Part(pictures[region.image_id], region) for region in regions]
    return Stones(list(pictures.values()), parts, markers)
