"""Every setting of the product, read from a typed environment in this one file."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]
HOME = Path(env.str("WANGGE_HOME", default=str(ROOT / "var"))).resolve()
HOME.mkdir(parents=True, exist_ok=True)
if (HOME / "wangge.env").exists():  # written by `wangge setup`; the environment wins over it
    environ.Env.read_env(HOME / "wangge.env")

DEMO = env.bool("WANGGE_DEMO", default=False)
DEBUG = env.bool("WANGGE_DEBUG", default=False)
TEST = env.bool("WANGGE_TEST", default=False)
DEFAULT_SECRET = "not-a-secret"
SECRET_KEY = env.str("WANGGE_SECRET_KEY", default=DEFAULT_SECRET)
# Field keys: "1:<64 hex digits>,2:<64 hex digits>", the last one seals new values.
FIELD_KEYS = env.str("WANGGE_FIELD_KEYS", default="")
FIELD_CIPHER = env.str("WANGGE_FIELD_CIPHER", default="aes")  # aes | sm4
DISTRICT = env.str("WANGGE_DISTRICT", default="440703")
if not (DEMO or DEBUG or TEST) and (SECRET_KEY == DEFAULT_SECRET or not FIELD_KEYS):
    raise ImproperlyConfigured(
        "WANGGE_SECRET_KEY and WANGGE_FIELD_KEYS must come from the environment in production. "
        "生产环境必须通过环境变量提供 WANGGE_SECRET_KEY 与 WANGGE_FIELD_KEYS；运行 `wangge doctor` 查看办法。"
    )
if not FIELD_KEYS:
    FIELD_KEYS = "1:" + "5a" * 32  # tests and development only, refused above otherwise

ALLOWED_HOSTS = env.list("WANGGE_HOSTS", default=["127.0.0.1", "localhost", "testserver"])
TILE_URL = env.str("WANGGE_TILE_URL", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "wangge.foundation.journal",
    "wangge.foundation.territory",
    "wangge.foundation.access",
    "wangge.registry.people",
    "wangge.registry.ledgers",
    "wangge.flows",
    "wangge.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "wangge.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "wangge" / "site" / "templates"],
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

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "wangge.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; "
            "PRAGMA foreign_keys=ON; PRAGMA mmap_size=268435456; PRAGMA cache_size=-64000;"
        ),
    },
}
DATABASES = {"default": env.db_url_config(env.str("WANGGE_DATABASE_URL")) if env.str("WANGGE_DATABASE_URL", "") else SQLITE}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = not TEST
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "wangge" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [ROOT / "front" / "dist"] if (ROOT / "front" / "dist").exists() else []
