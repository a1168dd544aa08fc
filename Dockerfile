# syntax=docker/dockerfile:1
# One image for web, worker, beat, poller, migrations and backups; compose.yaml says which is which.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes --only-binary :all: -r requirements.txt
COPY manage.py pyproject.toml LICENSE ./
COPY locale locale
COPY clinic clinic
COPY sessions sessions
COPY outcomes outcomes
# Collecting reads the code, not an installation: these values open nothing and stay in this stage.
RUN SECRET_KEY=build TOKEN_KEY=build FIELD_KEYS=YnVpbGQgb25seSwgZXhhY3RseSAzMiBieXRlcyBsb24= DATABASE_URL=postgresql:///none \
    DATA=/tmp/data STATIC_ROOT=/app/static STATIC_MANIFEST=1 /venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.13-slim-bookworm
# pg_dump and pg_restore of the server's own major version, for backups; from PostgreSQL's repository, because Debian's is older.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-common ca-certificates \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install -y --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin backlight \
    && install -d -o backlight -g backlight -m 0700 /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 \
    DATA=/data STATIC_ROOT=/app/static STATIC_MANIFEST=1 DEMO=0 DEBUG=0
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY deploy/gunicorn.conf.py /app/deploy/gunicorn.conf.py
USER backlight
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz', headers={'Host': 'localhost', 'X-Forwarded-Proto': 'https'}); raise SystemExit(c.getresponse().status != 200)"]
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py", "clinic.config.wsgi"]
