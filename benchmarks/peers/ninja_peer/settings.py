"""Django's settings: kept connections, and on SQLite the same durability as everybody's."""

import os
from urllib.parse import unquote, urlsplit

URL = urlsplit(os.environ["TEXTBOOK_DATABASE_URL"])
POSTGRES = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": URL.path.lstrip("/"),
    "USER": unquote(URL.username or ""),
    "PASSWORD": unquote(URL.password or ""),
    "HOST": URL.hostname,
    "PORT": URL.port,
}
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": "/" + URL.path.lstrip("/"),
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
    },
}
CHOSEN = POSTGRES if URL.scheme.startswith("postgresql") else SQLITE
DATABASES = {"default": {**CHOSEN, "CONN_MAX_AGE": None}}
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["benchmarks.peers.ninja_peer"]
ROOT_URLCONF = "benchmarks.peers.ninja_peer.urls"
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware"
]  # the one of the template that tells Content-Length
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
