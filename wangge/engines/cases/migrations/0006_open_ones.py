"""Open cases by place, for the map; and PostgreSQL is told that their states are seldom those of closed ones:
without it, it takes one that waits for somebody for a rare find and sorts them all instead of walking on."""

from django.db import migrations, models

TOLD = "CREATE STATISTICS IF NOT EXISTS case_states (mcv) ON closed_at, state, unit_id FROM cases_case"
NOT_TOLD = "DROP STATISTICS IF EXISTS case_states"


def tell(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TOLD)


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NOT_TOLD)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_forgotten")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["lon", "lat"],
                include=["area_code", "due_at", "id"],
                condition=models.Q(closed_at=None),
                name="case_open_place",
            ),
        ),
        migrations.RunPython(tell, forget),
    ]
