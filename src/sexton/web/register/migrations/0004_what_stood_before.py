"""Rows that stood before history was kept get a change of their own, which says so."""

from django.db import migrations
from django.utils import timezone

from sexton.web.register import guards

KEPT = ("source", "site", "record", "person", "membership", "statement")
REASON = "stood in the register before its history was kept"


def note(apps, schema_editor):
    guards.lift(schema_editor.connection)
    models = [apps.get_model("register", name) for name in KEPT]
    if any(model.objects.exists() for model in models):
        change = apps.get_model("register", "Change")
        first = change.objects.create(at=timezone.now(), by="sexton", reason=REASON)
        for model in models:
            model.objects.filter(change=None).update(change=first)


class Migration(migrations.Migration):
    dependencies = [("register", "0003_history_and_themes")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
