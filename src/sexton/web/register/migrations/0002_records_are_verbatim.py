"""The database itself refuses to change a record, whatever program asks it to."""

from django.db import migrations

REFUSAL = "a record is verbatim: it is never changed after its import"
MAKE = {
    "sqlite": [
        f"""CREATE TRIGGER record_is_verbatim BEFORE UPDATE ON register_record
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    ],
    "postgresql": [
        f"""CREATE FUNCTION refuse_record_change() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END$$""",
        """CREATE TRIGGER record_is_verbatim BEFORE UPDATE ON register_record
        FOR EACH ROW EXECUTE FUNCTION refuse_record_change()""",
    ],
}
UNMAKE = {
    "sqlite": ["DROP TRIGGER record_is_verbatim"],
    "postgresql": [
        "DROP TRIGGER record_is_verbatim ON register_record",
        "DROP FUNCTION refuse_record_change()",
    ],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
