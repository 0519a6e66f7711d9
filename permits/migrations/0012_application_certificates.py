"""Point every application at its certificate; there was one at most."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Subquery


def point(apps: Any, schema_editor: Any) -> None:
    """May run again: applications that have their pointer are left alone."""
    application = apps.get_model("permits", "Application")
    papers = apps.get_model("permits", "Certificate").objects.filter(application=OuterRef("pk"))
    without = application.objects.filter(Exists(papers), certificate=None)
    without.update(certificate=Subquery(papers.values("pk")[:1]))


class Migration(migrations.Migration):
    dependencies = [("permits", "0011_certificate_orders")]
    operations = [migrations.RunPython(point, migrations.RunPython.noop)]
