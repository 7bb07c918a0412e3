"""What a reader takes along from a page: its citation as a file, its address as a QR code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from sexton.web.public import citing, qr
from sexton.web.public.citing import Citation
from sexton.web.public.elsewhere import whole_address
from sexton.web.public.person.forms import forms_of
from sexton.web.public.person.heading import name_for
from sexton.web.public.templatetags.sexton import shown_name
from sexton.web.register.models import Person, Record
from sexton.web.register.page import person_page

BIBTEX, RIS = "application/x-bibtex", "application/x-research-info-systems"


def person_bibtex(request: HttpRequest, key: str) -> HttpResponse:
    """The citation of a person's page for BibTeX."""
    cited = _of_person(request, key)
    return _file(cited, cited.bibtex, BIBTEX, "bib")


def person_ris(request: HttpRequest, key: str) -> HttpResponse:
    """The citation of a person's page in RIS."""
    cited = _of_person(request, key)
    return _file(cited, cited.ris, RIS, "ris")


def record_bibtex(request: HttpRequest, key: str) -> HttpResponse:
    """The citation of a record's page for BibTeX."""
    cited = _of_record(request, key)
    return _file(cited, cited.bibtex, BIBTEX, "bib")


def record_ris(request: HttpRequest, key: str) -> HttpResponse:
    """The citation of a record's page in RIS."""
    cited = _of_record(request, key)
    return _file(cited, cited.ris, RIS, "ris")


def person_qr(request: HttpRequest, key: str) -> HttpResponse:
    """The QR code of a person's page, for paper."""
    found = get_object_or_404(Person, key=key)
    address = whole_address(request, found.get_absolute_url())
    if not address:
        raise Http404
    return HttpResponse(qr.svg(address), content_type="image/svg+xml")


def _of_person(request: HttpRequest, key: str) -> Citation:
    page = person_page(key)
    if page is None:
        raise Http404
    name = name_for(page, forms_of(page.names, page.records), get_language() or "en")
    title = name.text if page.person.is_named else shown_name(page.person)
    return citing.citation(request, page.person, title)


def _of_record(request: HttpRequest, key: str) -> Citation:
    found = get_object_or_404(Record, key=key)
    return citing.citation(request, found, shown_name(found))


def _file(cited: Citation, text: str, kind: str, suffix: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    name = f"sexton-{cited.kind}-{cited.key}.{suffix}".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
