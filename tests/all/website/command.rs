//! `rightsdesk sample` as its user meets it.

use assert_cmd::Command;

use super::database::Database;

fn sample(args: &[&str]) -> assert_cmd::assert::Assert {
    Command::new(env!("CARGO_BIN_EXE_rightsdesk")).arg("sample").args(args).assert()
}

fn output(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_sample_is_filled_and_said_to_be() {
    let database = Database::new("sqlite");
    let done = sample(&["--people", "50", "--seed", "3", "--into", &database.url(), "--json"]).success();
    let planted: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    assert_eq!(planted["people"]["main"]["emails"][0], "farzana.whitcombe@example.org");
    let accounts = database.lines("SELECT CAST(count(*) AS TEXT) AS line FROM accounts");
    assert!(accounts[0].parse::<u32>().unwrap() > 20, "{accounts:?}");
}

#[test]
fn the_text_for_mariadb_is_what_mariadb_takes() {
    let done = sample(&["--people", "20", "--mysql-text"]).success();
    let maria = Database::new("mysql");
    maria.run(&output(&done.get_output().stdout));
    let names = maria.lines("SELECT display_name FROM accounts WHERE email = 'siyuan.ouyang@example.org'");
    assert_eq!(names, ["欧阳思远"]);
}

#[test]
fn wrong_use_and_failure_have_their_own_codes_and_say_no_secret() {
    sample(&["--people", "many", "--into", "sqlite://x"]).failure().code(2);
    sample(&[]).failure().code(2);
    let wrong = sample(&["--into", "oracle://scott:tiger@db/x"]).failure().code(1);
    let stderr = output(&wrong.get_output().stderr);
    assert!(stderr.contains("sqlite://") && !stderr.contains("tiger"), "{stderr}");
    let closed = sample(&["--into", "postgres://u:hunter2@127.0.0.1:1/x"]).failure().code(1);
    let stderr = output(&closed.get_output().stderr);
    assert!(stderr.contains("PostgreSQL") && !stderr.contains("hunter2"), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
}

#[test]
fn the_help_has_an_example() {
    let help = sample(&["--help"]).success();
    assert!(output(&help.get_output().stdout).contains("rightsdesk sample --people 1000"));
}
