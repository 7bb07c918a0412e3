"""From here on no row is without the change that made it what it is."""

import django.db.models.deletion
from django.db import migrations, models

KEPT = ("source", "site", "record", "person", "membership", "statement")


class Migration(migrations.Migration):
    dependencies = [("register", "0004_what_stood_before")]
    operations = [
        migrations.AlterField(
            model_name=name,
            name="change",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register.change",
            ),
        )
        for name in KEPT
    ]
