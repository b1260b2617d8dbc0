"""The door that the server knocks at: ``granian --interface wsgi wangge.site.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.site.settings")
application = get_wsgi_application()
