"""Django's settings. What differs between installations comes from the environment.

``SEXTON_HOME``           folder of the register (default ``./sexton-data``)
``DATABASE_URL``          PostgreSQL instead of SQLite (``postgres://user:password@host/name``)
``SEXTON_ALLOWED_HOSTS``  host names that the site answers to, with commas between
``SEXTON_URL``            the site's public address (``https://graves.example``)
``SEXTON_HTTPS``          1 when the site is reached over HTTPS only
``SEXTON_KEPT_PAGES_MB``  memory for pages kept until the register changes (default 32)
``SEXTON_SECRET_KEY``     a secret key, instead of the one kept in the folder
``SEXTON_BASEMAP_URL``    tiles under the map (``https://host/{z}/{x}/{y}.png``); default none
``SEXTON_BASEMAP_CREDIT`` whose tiles these are, as text
``SEXTON_DEBUG``          1 for Django's error pages; never where others can reach it
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from sexton.messages import LOCALE_DIR
from sexton.web import home

HERE = Path(__file__).resolve().parent
HOME = home.home()


def _switch(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes", "on"}


def _listed(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DEBUG = _switch("SEXTON_DEBUG")
# Lazy, so that importing the settings (to check types, say) writes no file.
SECRET_KEY = SimpleLazyObject(lambda: home.secret_key(HOME))
ALLOWED_HOSTS = _listed("SEXTON_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")

DUMPS = HOME / "dumps"
PUBLIC_URL = os.environ.get("SEXTON_URL", "")

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "sexton.web.jobs",
    "sexton.web.register",
    "sexton.web.accounts",
    "sexton.web.cases",
    "sexton.web.contributions",
    "sexton.web.steward",
    "sexton.web.research",
    "sexton.web.workbench",
    "sexton.web.public",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "sexton.web.headers.PrivacyHeaders",
    "sexton.web.compressed.CompressedFiles",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sexton.web.kept_pages.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sexton.web.public.machines.negotiation.Representations",
]
ROOT_URLCONF = "sexton.web.urls"
WSGI_APPLICATION = "sexton.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sexton.web.public.context.languages",
            ],
            "builtins": ["sexton.web.public.templatetags.sexton"],
        },
    }
]

DATABASES = {"default": home.database(HOME, os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("de", "Deutsch"),
    ("ru", "Русский"),
]
LOCALE_PATHS = [LOCALE_DIR]
USE_I18N = True
FORMAT_MODULE_PATH = "sexton.web.formats"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

STATIC_URL = "static/"
# The thinned outlines are read by the server and, on the page of the map, by its script.
STATICFILES_DIRS = [HERE / "static", ("sexton/maps", HERE / "public" / "maps")]
STORAGES = {"staticfiles": {"BACKEND": "sexton.web.staticfiles.HashedStaticFiles"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 365 * 24 * 3600  # the address of a file changes with what is in it

KEPT_PAGES_BYTES = int(os.environ.get("SEXTON_KEPT_PAGES_MB", "32")) * 1024 * 1024

# Nothing but the site's own files. Scripts are comfort: reading and searching work without them.
# A basemap of one's own is the one exception, for pictures alone, and there is none by default.
SEXTON_BASEMAP = home.basemap(os.environ)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'", *SEXTON_BASEMAP.origins],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"

CSRF_FAILURE_VIEW = "sexton.web.public.views.errors.no_token"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "account"
PASSWORD_RESET_TIMEOUT = 24 * 3600  # of the one-time links
# A session is a day's work at most and ends with the browser; only who signs in has one.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _switch("SEXTON_HTTPS")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}
