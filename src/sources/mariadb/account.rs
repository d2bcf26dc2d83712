//! What the account could do to a MariaDB or MySQL server besides reading, by its grants.

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Error};

use crate::sources::query::Account;
use crate::sources::sql::backquoted;

use super::connect::Failure;

/// Privileges that change nothing. EXECUTE is not among them: a routine may write with its maker's rights.
const HARMLESS: [&str; 10] = [
    "SELECT",
    "USAGE",
    "SHOW VIEW",
    "SHOW DATABASES",
    "PROCESS",
    "REPLICATION CLIENT",
    "BINLOG MONITOR",
    "SLAVE MONITOR",
    "REPLICA MONITOR",
    "SHOW CREATE ROUTINE",
];
/// Most roles that are followed.
const MOST_ROLES: usize = 64;

pub(super) async fn read(conn: &mut Conn) -> Result<Account, Failure> {
    let mut account = Account::default();
    let mut roles: Vec<String> = Vec::new();
    let grants: Vec<String> = conn.query("SHOW GRANTS FOR CURRENT_USER()").await?;
    take(&grants, "", &mut account, &mut roles);
    let mut at = 0;
    while let Some(role) = roles.get(at).filter(|_| at < MOST_ROLES).cloned() {
        at += 1;
        match grants_of(conn, &role).await {
            Ok(grants) => take(&grants, &format!("by the role {role}: "), &mut account, &mut roles),
            Err(Error::Server(_)) => account.excess.push(format!("the role {role}, whose grants could not be read")),
            Err(error @ (Error::Driver(_) | Error::Io(_) | Error::Other(_) | Error::Url(_))) => {
                return Err(error.into());
            }
        }
    }
    Ok(account)
}

/// A role's grants. MariaDB shows those of the role alone that the session has taken on, so it takes it on for that long.
async fn grants_of(conn: &mut Conn, role: &str) -> Result<Vec<String>, Error> {
    let name = role_sql(role);
    let asked = conn.query::<String, _>(format!("SHOW GRANTS FOR {name}")).await;
    let Err(Error::Server(_)) = asked else { return asked };
    let before: Option<Option<String>> = conn.query_first("SELECT CURRENT_ROLE()").await?;
    conn.query_drop(format!("SET ROLE {name}")).await?;
    let grants = conn.query("SHOW GRANTS FOR CURRENT_ROLE").await;
    let before = before.flatten().map_or_else(|| "NONE".to_owned(), |role| role_sql(&role));
    conn.query_drop(format!("SET ROLE {before}")).await?;
    grants
}

/// A role is a name, or in MySQL a name and a host.
fn role_sql(role: &str) -> String {
    role.split('@').map(backquoted).collect::<Vec<_>>().join("@")
}

fn take(grants: &[String], before: &str, account: &mut Account, roles: &mut Vec<String>) {
    for grant in grants {
        match reading(grant) {
            Grant::Privileges { excess, on } if !excess.is_empty() => {
                account.excess.push(format!("{before}{} on {on}", excess.join(", ")));
            }
            Grant::Role(role) if !roles.contains(&role) => roles.push(role),
            Grant::Privileges { .. } | Grant::Role(_) | Grant::Other => {}
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Grant {
    Privileges { excess: Vec<String>, on: String },
    Role(String),
    Other,
}

/// Reads a line of SHOW GRANTS: `GRANT SELECT, INSERT (a, b) ON `d`.`t` TO ...`, or `GRANT `role` TO ...`. What cannot be
/// read counts as too much.
fn reading(line: &str) -> Grant {
    let Some(rest) = line.strip_prefix("GRANT ") else { return Grant::Other };
    let plain = without_columns(rest);
    let Some((list, target)) = plain.split_once(" ON ") else {
        let role = plain.split(" TO ").next().unwrap_or_default();
        return Grant::Role(role.replace(['`', '\''], "").trim().to_owned());
    };
    let (on, after) = target.split_once(" TO ").unwrap_or((target, ""));
    let mut excess: Vec<String> =
        list.split(',').map(|word| word.trim().to_owned()).filter(|word| !HARMLESS.contains(&word.as_str())).collect();
    if after.contains("WITH GRANT OPTION") {
        excess.push("GRANT OPTION".into());
    }
    Grant::Privileges { excess, on: on.replace('`', "") }
}

/// The text without lists of columns in brackets.
fn without_columns(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out.replace(" ,", ",").replace("  ", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_nothing_is_harmless() {
        let much = |words: &[&str], on: &str| Grant::Privileges {
            excess: words.iter().map(|word| (*word).to_owned()).collect(),
            on: on.into(),
        };
        let table = [
            ("GRANT USAGE ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD '*AB'", much(&[], "*.*")),
            ("GRANT SELECT, SHOW VIEW ON `site`.* TO `r`@`%`", much(&[], "site.*")),
            ("GRANT SELECT (`a`, `b`), UPDATE (`c`) ON `site`.`t` TO `r`@`%`", much(&["UPDATE"], "site.t")),
            (
                "GRANT ALL PRIVILEGES ON `site`.* TO `r`@`%` WITH GRANT OPTION",
                much(&["ALL PRIVILEGES", "GRANT OPTION"], "site.*"),
            ),
            ("GRANT EXECUTE ON PROCEDURE `site`.`p` TO `r`@`%`", much(&["EXECUTE"], "PROCEDURE site.p")),
            (
                "GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION",
                much(&["PROXY", "GRANT OPTION"], "''@'%'"),
            ),
            ("GRANT `writer` TO `r`@`%`", Grant::Role("writer".into())),
            ("GRANT `writer`@`%` TO `r`@`%`", Grant::Role("writer@%".into())),
            ("SET DEFAULT ROLE `writer` FOR `r`@`%`", Grant::Other),
        ];
        for (line, expected) in table {
            assert_eq!(reading(line), expected, "{line}");
        }
    }
}
