"""Statements: dated numbers side by side, with who said them, and the register's own count."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sexton.web.public.figures import files
from sexton.web.public.figures.own import own_words
from sexton.web.register.figures.beside import own_counts
from sexton.web.register.models import Statement

ABOUT = ("all", "sites", "organisations", "overall")
FIELDS = (
    "key", "subject", "measure", "value", "low", "high", "refers_to", "stated_on", "stated_by",
)  # fmt: skip


def statement_list(request: HttpRequest) -> HttpResponse:
    """All statements by what they are about, or ``?about=`` sites, organisations, the rest.

    ``?own=yes`` leaves those beside which the register has a count of the same thing.
    """
    everything = _with_own_counts()
    about, compared = _asked(request.GET)
    listed = [one for one in everything if about in ("all", _about(one))]
    shown = _shown(everything, about, compared)
    context = {
        "groups": [(key, list(rows)) for key, rows in groupby(shown, lambda one: one.subject)],
        "about": about,
        "compared": compared,
        "total": len(everything),
        "shown": len(shown),
        "abouts": [
            (name, sum(1 for one in everything if name in ("all", _about(one)))) for name in ABOUT
        ],
        "comparable": sum(1 for one in listed if one.own.number is not None),
        "beside": True,
    }
    return render(request, "statements.html", context)


def statement_file(request: HttpRequest, ending: str) -> HttpResponse:
    """All statements, with the register's own count or why it has none."""
    columns = [*FIELDS, "site", "organisation", "source", "own_count", "own_rule"]
    rows = [_row(one) for one in _with_own_counts()]
    said = files.head(gettext("Statements"))
    if ending == "csv":
        return files.as_csv("statements.csv", said, columns, [[*row.values()] for row in rows])
    return files.as_json("statements.json", {**dict(said), "rows": rows})


def listed(query: Mapping[str, str]) -> list[Statement]:
    """The statements that fit an address, in their order, each with the register's own count."""
    return _shown(_with_own_counts(), *_asked(query))


def _asked(query: Mapping[str, str]) -> tuple[str, bool]:
    about = query.get("about", "all")
    return about if about in ABOUT else "all", query.get("own") == "yes"


def _shown(everything: list[Statement], about: str, compared: bool) -> list[Statement]:
    return [
        one
        for one in everything
        if about in ("all", _about(one)) and (not compared or one.own.number is not None)
    ]


def _with_own_counts() -> list[Statement]:
    related = ("source", "site", "organisation")
    rows = list(
        Statement.objects.select_related(*related).order_by("subject", "measure", "stated_on", "id")
    )
    counts = own_counts(rows)
    for row in rows:
        row.own = counts[row.pk]
    return rows


def _about(statement: Statement) -> str:
    if statement.site_id is not None:
        return "sites"
    return "organisations" if statement.organisation_id is not None else "overall"


def _row(statement: Statement) -> Mapping[str, object]:
    site, organisation = statement.site, statement.organisation
    source = statement.source
    return {
        **{name: getattr(statement, name) for name in FIELDS},
        "site": site.key if site else "",
        "organisation": organisation.key if organisation else "",
        "source": source.url or source.title if source else statement.source_text,
        "own_count": statement.own.number,
        "own_rule": own_words(statement.own),
    }
