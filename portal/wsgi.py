"""What gunicorn serves. In production nothing is served while a check fails."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_wsgi_application()

from portal.checks import refuse_unsafe_start  # noqa: E402  (needs the apps to be ready)

refuse_unsafe_start()
