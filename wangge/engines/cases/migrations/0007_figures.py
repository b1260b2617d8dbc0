"""Rows behind the figures of a period: what was due in it, what a system found, what failed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_open_ones"),
        ("people", "0005_birth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="case_system",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["system", "area_code", "-raised_at"],
                include=("state", "level", "handled_at", "closed_at"),
                name="case_system",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("close_due__isnull", False)),
                fields=["close_due"],
                include=("system", "area_code", "state", "closed_at"),
                name="case_close_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("handle_due__isnull", False)),
                fields=["handle_due"],
                include=("system", "area_code", "state", "handled_at"),
                name="case_handle_due",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("key", "fail")), fields=["at"], include=("case",), name="step_failed"
            ),
        ),
    ]
