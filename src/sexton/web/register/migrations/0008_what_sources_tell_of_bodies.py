"""Names that mean a body, memorials and statements by what they are of, how a form is known."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0007_findings_with_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='affiliation',
            name='concluded',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='memorial',
            name='place',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='organisationname',
            name='column',
            field=models.CharField(blank=True, choices=[('camp', 'camp'), ('unit', 'unit'), ('resistance_group', 'resistance_group'), ('death_place', 'death_place')], default='', max_length=40),
        ),
        migrations.AddField(
            model_name='organisationname',
            name='concluded',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='participant',
            name='concluded',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='personname',
            name='basis',
            field=models.CharField(blank=True, choices=[('printed', 'printed'), ('reconstructed', 'reconstructed'), ('conjecture', 'conjecture')], default='', max_length=40),
        ),
        migrations.AddField(
            model_name='statement',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='register.organisation'),
        ),
        migrations.AlterField(
            model_name='memorial',
            name='site',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memorials', to='register.site'),
        ),
    ]
