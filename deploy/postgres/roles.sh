#!/bin/sh
# Run once by the postgres image on an empty volume: the role that owns the tables, and the roles that serve, each with its password.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -v worker="$WORKER_PASSWORD" -v backup="$BACKUP_PASSWORD" <<'SQL'
CREATE ROLE backlight_owner LOGIN CREATEROLE CREATEDB BYPASSRLS PASSWORD :'owner';
CREATE ROLE backlight_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app';
CREATE ROLE backlight_worker LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'worker';
CREATE ROLE backlight_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'backup';
ALTER DATABASE backlight OWNER TO backlight_owner;
SQL
