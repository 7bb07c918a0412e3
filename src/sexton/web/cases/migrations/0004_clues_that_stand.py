# A search without result can be withdrawn; a letter keeps what it was made from.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_engine'),
        ('register', '0009_photographs_and_readings'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='brief',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='negativesearch',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='negativesearch',
            name='stands',
            field=models.BooleanField(default=True),
        ),
        migrations.AddConstraint(
            model_name='negativesearch',
            constraint=models.CheckConstraint(condition=models.Q(('stands', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_search_is_withdrawn_for_a_reason'),
        ),
    ]
