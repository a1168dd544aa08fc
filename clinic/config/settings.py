"""All settings, from the environment. A missing secret stops the start; nothing secret has a default."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

# What every installation decides -----------------------------------------------------------------------------------------------

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
TOKEN_KEY = env.str("TOKEN_KEY")  # HMAC key of survey links and search fingerprints
FIELD_KEYS = env.list("FIELD_KEYS")  # Fernet keys of contact data, newest first
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
DATA_DIR = Path(env.str("DATA", default=str(BASE_DIR / "data"))).resolve()
INBOX_DIR = env.str("INBOX_DIR", default="")  # the demo's own mail inbox; empty: mail goes to EMAIL_URL
DEFINITIONS_DIR = env.str("DEFINITIONS_DIR", default="")  # a clinic's own or licensed instruments
SECURE = SITE_URL.startswith("https://")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # whoever may read /metrics; empty: nobody

# The parts ---------------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "clinic",
    "sessions.apps.TreatmentSessionsConfig",
    "outcomes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.middleware.request_id",
    "clinic.operation.metrics.Measure",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.middleware.SessionLimits",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clinic.middleware.Boundary",
]

ROOT_URLCONF = "clinic.config.urls"
WSGI_APPLICATION = "clinic.config.wsgi.application"
NAVIGATION = "clinic.config.navigation.ENTRIES"
AUDIT_WORDS = "clinic.config.audit_words.WORDS"
# Tables of an export that no model is: name → function that makes the table.
EXPORT_PARTS = ["outcomes.exporting.answers", "outcomes.exporting.items", "outcomes.exporting.scales"]
# What is kept about one person, beside the models that lead to a patient.
SUBJECT_PARTS = ["outcomes.exporting.answers_of"]
# What rows of an imported patient list may hold beside identity and contact.
IMPORT_PARTS = ["sessions.importing.courses.CoursePart"]
# What files of other programs can hold, in the order in which a clinic brings them in.
IMPORT_KINDS = [
    "clinic.importing.patients.PatientKind",
    "sessions.importing.courses.CourseKind",
    "sessions.importing.visits.VisitKind",
    "outcomes.importing.kind.ScoreKind",
]
EXPORT_DIR = env.str("EXPORT_DIR", default=str(DATA_DIR / "exports"))
WAITING = "clinic.config.navigation.COUNTS"
PAGES_ABOVE = "clinic.config.navigation.PAGES_ABOVE"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.pages.context",
            ],
        },
    }
]
FORM_RENDERER = "clinic.forms.BacklightRenderer"

# Data --------------------------------------------------------------------------------------------------------------------------


# Nobody waits for ever, and nobody keeps others waiting. The web server (clinic.config.wsgi) says that it serves requests; workers
# and commands have statements that take longer. A report allows itself more: clinic.scoping.allow_long_statements.
REQUEST_LIMITS = "-c lock_timeout=3s -c statement_timeout=10s -c idle_in_transaction_session_timeout=15s"
WORK_LIMITS = "-c lock_timeout=3s -c idle_in_transaction_session_timeout=60s"


def _database(url: str) -> dict[str, Any]:
    """A database of Django's from postgres://role@host/name; a socket's folder stands percent-encoded in place of the host."""
    database: dict[str, Any] = env.db_url_config(url, engine="django.db.backends.postgresql")
    database["HOST"] = unquote(database.get("HOST") or "")
    options: dict[str, Any] = {
        "connect_timeout": 5,
        **database.get("OPTIONS", {}),
        "options": env.str("DATABASE_OPTIONS", default=REQUEST_LIMITS if env.bool("SERVES_REQUESTS", default=False) else WORK_LIMITS),
    }
    pool_size = env.int("DATABASE_POOL", default=0)
    if pool_size:
        # Whoever finds no connection is told so while they still wait for the page.
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 5}
    # The boundary (clinic.middleware) makes the transaction, because it has to cover rendering too.
    return {**database, "OPTIONS": options, "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0 if pool_size else None}


DATABASES = {"default": _database(env.str("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counts of tries live in PostgreSQL, so that a limit holds when Redis is down. With Django's own limit of 300 entries whoever tries
# many addresses would push the counts out that are to stop them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "clinic_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sign-in -----------------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "clinic.signing_in.accounts.ClosedAccounts"
ACCOUNT_FORMS = {"login": "clinic.forms.sign_in.SignInForm", "reauthenticate": "clinic.forms.sign_in.ConfirmPassword"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are entered by the clinic's administrator
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # all other sessions end (clinic.signing_in.sign_in_events)
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # exports, roles and keys ask again after this time
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "clinic.signing_in.accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Backlight"
MFA_TOTP_TOLERANCE = 1  # half a minute before and after: clocks of telephones differ
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are entered by the clinic's administrator
# Browsers allow passkeys on https, and on this machine for trying it out; fido2 by itself knows https only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE and urlsplit(SITE_URL).hostname == "localhost"
MFA_FORMS = {
    "authenticate": "clinic.forms.second_factors.SignInCode",
    "authenticate_webauthn": "clinic.forms.second_factors.SignInPasskey",
    "login_webauthn": "clinic.forms.second_factors.SignInPasskeyAlone",
    "reauthenticate": "clinic.forms.second_factors.ConfirmCode",
    "reauthenticate_webauthn": "clinic.forms.second_factors.ConfirmPasskey",
    "activate_totp": "clinic.forms.second_factors.FirstCode",
    "add_webauthn": "clinic.forms.second_factors.AddPasskey",
    "edit_webauthn": "clinic.forms.second_factors.NamePasskey",
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=15 * 60)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 60 * 60)
# Calls of the interface in a minute: of one token or one signed-in person, and of an address that is neither. 0 is no limit.
API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", default=300)
API_ANONYMOUS_CALLS_PER_MINUTE = env.int("API_ANONYMOUS_CALLS_PER_MINUTE", default=60)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "backlight-session"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "backlight-csrf"
CSRF_FAILURE_VIEW = "clinic.pages.csrf_failure"

# Headers -----------------------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SECURE and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXY_COUNT", default=0) else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Words, places, times ----------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["clinic.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files ------------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
_manifest = env.bool("STATIC_MANIFEST", default=False)
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _manifest
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = not _manifest
WHITENOISE_AUTOREFRESH = False

# Mail --------------------------------------------------------------------------------------------------------------------------

if INBOX_DIR:
    EMAIL_BACKEND = "clinic.inbox.InboxBackend"
else:
    _mail = env.email_url("EMAIL_URL", default="smtp://localhost:25")
    EMAIL_BACKEND = _mail.pop("EMAIL_BACKEND")
    globals().update(_mail)
# Kind of message → who writes its words. By name, because the ground floor does not know the floors above.
MESSAGE_KINDS = {
    "invitation": "outcomes.messages.invitation_mail",
    "new_link": "outcomes.messages.invitation_mail",
    "visit_reminder": "sessions.messages.reminder_mail",
    "staff_invitation": "clinic.services.staff_mails.invitation_mail",
    "staff_emergency": "clinic.services.emergency.emergency_mail",
    "staff_reset": "clinic.services.staff_mails.reset_mail",
    "staff_factor_added": "clinic.services.sign_in_mails.change_mail",
    "staff_factor_removed": "clinic.services.sign_in_mails.change_mail",
    "staff_codes_renewed": "clinic.services.sign_in_mails.change_mail",
    "staff_password_changed": "clinic.services.sign_in_mails.change_mail",
    "staff_key_ends": "clinic.services.sign_in_mails.ending_key_mail",
}
# Without it, links for colleagues are shown once on the page instead of being mailed.
MAIL_IS_SET_UP = bool(INBOX_DIR or env.str("EMAIL_URL", default=""))
MESSAGE_LEASE_SECONDS = env.int("MESSAGE_LEASE_SECONDS", default=60)  # longer than one attempt can take
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="Backlight <no-reply@localhost>")
EMAIL_TIMEOUT = 10

# Backups -----------------------------------------------------------------------------------------------------------------------

BACKUP_DATABASE_URL = env.str("BACKUP_DATABASE_URL", default="")
BACKUP_PUBLIC_KEY = env.list("BACKUP_PUBLIC_KEY", default=[])
BACKUP_DIR = env.str("BACKUP_DIR", default=str(DATA_DIR / "backups"))
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)
# Tables of which a hundred rows are compared byte by byte, and what else has to be right after a restore.
BACKUP_SAMPLED_TABLES = ("outcomes_response",)
ERASURE_LEDGER = env.str("ERASURE_LEDGER", default=str(DATA_DIR / "erasures.jsonl"))
RECORD_RETENTION_YEARS = env.int("RECORD_RETENTION_YEARS", default=10)  # after the last treatment; § 630f BGB says ten
RESTORE_CHECKS = ["outcomes.erasing.replay.everything", "clinic.backup.checks.everything", "outcomes.restore_checks.everything"]

# Background work ---------------------------------------------------------------------------------------------------------------
# The database is the truth (the outbox); the broker carries hints. No result backend: progress is a table.

CELERY_BROKER_URL = env.str("REDIS_URL", default="")
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 180
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_timeout": 5, "socket_connect_timeout": 3}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_TIMEZONE = "UTC"
HEARTBEAT_SECONDS = env.float("HEARTBEAT_SECONDS", default=15)  # five in a row missed count as dead
CELERY_BEAT_SCHEDULER = "clinic.operation.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    # A sign that nobody took in time is worth nothing: a worker that comes back does not begin with a hundred of them.
    "is-the-worker-alive": {"task": "clinic.tasks.say_worker_works", "schedule": HEARTBEAT_SECONDS, "options": {"expires": 60}},
    "invite-who-is-due": {"task": "outcomes.tasks.invite_due_in_every_clinic", "schedule": 15 * 60},
    "remind-of-visits": {"task": "sessions.tasks.remind_in_every_clinic", "schedule": 10 * 60},
    "look-at-the-outbox": {"task": "clinic.tasks.send_due_messages", "schedule": 30},
    "close-yesterdays-visits": {"task": "sessions.tasks.mark_missed_in_every_clinic", "schedule": 15 * 60},
    "fill-in-the-demo": {"task": "outcomes.tasks.fill_in_the_demo", "schedule": 10, "options": {"expires": 10}},
    "write-exports": {"task": "clinic.tasks.write_exports", "schedule": 5, "options": {"expires": 5}},
    "work-on-imports": {"task": "clinic.tasks.work_on_imports", "schedule": 5, "options": {"expires": 5}},
    "forget-old-imports": {"task": "clinic.tasks.forget_old_imports", "schedule": 24 * 60 * 60},
    "write-erasure-ledger": {"task": "outcomes.tasks.write_erasure_ledger", "schedule": 10, "options": {"expires": 10}},
    "delete-records-past-their-time": {"task": "outcomes.tasks.delete_records_of_the_erased", "schedule": 24 * 60 * 60},
    "forget-call-counts": {"task": "clinic.tasks.forget_call_counts", "schedule": 60 * 60},
    "delete-expired-exports": {"task": "clinic.tasks.delete_expired_exports", "schedule": 60},
    "make-audit-partitions": {"task": "clinic.tasks.make_audit_partitions", "schedule": 24 * 60 * 60},
}

# The API -----------------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["clinic.api.calls.BoundaryAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["clinic.api.calls.DeclaredPermission"],
    "DEFAULT_PARSER_CLASSES": ["clinic.api.calls.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["clinic.api.calls.ExactJSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "clinic.api.calls.explain_error",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Backlight",
    "DESCRIPTION": "Visits, answers, scores and trends of one clinic.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "clinic.api.schema.name_scopes"],
    "ENUM_NAME_OVERRIDES": {
        "AnsweringModeEnum": "outcomes.models.invitation.Mode",
        "LaserModeEnum": "sessions.models.device.LaserMode.values",
        "VisitStateEnum": "sessions.api.shapes.VISIT_STATES",
        "MissedStateEnum": "sessions.api.care_shapes.MISSED_STATES",
        "TaskStateEnum": "clinic.api.desk.TASK_STATES",
        "MessageStateEnum": "clinic.api.desk.MESSAGE_STATES",
        "ImportKindEnum": "clinic.api.imports.IMPORT_KINDS",
        "ImportStateEnum": "clinic.api.imports.IMPORT_STATES",
        "InvitationStateEnum": "outcomes.api.surveys.INVITATION_STATES",
        "TreatmentKindEnum": "sessions.api.shapes.TREATMENT_KINDS",
        "TherapyKindEnum": "sessions.api.care_shapes.THERAPY_KINDS",
    },
}

# Logs: one JSON line per event, without names, answers or tokens ----------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "clinic.operation.logs.json_lines"}},
    "filters": {"secrets": {"()": "clinic.operation.logs.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "clinic.requests": {"level": "INFO" if env.bool("LOG_REQUESTS", default=False) else "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
