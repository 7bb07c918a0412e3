"""Findings keep their state. Those of before are made anew: they had no identity to go by."""

import django.db.models.deletion
from django.db import migrations, models


def audit_again(apps, schema_editor):
    apps.get_model("register", "State").objects.filter(part="findings").delete()


class Migration(migrations.Migration):
    dependencies = [("register", "0006_what_may_be_empty")]
    operations = [
        migrations.RunPython(audit_again, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("key", models.CharField(max_length=12, unique=True)),
                ("kind", models.CharField(max_length=80)),
                ("subjects", models.JSONField(blank=True, default=list)),
                ("facts", models.JSONField(blank=True, default=list)),
                ("message", models.JSONField(blank=True, default=dict)),
                ("state", models.CharField(choices=[("accepted", "accepted"), ("not_a_fault", "not_a_fault")], default="accepted", max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("change", models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.change")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "accepted"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="what_is_no_fault_has_a_reason",
                    )
                ],
            },
        ),
        migrations.DeleteModel(name="Finding"),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=12, unique=True)),
                ("kind", models.CharField(db_index=True, max_length=80)),
                ("severity", models.CharField(db_index=True, max_length=20)),
                ("ids", models.JSONField(default=list)),
                ("facts", models.JSONField(default=list)),
                ("message", models.JSONField(default=dict)),
                ("position", models.PositiveIntegerField(default=0)),
                ("first_found", models.DateTimeField()),
                ("gone", models.DateTimeField(db_index=True, null=True)),
                ("earlier", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="reopened", to="register.verdict")),
                ("verdict", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="findings", to="register.verdict")),
                ("records", models.ManyToManyField(related_name="findings", to="register.record")),
                ("sites", models.ManyToManyField(related_name="findings", to="register.site")),
            ],
            options={"ordering": ["position", "key"]},
        ),
    ]
