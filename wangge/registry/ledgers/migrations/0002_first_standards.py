"""标准台账 v1.0 of the four ledgers."""

from django.db import migrations
from django.utils import timezone

from wangge.registry.ledgers.outgoing.versions import FIRST, V1


def publish(apps, schema_editor):
    Standard = apps.get_model("ledgers", "Standard")
    for ledger, columns in V1.items():
        Standard.objects.get_or_create(
            ledger=ledger,
            version=FIRST,
            defaults={"columns": columns, "note": "首个统一标准", "published_by": "system", "published_at": timezone.now()},
        )


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0001_initial")]
    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
