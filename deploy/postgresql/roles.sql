-- The database of the portal and the three roles that use it. Run it as superuser, with psql 15 or newer:
--
--     export OWNER_PASSWORD=... APPLICATION_PASSWORD=... BACKUP_PASSWORD=...
--     runuser -u postgres -- psql -X -d postgres -f deploy/postgresql/roles.sql
--
-- Other names: -v database=... -v owner=... -v application=... -v backup=...
-- A password that is not in the environment stays as it is. It may be run again at any time, and puts
-- right what it finds; after that always `manage.py migrate` as the owner.
--
--   owner        owns every table; for `manage.py migrate` and `manage.py restore` alone
--   application  web, worker, beat and watch: reads and writes rows, changes nothing about tables
--   backup       reads everything, for pg_dump
--
-- Records that may never be changed are taken from all but the owner by `migrate` (workflow/guards.py).

\set ON_ERROR_STOP on
\set QUIET on
\if :{?database}
\else
  \set database portal
\endif
\if :{?owner}
\else
  \set owner portal_owner
\endif
\if :{?application}
\else
  \set application portal
\endif
\if :{?backup}
\else
  \set backup portal_backup
\endif

SELECT format('DO $do$ BEGIN RAISE EXCEPTION %L; END $do$',
  'owner, application and backup must be three roles, and none of them ' || current_user)
WHERE (SELECT count(DISTINCT name) FROM unnest(ARRAY[:'owner', :'application', :'backup', current_user])
  AS name) < 4 \gexec

-- Passwords belong into no log.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';

-- Roles --------------------------------------------------------------------------------------------

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY[:'owner', :'application', :'backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
SELECT format(
  'ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', name)
FROM unnest(ARRAY[:'owner', :'application', :'backup']) AS name \gexec
-- No role reaches another one through a membership.
SELECT format('REVOKE %I FROM %I', granted.rolname, member.rolname)
FROM pg_auth_members
JOIN pg_roles AS granted ON granted.oid = roleid
JOIN pg_roles AS member ON member.oid = pg_auth_members.member
WHERE member.rolname IN (:'owner', :'application', :'backup') \gexec
ALTER ROLE :"backup" SET default_transaction_read_only = on;

\getenv owner_password OWNER_PASSWORD
\if :{?owner_password}
  ALTER ROLE :"owner" PASSWORD :'owner_password';
\endif
\getenv application_password APPLICATION_PASSWORD
\if :{?application_password}
  ALTER ROLE :"application" PASSWORD :'application_password';
\endif
\getenv backup_password BACKUP_PASSWORD
\if :{?backup_password}
  ALTER ROLE :"backup" PASSWORD :'backup_password';
\endif

-- Database -----------------------------------------------------------------------------------------

SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'database', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
ALTER DATABASE :"database" OWNER TO :"owner";
-- No temporary tables: one with the name of a real table would hide it from the triggers.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC, :"application", :"backup";
GRANT CONNECT ON DATABASE :"database" TO :"application", :"backup";

\connect :"database"
ALTER SCHEMA public OWNER TO pg_database_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC, :"application", :"backup";
GRANT USAGE ON SCHEMA public TO :"application", :"backup";

-- Tables of an older installation, where one role was everything. A sequence of a column follows its
-- table.
SELECT format('ALTER TABLE %s OWNER TO %I', oid::regclass, :'owner')
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
  AND pg_get_userbyid(relowner) <> :'owner' \gexec
SELECT format('ALTER FUNCTION %s OWNER TO %I', oid::regprocedure, :'owner')
FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) <> :'owner'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') \gexec

-- Rights: on what is there and has none yet, and on what later migrations make.
SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', oid::regclass, :'application')
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND NOT has_table_privilege(:'application', oid, 'SELECT') \gexec
SELECT format('REVOKE TRUNCATE, REFERENCES, TRIGGER ON %s FROM PUBLIC, %I', oid::regclass, :'application')
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND has_table_privilege(:'application', oid, 'TRUNCATE, REFERENCES, TRIGGER') \gexec
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM :"backup";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"backup";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"application";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO :"backup";

ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"application";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO :"application";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT ON TABLES TO :"backup";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT ON SEQUENCES TO :"backup";
