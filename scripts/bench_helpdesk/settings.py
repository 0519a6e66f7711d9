"""django-helpdesk as its manual sets it up, as bare as it goes: what it needs and nothing else.

Same kinds as the portal: PostgreSQL, sessions in the database, mails into files.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

_DATABASE = urlsplit(os.environ["HELPDESK_DATABASE"])
FOLDER = Path(os.environ["HELPDESK_FOLDER"])

SECRET_KEY = "for-measuring-only"  # noqa: S105 - of a server that lives for some minutes
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "scripts.bench_helpdesk.urls"
WSGI_APPLICATION = "scripts.bench_helpdesk.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
LANGUAGE_CODE = "en"
STATIC_URL = "/static/"
MEDIA_ROOT = FOLDER / "media"
LOGIN_URL = "helpdesk:login"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.contrib.humanize",
    "rest_framework",
    "helpdesk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _DATABASE.path.lstrip("/"),
        "USER": _DATABASE.username,
        "PASSWORD": _DATABASE.password,
        "HOST": unquote(_DATABASE.hostname or ""),  # a socket is quoted
        "PORT": _DATABASE.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = FOLDER / "mail"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

HELPDESK_TEAMS_MODE_ENABLED = False  # its manual: without it no other package is needed
HELPDESK_DEFAULT_SETTINGS = {"tickets_per_page": int(os.environ["HELPDESK_ROWS"])}
