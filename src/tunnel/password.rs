//! The password file, as libpq reads it (section 34.16). libpq looks in it for the host that it connects to, which is our
//! socket, so we look in its place.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

/// Whose password is looked for.
pub(super) struct Wanted<'a> {
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) database: &'a str,
    pub(super) account: &'a str,
}

/// The password from the file that is named, or from `~/.pgpass`. A file that others may read is passed over.
pub(super) fn look_up(file: Option<PathBuf>, home: Option<PathBuf>, wanted: &Wanted<'_>) -> Option<SecretString> {
    let path = file.or_else(|| Some(home?.join(".pgpass")))?;
    if !is_private(&path) {
        return None;
    }
    find(&std::fs::read_to_string(path).ok()?, wanted).map(SecretString::from)
}

fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o077 == 0)
}

/// The first line that fits: `host:port:database:account:password`, `*` for any.
fn find(text: &str, wanted: &Wanted<'_>) -> Option<String> {
    let port = wanted.port.to_string();
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let parts = split(line);
        let [host, number, database, account, password] = parts.as_slice() else { return None };
        let fits = [(host, wanted.host), (number, &port), (database, wanted.database), (account, wanted.account)]
            .into_iter()
            .all(|(pattern, value)| pattern == "*" || pattern == value);
        fits.then(|| password.clone())
    })
}

/// Splits at the colons; a backslash takes the next character as it is.
fn split(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let next = match letter {
            ':' if parts.len() < 5 => {
                parts.push(String::new());
                continue;
            }
            '\\' => letters.next().unwrap_or(letter),
            other => other,
        };
        if let Some(last) = parts.last_mut() {
            last.push(next);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_gives_the_password() {
        let file = "# host:port\ndb.example.org:5432:other:reader:no\nshort\n\
                    db.example.org:*:site:reader:p\\:a\\\\ss:w\n*:*:*:*:last\n";
        let wanted = |host| Wanted { host, port: 5432, database: "site", account: "reader" };
        assert_eq!(find(file, &wanted("db.example.org")).as_deref(), Some("p:a\\ss:w"));
        assert_eq!(find(file, &wanted("elsewhere")).as_deref(), Some("last"));
        assert_eq!(find("a:1:b:c:d", &wanted("elsewhere")), None);
    }

    #[test]
    fn a_file_that_others_may_read_is_passed_over() {
        use secrecy::ExposeSecret as _;
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".pgpass");
        std::fs::write(&path, "*:*:*:*:sesame").unwrap();
        let wanted = Wanted { host: "h", port: 1, database: "d", account: "a" };
        for (mode, expected) in [(0o644, None), (0o600, Some("sesame"))] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let found = look_up(None, Some(dir.path().to_owned()), &wanted);
            assert_eq!(found.as_ref().map(|secret| secret.expose_secret()), expected);
        }
    }
}
