//! What the account could do to a PostgreSQL database besides reading, by its catalogue.

use diesel::pg::PgConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::sources::query::Account;

use super::connect::Failure;

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    words: String,
}

#[derive(QueryableByName)]
struct Role {
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = Bool)]
    own: bool,
    #[diesel(sql_type = Bool)]
    superuser: bool,
}

/// The account's own attributes and those of every role that it is a member of, whether it inherits from it or would have
/// to say SET ROLE.
const ROLES: &str = "\
SELECT r.rolname = current_user AS own, r.rolsuper AS superuser, \
  CASE WHEN r.rolname = current_user THEN '' ELSE 'as a member of ' || r.rolname || ': ' END || concat_ws(', ', \
    CASE WHEN r.rolsuper THEN 'superuser' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, \
    CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END, \
    CASE WHEN r.rolname IN ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program', \
      'pg_signal_backend', 'pg_checkpoint', 'pg_maintain', 'pg_create_subscription', 'pg_database_owner') \
      THEN 'what ' || r.rolname || ' may' END) AS words \
FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER') \
  AND (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolname IN ('pg_write_all_data', \
    'pg_write_server_files', 'pg_execute_server_program', 'pg_signal_backend', 'pg_checkpoint', 'pg_maintain', \
    'pg_create_subscription', 'pg_database_owner')) \
ORDER BY r.rolname <> current_user, r.rolname";

/// Privileges on tables, columns, sequences, schemas and the database, outside the server's own schemas.
const PRIVILEGES: &str = "\
WITH mine AS (SELECT oid FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')), \
own AS (SELECT n.oid, n.nspname, n.nspowner FROM pg_namespace n \
  WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'), \
tables AS (SELECT c.oid, c.relowner, own.nspname || '.' || c.relname AS name, c.relkind FROM pg_class c \
  JOIN own ON own.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')) \
SELECT 1 AS part, string_agg(DISTINCT w.word, ', ' ORDER BY w.word) || ' on ' || t.name AS words \
FROM tables t CROSS JOIN mine CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')) w(word) \
WHERE t.relkind <> 'S' AND NOT pg_has_role(current_user, t.relowner, 'MEMBER') \
  AND (has_table_privilege(mine.oid, t.oid, w.word) \
    OR (w.word IN ('INSERT', 'UPDATE') AND has_any_column_privilege(mine.oid, t.oid, w.word))) GROUP BY t.name \
UNION ALL SELECT 1, 'ownership of ' || t.name FROM tables t WHERE pg_has_role(current_user, t.relowner, 'MEMBER') \
UNION ALL SELECT DISTINCT 2, 'USAGE or UPDATE on the sequence ' || t.name FROM tables t CROSS JOIN mine \
  WHERE t.relkind = 'S' AND NOT pg_has_role(current_user, t.relowner, 'MEMBER') \
    AND (has_sequence_privilege(mine.oid, t.oid, 'USAGE') OR has_sequence_privilege(mine.oid, t.oid, 'UPDATE')) \
UNION ALL SELECT DISTINCT 3, 'CREATE on the schema ' || own.nspname FROM own CROSS JOIN mine \
  WHERE has_schema_privilege(mine.oid, own.oid, 'CREATE') \
UNION ALL SELECT DISTINCT 4, 'CREATE on the database ' || current_database() FROM mine \
  WHERE has_database_privilege(mine.oid, current_database(), 'CREATE') \
ORDER BY part, words";

/// Tables of which a policy would show the account a part only.
const HIDDEN: &str = "\
SELECT n.nspname || '.' || c.relname AS words FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' \
  AND has_any_column_privilege(c.oid, 'SELECT') AND row_security_active(c.oid) ORDER BY 1";

pub(super) fn read(conn: &mut PgConnection) -> Result<Account, Failure> {
    let roles: Vec<Role> = sql_query(ROLES).load(conn)?;
    if roles.iter().any(|role| role.own && role.superuser) {
        let excess = vec!["the account is a superuser, whom nothing is refused".to_owned()];
        return Ok(Account { excess, ..Account::default() });
    }
    let privileges: Vec<Said> = sql_query(PRIVILEGES).load(conn)?;
    let hidden: Vec<Said> = sql_query(HIDDEN).load(conn)?;
    Ok(Account {
        excess: roles.into_iter().map(|role| role.words).chain(privileges.into_iter().map(|said| said.words)).collect(),
        blind: hidden
            .into_iter()
            .map(|said| {
                format!(
                    "row security would leave rows of {} out, so that a search of it fails: let the account see all of \
                     them (BYPASSRLS, or a policy for SELECT)",
                    said.words
                )
            })
            .collect(),
        notices: Vec::new(),
    })
}
