"""For servers that speak ASGI only; gunicorn with portal.wsgi is faster here (ADR 0009)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_asgi_application()

from portal.checks import refuse_unsafe_start  # noqa: E402  (needs the apps to be ready)

refuse_unsafe_start()
