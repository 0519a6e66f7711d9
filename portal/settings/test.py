"""Tests: the development parts, with fast passwords and everything under a folder of its own."""

import tempfile
from pathlib import Path

from portal.settings.development import *  # noqa: F403
from portal.settings.development import STORAGES

_FOLDER = tempfile.TemporaryDirectory(prefix="portal-test-")  # removed when the run ends
_ROOT = Path(_FOLDER.name)
DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PRIVATE_ROOT = _ROOT / "private"
SIGNING_DIR = _ROOT / "signing"
TRUST_DIR = _ROOT / "trust"
AUDIT_DIR = _ROOT / "audit"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = _ROOT / "mail"
ACCOUNT_RATE_LIMITS = False
AXES_ENABLED = False
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
STORAGES = {
    "default": {**STORAGES["default"], "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
