"""Every setting of the product, read from a typed environment in this one file."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

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
FIELD_PROVIDER = env.str("WANGGE_FIELD_PROVIDER", default="")  # dotted path of an HSM, "" is software
# Keys that sign codes on posters and receipts: "1:<64 hex digits>,2:<64 hex digits>", the last one signs.
TOKEN_KEYS = env.str("WANGGE_TOKEN_KEYS", default="")
TOKEN_PROVIDER = env.str("WANGGE_TOKEN_PROVIDER", default="")  # dotted path of an HSM (SM2), "" is Ed25519
DISTRICT = env.str("WANGGE_DISTRICT", default="440703")
DEFAULT_FIELD_KEY = "5a" * 32  # tests and development only
_PUBLIC = SECRET_KEY == DEFAULT_SECRET or len(SECRET_KEY) < 32 or not FIELD_KEYS
if not (DEMO or DEBUG or TEST) and (_PUBLIC or DEFAULT_FIELD_KEY in FIELD_KEYS.lower()):
    raise ImproperlyConfigured(
        "WANGGE_SECRET_KEY and WANGGE_FIELD_KEYS must come from the environment in production. "
        "生产环境必须通过环境变量提供 WANGGE_SECRET_KEY 与 WANGGE_FIELD_KEYS；运行 `wangge doctor` 查看办法。"
    )
if not FIELD_KEYS:
    FIELD_KEYS = "1:" + DEFAULT_FIELD_KEY
if not TOKEN_KEYS:  # kept secret as the other keys are; a key of its own can be rotated alone
    TOKEN_KEYS = "1:" + sha256(b"wangge tokens" + SECRET_KEY.encode()).hexdigest()

ALLOWED_HOSTS = env.list("WANGGE_HOSTS", default=["127.0.0.1", "localhost", "testserver"])
# Where printed codes lead, such as https://wangge.example.gov.cn; "" is the address the page was asked at.
PUBLIC_URL = env.str("WANGGE_PUBLIC_URL", default="").rstrip("/")
TILE_URL = env.str("WANGGE_TILE_URL", default="")

FORM_RENDERER = "wangge.lib.selects.Renderer"
SYSTEMS = (
    "declarations", "fieldwork", "groups", "incidents", "hazards", "tours", "disputes", "whistles",
    "exchange", "education",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "ninja",
    "wangge.foundation.journal",
    "wangge.foundation.territory",
    "wangge.foundation.access",
    "wangge.foundation.proofs",
    "wangge.foundation.orders",
    "wangge.foundation.photos",
    "wangge.foundation.clients",
    "wangge.registry.people",
    "wangge.registry.ledgers",
    "wangge.registry.tables",
    "wangge.registry.linkage",
    "wangge.registry.rights",
    "wangge.engines.forms",
    "wangge.engines.sync",
    "wangge.engines.cases",
    *(f"wangge.systems.{name}" for name in SYSTEMS),
    "wangge.insight",
    "wangge.flows",
    "wangge.site",
]
MIDDLEWARE = [
    "wangge.site.middleware.ChunkedUploads",  # first: everything below needs a length
    "wangge.site.middleware.ShortWay",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wangge.foundation.access.middleware.IdleMiddleware",
    "wangge.foundation.access.middleware.ReachMiddleware",
    "wangge.foundation.access.middleware.DutiesMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "wangge.site.urls"
WSGI_APPLICATION = "wangge.site.wsgi.application"
CSRF_FAILURE_VIEW = "wangge.site.refusals.csrf_refused"
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
                "wangge.site.context.page",
            ]
        },
    }
]

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "wangge.sqlite3",
    "CONN_MAX_AGE": 0 if TEST else 300,  # opening one sets eight pragmas
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; "
            "PRAGMA foreign_keys=ON; PRAGMA mmap_size=268435456; PRAGMA cache_size=-64000;"
        ),
    },
}
DATABASE_URL = env.str("WANGGE_DATABASE_URL", default="")
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url_config(DATABASE_URL) if DATABASE_URL else SQLITE
}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    POSTGRES = DATABASES["default"].setdefault("OPTIONS", {})
    # One connection a thread: `wangge serve` runs up to sixteen threads a process.
    POSTGRES["pool"] = False if TEST else {"min_size": 2, "max_size": 16}
    # Compiling a query costs more than running it: ours touch few rows by index, while the planner's
    # estimate over many partial conditions is high enough to start the compiler, hundreds of ms each time.
    # Indexes lie in memory or on solid state: a row found by one costs little more than one read in order.
    # Calling helpers for a page of fifty rows costs more than finding them.
    tuned = "-c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0"
    POSTGRES["options"] = f"{POSTGRES.get('options', '')} {tuned}".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

# --- messages (wangge.gateways.sms): the dotted path of a carrier ---
_OUTBOX = "wangge.gateways.sms.outbox.Outbox"
_NOBODY = "wangge.gateways.sms.carrier.Nobody"
SMS_GATEWAY = env.str("WANGGE_SMS_GATEWAY", default=_OUTBOX if DEMO or DEBUG or TEST else _NOBODY)

# --- signing in (wangge.foundation.access) ---
SECURE = not (DEMO or DEBUG or TEST)  # TLS is expected: secure cookies, HSTS, redirect
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "wangge.foundation.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # closed anyway, by the adapter
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False  # a closed browser is signed out
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {"login": "wangge.foundation.access.forms.LoginForm"}
# Counting failures is the lockout's work (axes); here only floods from one address are slowed.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/m/ip,30/10m/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "wangge.foundation.access.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wangge"
MFA_TOTP_TOLERANCE = 1
# The administrators and whoever may reveal in bulk need a second factor.
MFA_REQUIRED = env.bool("WANGGE_MFA_REQUIRED", default=SECURE)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "wangge.foundation.access.adapters.locked_out"
AXES_CLIENT_IP_CALLABLE = "wangge.foundation.access.adapters.client_ip"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False  # its log lines name users
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("WANGGE_TRUSTED_PROXIES", default=0)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "wangge.foundation.access.passwords.HistoryValidator", "OPTIONS": {"remembered": 5}},
]
if TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in by the hundred
SESSION_COOKIE_AGE = env.int("WANGGE_IDLE_MINUTES", default=30) * 60  # idle logout; IdleMiddleware extends it
# Rate limits are counted here, so every process must see the same cache.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        if TEST
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"}
    )
}

# Declarations from outside: so many in so many seconds by one code, one device, one address (product
# defaults; a school's gate, a family's phone, a firm's network stay far below).
DECLARE_LIMITS = {
    kind: tuple(map(int, env.str(f"WANGGE_DECLARE_PER_{kind.upper()}", default=default).split("/")))
    for kind, default in (("code", "3000/60"), ("device", "30/3600"), ("address", "600/3600"))
}
# Residents' reports: so many in so many seconds by one device and one address (product default).
REPORT_LIMITS = {
    kind: tuple(map(int, env.str(f"WANGGE_REPORTS_PER_{kind.upper()}", default=default).split("/")))
    for kind, default in (("device", "20/3600"), ("address", "200/3600"), ("try", "60/3600"))
}
# The statement that takes declarations is prepared on the server; a pooler between (pgbouncer by transaction,
# before 1.21) does not know prepared statements.
DECLARE_PREPARED = env.bool("WANGGE_DECLARE_PREPARED", default=True)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "wangge" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [ROOT / "front" / "dist"] if (ROOT / "front" / "dist").exists() else []
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Vite's names and Django's manifest names both carry a hash of the content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9A-Za-z_-]{8,12}\..+$"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TEST

# Uploads: kept under HOME, never in memory; the size limit is checked again by the reader.
MEDIA_ROOT = HOME / "uploads"
FILE_UPLOAD_TEMP_DIR = HOME / "uploads" / "arriving"
for _folder in (FILE_UPLOAD_TEMP_DIR.parent, FILE_UPLOAD_TEMP_DIR):  # what lies there is for this user alone
    _folder.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_LIMIT = env.int("WANGGE_UPLOAD_LIMIT_MB", default=200) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Webhooks go to the public internet by https; into these networks also by http ("10.0.0.0/8,192.168.9.0/24").
WEBHOOK_NETWORKS = env.list("WANGGE_WEBHOOK_NETWORKS", default=[])

# Cookies and headers. In production a proxy terminates TLS in front; WANGGE_HTTPS=0 gives that up.
HTTPS = env.bool("WANGGE_HTTPS", default=SECURE)
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = env.list("WANGGE_ORIGINS", default=[])
X_FRAME_OPTIONS = "DENY"
_tiles = ["/".join(TILE_URL.replace("{s}", "*").split("/")[:3])] if TILE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *_tiles],
        "connect-src": ["'self'", *_tiles],
        "worker-src": ["'self'", "blob:"],  # maplibre-gl starts its worker from a blob
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("WANGGE_LOG_LEVEL", default="WARNING")},
}
