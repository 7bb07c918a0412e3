"""JSON of the first page and of the pages that are texts."""

from __future__ import annotations

from sexton.web.public.dumps import stored
from sexton.web.public.dumps.tables import TABLES
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.values import moment, stated, statements_json
from sexton.web.register import auditing, queries
from sexton.web.register.models import Statement

STATEMENTS = 6
LISTS = (
    "map", "sites", "memorials", "persons", "organisations", "days", "places", "sources",
    "statements", "numbers", "findings", "data",
)  # fmt: skip
ABOUT = (
    "Sexton keeps the register of war graves. Records are rows of sources, word for word; a person "
    "is a conclusion of the engine from records, reviewed by nobody yet. Every value names the "
    "source that gives it, and sources that disagree stand side by side."
)
PARTS = "The parts that the pages of this site are made of, for who makes or translates them."


@json_of("home")
def home(asked: Asked) -> Json:
    """The register's own counts beside what others stated, and where everything is."""
    rows = Statement.objects.filter(site=None).exclude(low=None).order_by("-stated_on", "id")
    return {
        "counts": queries.figures(),
        "audited": moment(auditing.last_run()),
        "statements": statements_json(asked, rows.select_related("source")[:STATEMENTS]),
        "search": asked.named("search") + "?q={query}",
        "lists": {name: asked.named(name) for name in LISTS},
    }


@json_of("about")
def about(asked: Asked) -> Json:
    """What the register is, in a few sentences of English."""
    return {"text": ABOUT, "text_language": "en"}


@json_of("parts")
def parts(asked: Asked) -> Json:
    """The page of parts is of use to eyes alone; this says what it is."""
    return {"text": PARTS, "text_language": "en"}


@json_of("data")
def data(asked: Asked) -> Json:
    """The files of the dump with their checksums, and what each column means."""
    asked.asks_anew = True
    found = stored.latest()
    manifest = found[1] if found else None
    files = manifest["files"] if manifest else []
    return {
        "version": manifest["version"] if manifest else None,
        "is_current": bool(manifest) and stored.is_current(manifest),
        "files": [{"id": asked.named("data-file", file["name"]), **file} for file in files],
        "tables": [
            {
                "name": table.name,
                "holds": str(table.holds),
                "columns": [
                    {
                        "name": column.name,
                        "type": column.type,
                        "meaning": str(column.meaning),
                        "refers_to": stated(column.refers_to),
                    }
                    for column in table.columns
                ],
            }
            for table in TABLES
        ],
    }
