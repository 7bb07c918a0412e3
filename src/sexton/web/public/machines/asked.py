"""What was asked for: the request, absolute addresses, the page of a list, the sources named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from sexton.web.public.machines.addresses import Uris, base_of
from sexton.web.public.machines.kinds import Json
from sexton.web.register.models import Source


class Asked(Uris):
    """A request for JSON. Sources that are named on the way are told in full at the end."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(base_of(request))
        self.request = request
        self.sources: dict[int, Source] = {}
        self.simulated = False
        # Whether the answer depends on more than the register, so that nobody may keep it.
        self.asks_anew = False

    @property
    def language(self) -> str:
        return get_language() or "en"

    def value(self, name: str) -> str:
        return str(self.request.GET.get(name, "")).strip()

    def cite(self, source: Source | None) -> str | None:
        """The address of a source, which is then told at the end; None where none is named."""
        if source is None:
            return None
        self.sources.setdefault(source.pk, source)
        return self.of(source)

    def paged(
        self,
        rows: QuerySet[Any] | Sequence[Any],
        size: int,
        tell: Callable[[list[Any]], list[Any]],
    ) -> Json:
        """A page of a list, with the addresses of those before and after it.

        Raises BadRequest for a number that is none, Http404 for a page beyond the last.
        """
        page = self.page_of(Paginator(rows, size))
        return self.told_page(page, tell(list(page)))

    def page_of(self, pages: Paginator) -> Page:
        """The page that is asked for. Raises BadRequest and Http404 as ``paged`` does."""
        try:
            return pages.page(self.value("page") or 1)
        except PageNotAnInteger as error:
            raise BadRequest("page is a whole number from 1") from error
        except EmptyPage as error:
            raise Http404 from error

    def told_page(self, page: Page, items: list[Any]) -> Json:
        """A page of a list with what it holds, however that was made."""
        return {
            "total": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "previous": self._turned(page, -1) if page.has_previous() else None,
            "next": self._turned(page, 1) if page.has_next() else None,
            "items": items,
        }

    def _turned(self, page: Page, by: int) -> str:
        query = self.request.GET.copy()
        query["page"] = str(page.number + by)
        return f"{self.base}{self.request.path}?{query.urlencode()}"
