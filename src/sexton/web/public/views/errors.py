"""The pages for what cannot be shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Says so without asking the database, which may be what failed."""
    return render(request, "500.html", status=500)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: the browser keeps no cookies, or the page was left open."""
    return render(request, "403_csrf.html", status=403)
