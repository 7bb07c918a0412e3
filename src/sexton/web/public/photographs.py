"""Photographs on a page: which of them everybody may see, and what a browser needs to show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from sexton.web.register import photographs, queries
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import Grave, Image, Site
from sexton.web.register.models.sites import name_in


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph with its addresses: ``src`` for old browsers, ``srcset`` for all others."""

    image: Image
    voice: Voice
    src: str
    srcset: str
    whole: str
    width: int
    height: int

    @property
    def addresses(self) -> tuple[str, ...]:
        """Of all its files."""
        kept = photographs.widths(self.image.width or 1)
        small = (address(f"{self.image.digest}-{named}.webp") for named, _ in kept)
        return (self.whole, *small)

    @property
    def alt(self) -> str:
        """What is to be seen, in the reader's language where somebody described it in it."""
        told = name_in(self.image.alt, get_language() or "en") or self.image.caption
        return told or gettext("Photograph that nobody has described yet")

    @property
    def alt_language(self) -> str:
        """The language of the description, where it is not the page's."""
        own = get_language() or "en"
        said = next((code for code, text in self.image.alt.items() if text == self.alt), own)
        return "" if said == own else said


def public() -> QuerySet[Image]:
    """The photographs that everybody may see today: none that shows the living."""
    today = timezone.localdate()
    no_longer_hidden = Q(hidden_until=None) | Q(hidden_until__lte=today)
    rows = Image.objects.filter(no_longer_hidden, use="public", shows_living=False)
    return rows.exclude(digest="").exclude(width=None)


def pictures(*of: Q, most: int | None = None) -> list[Picture]:
    """The public photographs for which any condition holds, the latest taken first."""
    rows = public().filter(pk__in=queries.either(Image, *of).values("pk"))
    ordered = rows.select_related("source", "record__source").order_by("-first_day", "pk")
    return [picture_of(image) for image in (ordered[:most] if most else ordered)]


def at_site(site: Site) -> tuple[Q, ...]:
    """Of a site and of what stands in it as a whole; those of a grave are on its page."""
    return Q(site=site), Q(marker__site=site), Q(memorial__site=site)


def at_grave(grave: Grave) -> tuple[Q, ...]:
    """Of a grave and of what stands on it."""
    return Q(grave=grave), Q(marker__markings__grave=grave)


def address(name: str) -> str:
    return reverse("photograph", args=[name])


def picture_of(image: Image) -> Picture:
    """What a page needs to show an image, whoever may see it."""
    width, height = image.width or 1, image.height or 1
    kept = photographs.widths(width)
    addresses = {actual: address(f"{image.digest}-{named}.webp") for named, actual in kept}
    smallest = kept[0][1]
    return Picture(
        image=image,
        voice=Voice.of_row(image),
        src=addresses[smallest],
        srcset=", ".join(f"{url} {actual}w" for actual, url in addresses.items()),
        whole=address(f"{image.digest}.jpg"),
        width=smallest,
        height=max(1, round(height * smallest / width)),
    )
