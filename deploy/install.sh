#!/bin/sh
# Install the portal on one Debian 12 machine, as root:  deploy/install.sh [/etc/portal/answers]
# It may be run again: it puts right what is missing and changes nothing that an operator has written.
# docs/operations.md says what comes before and after.
set -eu
. "$(dirname "$0")/steps.sh"
answers "$@"
backups_answered

if [ "$PACKAGES" = yes ]; then
    say "packages of Debian"
    apt-get install -y --no-install-recommends python3-venv libpango-1.0-0 libpangoft2-1.0-0 \
        libharfbuzz-subset0 postgresql postgresql-client redis-server nginx logrotate
fi

say "users and folders"
if [ "$SYSTEMD" = yes ]; then
    getent group "$GROUP" >/dev/null || groupadd --system "$GROUP"
    for user in "$WEB_USER" "$WORKER_USER" "$SIGNING_USER"; do
        id "$user" >/dev/null 2>&1 || useradd --system --gid "$GROUP" --home-dir /nonexistent \
            --no-create-home --shell /usr/sbin/nologin "$user"
    done
fi
folder root:root 0755 "$CODE"
folder root:root 0755 "$CODE/releases"
folder root:root 0755 "$SETTINGS"
folder root:root 0700 "$SETTINGS/tls"
folder "root:$GROUP" 2770 "$STATE"
folder "root:$GROUP" 2770 "$STATE/private"
folder "root:$GROUP" 2770 "$STATE/var"
folder root:root 0755 "$STATE/var/static"
folder root:root 0755 "$STATE/trust"
folder root:root 0755 "$STATE/trust/anchors"
folder "$SIGNING_USER:$GROUP" 2750 "$STATE/audit"
folder "$SIGNING_USER:$GROUP" 2750 "$STATE/audit/registers"
folder "$SIGNING_USER:$GROUP" 0700 "$KEYS"
folder "$WORKER_USER:$GROUP" 0700 "$BACKUPS"
folder root:root 0755 "$LOGS"

say "settings"
for file in environment signing owner backup database; do
    [ -e "$SETTINGS/$file" ] || (umask 0077 && : >"$SETTINGS/$file")
    own root:root 0600 "$SETTINGS/$file" # systemd reads them as root; no process does
done
for role in OWNER APPLICATION BACKUP; do
    setting database "${role}_PASSWORD" "$(random 24)"
done
address() { echo "postgresql://$1:$(known database "$2")@$DATABASE_SERVER/$DATABASE${DATABASE_OPTIONS:+?$DATABASE_OPTIONS}"; }
site=https://$HOST
[ "$HTTPS_PORT" = 443 ] || site=$site:$HTTPS_PORT
setting environment DJANGO_SETTINGS_MODULE portal.settings.production
setting environment PYTHONUNBUFFERED 1
setting environment SECRET_KEY "$(random 50)"
setting environment COMPLAINT_KEYS "$(random_key)"
setting environment SECOND_FACTOR_KEYS "$(random_key)"
setting environment ALLOWED_HOSTS "$HOST"
setting environment SITE_URL "$site"
setting environment BEHIND_PROXY yes
setting environment PROXY_COUNT 1
setting environment DATABASE_URL "$(address "$DATABASE" APPLICATION_PASSWORD)"
setting environment REDIS_URL "$REDIS_URL"
setting environment PRIVATE_ROOT "$STATE/private"
setting environment TRUST_DIR "$STATE/trust"
setting environment VAR_DIR "$STATE/var"
setting environment AUDIT_DIR "$STATE/audit"
setting environment EMAIL_HOST "${EMAIL_HOST:-localhost}"
setting environment EMAIL_PORT "${EMAIL_PORT:-25}"
setting environment EMAIL_USE_TLS "${EMAIL_USE_TLS:-no}"
setting environment EMAIL_USE_SSL "${EMAIL_USE_SSL:-no}"
setting environment DEFAULT_FROM_EMAIL "$DEFAULT_FROM_EMAIL"
setting environment ADMINS "$ADMINS"
setting environment MAILBOX_URL "${MAILBOX_URL:-}"
setting environment BACKUP_RECIPIENTS "$BACKUP_RECIPIENTS"
setting signing SIGNING_DIR "$KEYS"
setting owner DATABASE_URL "$(address "${DATABASE}_owner" OWNER_PASSWORD)"
setting backup BACKUP_DATABASE_URL "$(address "${DATABASE}_backup" BACKUP_PASSWORD)"

if [ ! -e "$CODE/current" ]; then
    say "code and its packages"
    release=$(new_release)
    switch_to "$release"
fi
place_files

say "database and static files"
bring_up_to_date

if [ "$SYSTEMD" = yes ]; then
    say "services"
    systemctl daemon-reload
    # shellcheck disable=SC2086
    systemctl enable --now $SERVICES $TIMERS
    [ ! -e "$SETTINGS/tls/certificate.pem" ] || systemctl reload nginx
fi
say "installed; next: docs/operations.md, \"The first hour\""
