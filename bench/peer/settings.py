"""The same database with the same options as the product, and nothing else installed."""

from wangge.site.settings import DATABASES as DATABASES

SECRET_KEY = "bench"
INSTALLED_APPS = ["django.contrib.contenttypes", "import_export", "bench.peer"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
