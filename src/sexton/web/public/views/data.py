"""The register as files: what there is, of when, how large, and what each column means."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from sexton.web.public.dumps import codebook, stored
from sexton.web.public.dumps.tables import TABLES
from sexton.web.public.dumps.writing import METADATA, SUMS
from sexton.web.public.machines.addresses import address_of
from sexton.web.public.machines.licence import LICENCE


def data(request: HttpRequest) -> HttpResponse:
    """The files with their codebook; it is said where none were made yet, and how to make them."""
    found = stored.latest()
    manifest = found[1] if found else None
    files = {file["name"]: file for file in manifest["files"]} if manifest else {}
    context = {
        "manifest": manifest,
        "changed": parse_datetime(manifest["register_changed"] or "") if manifest else None,
        "current": bool(manifest) and stored.is_current(manifest),
        "tables": [
            (table, [files[name] for name in _names(table.name) if name in files])
            for table in TABLES
        ],
        "metadata": METADATA,
        "sums": SUMS,
        "licence": LICENCE,
    }
    response = render(request, "data.html", context)
    # The files are made after the register has changed: the page changes without it.
    response.headers["Cache-Control"] = "no-cache"
    return response


def _names(table: str) -> tuple[str, str]:
    return f"{table}.csv", f"{table}.jsonl"


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """A file of the dump; its checksum is its ETag."""
    found = stored.served(name)
    if found is None:
        raise Http404
    path, content, digest = found
    etag = f'"{digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=content, filename=name, as_attachment=True)
    response.headers["ETag"] = etag
    if name.endswith(".csv"):
        where = address_of("data-file", METADATA)
        response.headers["Link"] = f'<{where}>; rel="describedby"; type="{codebook.CONTENT}"'
    return response
