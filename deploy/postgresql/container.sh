# The image of PostgreSQL runs this once, on an empty volume.
(
    OWNER_PASSWORD=$(cat /run/secrets/owner_password)
    APPLICATION_PASSWORD=$(cat /run/secrets/application_password)
    export OWNER_PASSWORD APPLICATION_PASSWORD
    psql -X -U "${POSTGRES_USER:-postgres}" -d postgres -f /usr/local/share/portal/roles.sql
)
