"""What every environment shares. What an office may change is a row, not a setting."""

from pathlib import Path

from whitenoise.compress import Compressor

from portal.settings import env
from portal.settings.background import *  # noqa: F403
from portal.settings.files import *  # noqa: F403
from portal.settings.gateways import *  # noqa: F403
from portal.settings.security import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("VAR_DIR", BASE_DIR / "var"))

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",  # lookups of its text search; the embedded database has FTS5
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "accounts",
    "workflow",
    "notices",
    "authority",
    "standards",
    "permits",
    "complaints",
    "surveys",
    "reports",
    "boards",
    "archives",
    "documents",
    "demo",
]

MIDDLEWARE = [
    "portal.middleware.VisitorAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "portal.staff_sessions.StaffSecondFactor",
    "portal.middleware.RefusedActs",
    "portal.middleware.PrivatePages",
    "portal.middleware.SessionOver",
    "portal.middleware.SignedOut",
    "workflow.once.SentOnce",  # innermost: its transaction holds the view alone
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "portal.templatetags.components",
                "portal.templatetags.formats",
                "portal.templatetags.layout",
                "crispy_forms.templatetags.crispy_forms_tags",
                "portal.templatetags.form_tags",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False  # a layout that names a missing field is a mistake of ours

DATABASES = env.database(f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
BACKUP_DATABASE = env.database_address("BACKUP_DATABASE_URL")  # else the same role makes backups

# Misses and tries are counted here: by all processes together, with or without Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"  # only what belongs to no office; each office has its own zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the files to press, and no stale names
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

PRIVATE_HOSTS = env.words("PRIVATE_HOSTS")  # containers of this machine: they need no TLS
AUDIT_DIR = Path(env.text("AUDIT_DIR", VAR_DIR / "audit"))  # heads of the audit chains
NO_BACKUPS = env.words("BACKUP_RECIPIENTS") == ["none"]  # the operator has said so
BACKUP_RECIPIENTS = [] if NO_BACKUPS else env.words("BACKUP_RECIPIENTS")  # public keys of age
BACKUPS_AWAITED = bool(BACKUP_RECIPIENTS)  # operators are told when the last one is too old
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "Portal Perizinan"
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DEMO = False  # demo accounts, the mail box page; production refuses it

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 10
ADMINS = [("", address) for address in env.words("ADMINS")]  # who is told of errors
MAILBOX_URL = env.text(
    "MAILBOX_URL", ""
)  # imaps://…: the box in which check --deploy reads its mail
SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")

DEFAULT_EXCEPTION_REPORTER = "portal.failures.Reporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "portal.failures.OneLineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"class": "portal.failures.JsonFormatter"},
    },
    "filters": {"database_answered": {"()": "portal.failures.DatabaseAnswered"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if env.flag("LOG_JSON") else "line",
        },
        "mail_admins": {
            "class": "django.utils.log.AdminEmailHandler",
            "level": "ERROR",
            "filters": ["database_answered"],
        },
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "PIL": {"level": "INFO"},  # below that it logs the metadata of photos
        "django": {"handlers": ["mail_admins"], "level": "INFO"},
    },
}

# Under which anybody may use the published standards; named in the files and on their page.
OPEN_DATA_LICENCE = {
    "nama": "CC BY 4.0",
    "alamat": "https://creativecommons.org/licenses/by/4.0/deed.id",
}
