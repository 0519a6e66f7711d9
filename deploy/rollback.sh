#!/bin/sh
# Go back to the version before the last upgrade, as root:
#     deploy/rollback.sh [ANSWERS]                                when the upgrade changed no table
#     deploy/rollback.sh [ANSWERS] --restore BACKUP --identity FILE      when it did
# An older version cannot read tables of a newer one. Then the backup that the upgrade made goes into a new
# database; what was entered since is not in it. Database and files of the newer version are kept aside.
set -eu
. "$(dirname "$0")/steps.sh"
file=${ANSWERS:-/etc/portal/answers}
case ${1:-} in '' | --*) ;; *) file=$1 && shift ;; esac
backup='' identity=''
while [ $# -gt 0 ]; do
    case $1 in
    --restore) backup=$(realpath "$2") ;;
    --identity) identity=$(realpath "$2") ;;
    *) stop "rollback.sh does not know $1" ;;
    esac
    shift 2
done
answers "$file"
[ -r "$CODE/previous" ] || stop "No version before this one is known."
before=$(cat "$CODE/previous")
[ -d "$before" ] || stop "$before is gone."
newer=$(readlink "$CODE/current")

units stop
switch_to "$before"
if [ -z "$backup" ] && manage check --database default 2>&1 | grep -q portal.E010; then
    switch_to "$newer"
    units start
    [ -s "$CODE/last-backup" ] || stop "The newer version has changed the tables: the older one cannot read them, and no
backup was made before. Nothing has been changed."
    stop "The newer version has changed the tables: the older one cannot read them. Nothing has been changed.
Going back means losing what was entered since the upgrade. If that is to be:
    $0 --restore $(cat "$CODE/last-backup") --identity THE-PRIVATE-KEY-OF-THE-BACKUPS"
fi
if [ -n "$backup" ]; then
    [ -r "$identity" ] || stop "--identity names the private key of the backups."
    aside=$(date -u +%Y%m%d%H%M%S)
    say "the database is kept as ${DATABASE}_$aside, the files as private-$aside"
    as_superuser -c "ALTER DATABASE \"$DATABASE\" RENAME TO \"${DATABASE}_$aside\""
    mv "$STATE/private" "$STATE/private-$aside"
    folder "root:$GROUP" 2770 "$STATE/private"
    create_database
    manage --as owner restore "$backup" --identity "$identity"
    find "$STATE/private" -type d -exec chmod 2770 {} +
    find "$STATE/private" -type f -exec chmod 0640 {} +
    [ "$(id -u)" -ne 0 ] || chown -R "root:$GROUP" "$STATE/private"
fi
place_files
bring_up_to_date
rm -f "$CODE/previous"
if [ "$SYSTEMD" = yes ]; then
    systemctl daemon-reload
    units start
    systemctl reload nginx
fi
say "back at $before"
