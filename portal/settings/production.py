"""Production: every secret comes from the environment, and demo leftovers stop the start.

What these lines cannot see (people in the database, the kind of signing key) is looked at by
``portal.checks`` before web, worker or beat begin to serve.
"""

from django.core.exceptions import ImproperlyConfigured

from portal.settings import env
from portal.settings.base import *  # noqa: F403

SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 40 or "development" in SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be a random string of 40 characters or more")
if env.flag("DEBUG"):
    raise ImproperlyConfigured("DEBUG must not be set in production")
if env.flag("DEMO"):
    raise ImproperlyConfigured("DEMO must not be set in production")
DEBUG = False
DEMO = False
env.text("ALLOWED_HOSTS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts, without *")
SITE_URL = env.text("SITE_URL").rstrip("/")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must begin with https:// (it is printed in QR codes)")
COMPLAINT_KEYS = env.own_keys("COMPLAINT_KEYS", DEVELOPMENT_COMPLAINT_KEY)  # noqa: F405
SECOND_FACTOR_KEYS = env.own_keys(
    "SECOND_FACTOR_KEYS",
    DEVELOPMENT_SECOND_FACTOR_KEY,  # noqa: F405
)
SECOND_FACTOR_REQUIRED = True
env.text("DATABASE_URL")
env.text("REDIS_URL")

PRIVATE_ROOT = env.folder("PRIVATE_ROOT")
TRUST_DIR = env.folder("TRUST_DIR")  # public certificates: whom verification trusts
# Only the signing worker is given the keys; web, worker and beat do without.
SIGNING_DIR = env.folder("SIGNING_DIR") if env.text("SIGNING_DIR", "") else None
SIGNING_PASSPHRASE = env.text("SIGNING_PASSPHRASE", "")  # else a file beside each key

BACKUPS_AWAITED = not NO_BACKUPS  # noqa: F405  also where nobody said for whom they are encrypted

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
THEME_COOKIE_NAME = "__Host-theme"
DEVICE_COOKIE_NAME = "__Host-device"
COMPLAINT_COOKIE_NAME = "__Secure-pengaduan"  # sent to pages of complaints alone: it has a path
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if env.flag("BEHIND_PROXY"):
    if not PROXY_COUNT:  # noqa: F405
        raise ImproperlyConfigured(
            "PROXY_COUNT must say how many proxies there are: else all visitors share one address"
        )
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS += [  # noqa: F405
    "security.W019",  # SAMEORIGIN on purpose: the desk shows documents beside their requirement
    "security.W021",  # entering the preload list of browsers is for the owner of the domain
]

STORAGES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
