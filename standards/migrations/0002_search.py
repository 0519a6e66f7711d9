from datetime import date

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from standards import fulltext
from standards.domain import search


def fill(apps, schema_editor):
    """Names of what is published, so that the catalogue is whole at once; the worker adds the rest."""
    fulltext.install(schema_editor.connection)
    entries = apps.get_model("standards", "SearchEntry")
    services = apps.get_model("standards", "Service").objects.select_related("office", "kbli")
    for service in services.iterator():
        versions = service.versions.filter(status="ditetapkan").order_by("effective_on")
        past = versions.filter(effective_on__lte=date.today()).last()
        version = past or versions.first()
        if version is None:
            continue
        line = service.kbli
        title = [service.name, service.keywords, f"kbli {line.code}" if line else ""]
        about = [service.summary, line.title if line else "", service.office.name]
        entries.objects.create(
            service=service,
            version=version,
            since=versions.first().effective_on,
            title=search.stored(title),
            about=search.stored(about),
            content="",
            place=" ".join(search.words(f"{service.office.name} {service.name}"))[:500],
        )
    fulltext.index(entries.objects.all())


class Migration(migrations.Migration):

    dependencies = [
        ('standards', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.AddField(
            model_name='service',
            name='sector',
            field=models.CharField(blank=True, db_index=True, help_text='Satu kata untuk semua kantor, misalnya Ketenagakerjaan atau Kesehatan.', max_length=80, verbose_name='sektor'),
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='standards.service')),
                ('since', models.DateField()),
                ('section', models.CharField(blank=True, max_length=1)),
                ('title', models.TextField()),
                ('about', models.TextField()),
                ('content', models.TextField()),
                ('place', models.CharField(max_length=500)),
                ('vector', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='standards.standardversion')),
            ],
            options={
                'ordering': ('place', 'pk'),
                'indexes': [models.Index(fields=['place'], name='standards_search_place')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
