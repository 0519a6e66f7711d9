"""The embedded default of ``make run``: SQLite, file broker, mails in a box, demo people."""

from portal.settings import env
from portal.settings.background import REDIS_URL
from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR_DIR

DEBUG = env.flag("DEBUG", False)
DEMO = True
SECOND_FACTOR_REQUIRED = False  # who looks at the demo has no telephone of its people
SECRET_KEY = env.text("SECRET_KEY", "development-only-not-a-secret")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")

PRIVATE_ROOT = VAR_DIR / "private"
SIGNING_DIR = VAR_DIR / "signing"
TRUST_DIR = VAR_DIR / "trust"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

if not REDIS_URL:
    _BROKER = VAR_DIR / "broker"
    _BROKER.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": _BROKER,
        "data_folder_out": _BROKER,
        "control_folder": VAR_DIR / "broker-control",
        "polling_interval": 0.1,
    }

STORAGES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
