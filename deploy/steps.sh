# shellcheck shell=sh
# The steps that install.sh, upgrade.sh and rollback.sh share. Read by them, not run.

say() { printf '%s\n' "-- $*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# The answers, and what they are when nothing is said. ROOT, SYSTEMD, PACKAGES, VENV, the users and the
# ports are for a trial in a folder (tests/deploy).
answers() {
    ANSWERS=${1:-${ANSWERS:-/etc/portal/answers}}
    [ -r "$ANSWERS" ] || stop "There is no $ANSWERS: copy deploy/answers.example there and fill it in."
    # shellcheck disable=SC1090
    . "$ANSWERS"
    ROOT=${ROOT:-}
    SYSTEMD=${SYSTEMD:-yes} PACKAGES=${PACKAGES:-yes} VENV=${VENV:-}
    GROUP=${GROUP:-portal}
    WEB_USER=${WEB_USER:-portal-web} WORKER_USER=${WORKER_USER:-portal-worker}
    SIGNING_USER=${SIGNING_USER:-portal-signing}
    WEB_PORT=${WEB_PORT:-8000} UPLOADS_PORT=${UPLOADS_PORT:-8001} HTTP_PORT=${HTTP_PORT:-80} HTTPS_PORT=${HTTPS_PORT:-443}
    DATABASE=${DATABASE:-portal} DATABASE_SERVER=${DATABASE_SERVER:-localhost:5432}
    DATABASE_SUPERUSER=${DATABASE_SUPERUSER:-}
    REDIS_URL=${REDIS_URL:-redis://127.0.0.1:6379/0}
    SERVICES="portal-web portal-uploads portal-worker portal-signing portal-beat portal-watch"
    TIMERS="portal-backup.timer portal-tidy.timer"
    CODE=$ROOT/srv/portal SETTINGS=$ROOT/etc/portal STATE=$ROOT/var/lib/portal
    KEYS=$ROOT/var/lib/portal-signing BACKUPS=$ROOT/var/backups/portal LOGS=$ROOT/var/log/portal
    for name in HOST ADMINS DEFAULT_FROM_EMAIL; do
        eval "[ -n \"\${$name:-}\" ]" || stop "$ANSWERS does not say $name."
    done
}

# Stop unless it is said for whom backups are encrypted, or that none are wanted ("none"): in the answers, or in
# the settings that were written before.
backups_answered() {
    written=$(known environment BACKUP_RECIPIENTS)
    BACKUP_RECIPIENTS=${written:-${BACKUP_RECIPIENTS:-}}
    [ -n "$BACKUP_RECIPIENTS" ] ||
        stop "$ANSWERS does not say BACKUP_RECIPIENTS: public keys of age, or none where no backup is wanted."
    [ ! -e "$SETTINGS/environment" ] || sed -i "/^BACKUP_RECIPIENTS=''\$/d" "$SETTINGS/environment"
    [ "$BACKUP_RECIPIENTS" != none ] || TIMERS=portal-tidy.timer
}

# Owner and mode of a file or folder; who is not root keeps everything.
own() {
    chmod "$2" "$3"
    [ "$(id -u)" -ne 0 ] || chown "$1" "$3"
}

folder() {
    mkdir -p "$3"
    own "$1" "$2" "$3"
}

# Put a file of deploy/ in its place, with the folders, users and ports of this machine.
place() {
    sed -E -e "s#(/srv|/etc|/var/lib|/var/log|/var/backups)/portal#$ROOT\\1/portal#g" \
        -e "s/([Uu]ser=)portal-web\$/\\1$WEB_USER/; s/([Uu]ser=)portal-worker\$/\\1$WORKER_USER/" \
        -e "s/([Uu]ser=)portal-signing\$/\\1$SIGNING_USER/" \
        -e "s/([Gg]roup=)portal\$/\\1$GROUP/; s/127\\.0\\.0\\.1:8000/127.0.0.1:$WEB_PORT/" \
        -e "s/127\\.0\\.0\\.1:8001/127.0.0.1:$UPLOADS_PORT/" \
        -e "s/izin\\.example\\.go\\.id/$HOST/; s/(listen (\\[::\\]:)?)443/\\1$HTTPS_PORT/" \
        -e "s/(listen (\\[::\\]:)?)80;/\\1$HTTP_PORT;/" "$1" >"$2.new"
    chmod "$3" "$2.new"
    mv "$2.new" "$2"
}

# Add NAME='value' to a file of settings unless it is there: what an operator has written stays.
setting() {
    grep -q "^$2=" "$SETTINGS/$1" 2>/dev/null && return
    case $3 in *\'*) stop "$2 may not hold a quotation mark." ;; esac
    printf "%s='%s'\\n" "$2" "$3" >>"$SETTINGS/$1"
}

known() { sed -n "s/^$2='\\(.*\\)'\$/\\1/p" "$SETTINGS/$1" 2>/dev/null | head -n 1; }

random() { python3 -c "import secrets; print(secrets.token_urlsafe($1))"; }
random_key() { python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"; }

units() {
    [ "$SYSTEMD" = yes ] || return 0
    # shellcheck disable=SC2086
    systemctl "$1" $SERVICES
}

manage() { "$ROOT/usr/local/bin/portal-manage" "$@"; }

# Copy this version of the code into a folder of its own, with its own packages; prints the folder.
new_release() {
    source=$(cd -P "$(dirname "$0")/.." && pwd)
    release=$CODE/releases/$(date -u +%Y%m%d-%H%M%S)
    mkdir -p "$release"
    tar -C "$source" --exclude=./.git --exclude=./.venv --exclude=./build --exclude=./var \
        --exclude=./tests --exclude=__pycache__ -cf - . | tar -C "$release" --no-same-owner -xf -
    chmod -R u=rwX,go=rX "$release"
    python3 -m compileall -q "$release" # the services may not write here
    if [ -n "$VENV" ]; then
        ln -s "$VENV" "$release/.venv"
    else
        python3 -m venv "$release/.venv"
        "$release/.venv/bin/pip" install --quiet --only-binary :all: --require-hashes \
            -r "$release/requirements.txt" >&2
    fi
    printf '%s\n' "$release"
}

# Let this release be the one that runs.
switch_to() {
    ln -sfn "$1" "$CODE/next"
    mv -T "$CODE/next" "$CODE/current"
}

# What of the release lies outside its folder.
place_files() {
    here=$CODE/current/deploy
    mkdir -p "$ROOT/etc/systemd/system" "$ROOT/etc/nginx/conf.d" "$ROOT/etc/logrotate.d" \
        "$ROOT/usr/local/bin" "$SETTINGS/nginx"
    for unit in "$here"/systemd/*; do
        place "$unit" "$ROOT/etc/systemd/system/$(basename "$unit")" 0644
    done
    place "$here/nginx/portal.conf" "$ROOT/etc/nginx/conf.d/portal.conf" 0644
    place "$here/nginx/proxy.conf" "$SETTINGS/nginx/proxy.conf" 0644
    place "$here/logrotate/portal" "$ROOT/etc/logrotate.d/portal" 0644
    place "$here/portal-manage" "$ROOT/usr/local/bin/portal-manage" 0755
}

as_superuser() {
    if [ -n "$DATABASE_SUPERUSER" ]; then
        psql -X -q -d "$DATABASE_SUPERUSER" "$@"
    else
        runuser -u postgres -- psql -X -q -d postgres "$@"
    fi
}

# The database with its roles, if it is not there; else their rights.
create_database() {
    OWNER_PASSWORD=$(known database OWNER_PASSWORD)
    APPLICATION_PASSWORD=$(known database APPLICATION_PASSWORD)
    BACKUP_PASSWORD=$(known database BACKUP_PASSWORD)
    export OWNER_PASSWORD APPLICATION_PASSWORD BACKUP_PASSWORD
    as_superuser -v "database=$DATABASE" -v "owner=${DATABASE}_owner" -v "application=$DATABASE" \
        -v "backup=${DATABASE}_backup" <"$CODE/current/deploy/postgresql/roles.sql"
    unset OWNER_PASSWORD APPLICATION_PASSWORD BACKUP_PASSWORD
}

# After every change of the code: rights, tables, static files.
bring_up_to_date() {
    create_database
    manage --as owner migrate --noinput --verbosity 0
    manage --as owner collectstatic --noinput --verbosity 0
    chmod -R u=rwX,go=rX "$STATE/var/static"
}
