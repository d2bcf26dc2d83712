//! Every migration goes up, down and up again, and leaves what it should, on each of the three databases.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rightsdesk::sample::TABLES;
use rightsdesk::sources::fill::WEBSITE_MYSQL;

use super::database::{BACKENDS, Database};

fn folder(backend: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations/website").join(backend)
}

/// The versions of a backend in order, with `up.sql` and `down.sql`.
fn versions(backend: &str) -> BTreeMap<String, (String, String)> {
    std::fs::read_dir(folder(backend))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let read = |file: &str| std::fs::read_to_string(entry.path().join(file)).unwrap();
            (entry.file_name().into_string().unwrap(), (read("up.sql"), read("down.sql")))
        })
        .collect()
}

/// Everything the database knows about its tables: columns with types, keys, checks, indexes.
fn schema(database: &Database) -> Vec<String> {
    let queries: &[&str] = match database {
        Database::Sqlite { .. } => {
            &["SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS line FROM sqlite_schema"]
        }
        Database::Postgres { .. } => &[
            "SELECT concat_ws(' ', 'column', table_name, column_name, data_type, udt_name, is_nullable, column_default, \
             is_identity, numeric_precision, numeric_scale, datetime_precision) AS line \
             FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line \
             FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            "SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'",
        ],
        Database::Maria { .. } => &[
            "SELECT CONCAT_WS(' ', 'column', table_name, column_name, column_type, is_nullable, collation_name, extra) \
             FROM information_schema.columns WHERE table_schema = DATABASE()",
            "SELECT CONCAT_WS(' ', 'index', table_name, index_name, seq_in_index, column_name, non_unique) \
             FROM information_schema.statistics WHERE table_schema = DATABASE()",
            "SELECT CONCAT_WS(' ', 'check', table_name, constraint_name, check_clause) \
             FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()",
            "SELECT CONCAT_WS(' ', 'key', table_name, constraint_name, referenced_table_name, delete_rule) \
             FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()",
        ],
    };
    let mut lines: Vec<String> = queries.iter().flat_map(|query| database.lines(query)).collect();
    lines.sort();
    lines
}

fn up_down_up(backend: &str) {
    let database = Database::new(backend);
    let versions = versions(backend);
    for (version, (up, down)) in &versions {
        let before = schema(&database);
        database.run(up);
        let after = schema(&database);
        assert_ne!(before, after, "{backend}/{version}: up does nothing");
        database.run(down);
        assert_eq!(before, schema(&database), "{backend}/{version}: down leaves something or takes too much");
        database.run(up);
        assert_eq!(after, schema(&database), "{backend}/{version}: the second up differs from the first");
    }
    for (_, down) in versions.values().rev() {
        database.run(down);
    }
    assert_eq!(schema(&database), Vec::<String>::new(), "{backend}: something stays after all went down");
}

#[test]
fn every_migration_goes_up_down_up_on_sqlite() {
    up_down_up("sqlite");
}

#[test]
fn every_migration_goes_up_down_up_on_postgres() {
    up_down_up("postgres");
}

#[test]
fn every_migration_goes_up_down_up_on_mariadb() {
    up_down_up("mysql");
}

#[test]
fn the_backends_have_the_same_versions_and_the_program_carries_them() {
    let names = |backend: &str| versions(backend).into_keys().collect::<Vec<_>>();
    for backend in BACKENDS {
        assert_eq!(names(backend), names("sqlite"));
    }
    let carried: BTreeMap<_, _> =
        WEBSITE_MYSQL.iter().map(|(v, up, down)| (v.to_string(), (up.to_string(), down.to_string()))).collect();
    assert_eq!(carried, versions("mysql"));
}

#[test]
fn the_columns_have_the_same_names_in_the_same_order_everywhere() {
    let wanted: Vec<String> =
        TABLES.iter().flat_map(|t| t.columns.iter().map(|c| format!("{}.{}", t.name, c.name))).collect();
    for backend in BACKENDS {
        let database = Database::new(backend);
        versions(backend).values().for_each(|(up, _)| database.run(up));
        let found: Vec<String> = TABLES
            .iter()
            .flat_map(|table| {
                let name = table.name;
                database.lines(&match backend {
                    "sqlite" => {
                        format!("SELECT '{name}.' || name AS line FROM pragma_table_info('{name}') ORDER BY cid")
                    }
                    "postgres" => format!(
                        "SELECT '{name}.' || column_name AS line FROM information_schema.columns \
                         WHERE table_schema = 'public' AND table_name = '{name}' ORDER BY ordinal_position"
                    ),
                    _ => format!(
                        "SELECT CONCAT('{name}.', column_name) FROM information_schema.columns \
                         WHERE table_schema = DATABASE() AND table_name = '{name}' ORDER BY ordinal_position"
                    ),
                })
            })
            .collect();
        assert_eq!(found, wanted, "{backend}");
    }
}

#[test]
fn sqlite_refuses_what_its_types_alone_would_let_in() {
    let database = Database::new("sqlite");
    versions("sqlite").values().for_each(|(up, _)| database.run(up));
    let event = |starts: &str, fee: &str, day: &str| {
        format!(
            "INSERT INTO events VALUES (1, 'A', 'T', 'course', NULL, NULL, 0, '{starts}', '2030-01-01T00:00:00Z', NULL, \
             '{fee}', '{day}')"
        )
    };
    let (starts, fee, day) = ("2025-01-01T09:00:00Z", "35.00", "2025-01-01");
    let mut conn = database.sqlite();
    let mut tried = |sql: &str| diesel::connection::SimpleConnection::batch_execute(&mut conn, sql).is_ok();
    for bad in ["2025-02-30T09:00:00Z", "01/01/2025", "2025-01-01 09:00:00", ""] {
        assert!(!tried(&event(bad, fee, day)), "{bad}");
    }
    for bad in ["35", "35.0", "a.00", "-1.00", "35,00"] {
        assert!(!tried(&event(starts, bad, day)), "{bad}");
    }
    assert!(!tried(&event(starts, fee, "2025-13-01")));
    assert!(tried(&event(starts, fee, day)));
}
