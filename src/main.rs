//! The rightsdesk program: everything is in the library.

fn main() -> std::process::ExitCode {
    rightsdesk::cli::run()
}
