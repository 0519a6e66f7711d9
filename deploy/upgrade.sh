#!/bin/sh
# Go over to the version of the portal that this file belongs to, as root:  deploy/upgrade.sh [/etc/portal/answers]
# A backup is made first. Until the last step the old version lies untouched beside the new one.
set -eu
. "$(dirname "$0")/steps.sh"
answers "$@"
[ -e "$CODE/current" ] || stop "Nothing is installed here: deploy/install.sh"
backups_answered
setting environment BACKUP_RECIPIENTS "$BACKUP_RECIPIENTS"

say "the new code and its packages, beside what runs"
release=$(new_release)

units stop
trap 'say "stopped: nothing has been changed, the old version starts again"; units start' EXIT
if [ "$BACKUP_RECIPIENTS" = none ]; then
    say "no backup: none is wanted here, so there is no way back once tables have changed"
    : >"$CODE/last-backup"
else
    say "a backup of what there is"
    manage --as backup backup "$BACKUPS" | sed -n '1s/: .*//p' >"$CODE/last-backup.new"
    [ -s "$CODE/last-backup.new" ] || stop "No backup was made."
    mv "$CODE/last-backup.new" "$CODE/last-backup"
fi
readlink "$CODE/current" >"$CODE/previous"
trap - EXIT

say "database and static files of the new version"
switch_to "$release"
place_files
bring_up_to_date

if [ "$SYSTEMD" = yes ]; then
    systemctl daemon-reload
    units start
    systemctl reload nginx
fi
say "upgraded; look with: portal-manage check --deploy. The way back: deploy/rollback.sh"
