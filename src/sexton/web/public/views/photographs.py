"""The files of photographs, as far as who asks may see them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from sexton.web.accounts.rights import visible
from sexton.web.public.photographs import public
from sexton.web.register import photographs
from sexton.web.register.models import Image

YEAR = 365 * 24 * 3600


def photograph(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file by its name, which changes with what is in it: a browser need not ask again.

    One that is private is given to those who may see it, and no cache keeps it.
    """
    found = photographs.find(name)
    if found is None:
        raise Http404
    path, kind, digest = found
    open_to_all = public().filter(digest=digest).exists()
    if not open_to_all and not visible(request.user, Image.objects.filter(digest=digest)).exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=kind)
    if open_to_all:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
