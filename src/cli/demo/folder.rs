//! The demo's folder: the website's database, the desk's database, letters, configuration, bundle.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::sample::{Plan, Planted, TABLES, generate};
use crate::sources::fill::Target;

use super::super::{Failure, print};

/// Stands in a folder that a demo made, so that no other folder is ever emptied.
const MARK: &str = ".rightsdesk-demo";
/// The same people in every demo.
const SEED: u64 = 7;

/// The demo's folder, which is ours for as long as this lives.
pub(super) struct Place {
    dir: PathBuf,
    /// Locked, so that a second demo does not empty the folder of a running one.
    _mark: File,
}

/// Makes the folder anew.
pub(super) fn prepare(dir: &Path) -> Result<Place, Failure> {
    let cannot = |e: std::io::Error| Failure::Failed(format!("{} cannot be made: {}", dir.display(), e.kind()));
    if dir.exists() {
        let ours = dir.join(MARK).exists();
        let empty = dir.read_dir().map_err(cannot)?.next().is_none();
        if !ours && !empty {
            return Err(Failure::Usage(format!(
                "{} is not empty and was not made by a demo: give another folder with --dir",
                dir.display()
            )));
        }
        if ours {
            let mark = File::open(dir.join(MARK)).map_err(cannot)?;
            lock(&mark, dir)?;
            std::fs::remove_dir_all(dir).map_err(cannot)?;
        }
    }
    std::fs::create_dir_all(dir).map_err(cannot)?;
    let mut mark = File::create(dir.join(MARK)).map_err(cannot)?;
    lock(&mark, dir)?;
    mark.write_all(b"Made by rightsdesk demo, which removes this folder when it runs again.\n").map_err(cannot)?;
    Ok(Place { dir: dir.canonicalize().map_err(cannot)?, _mark: mark })
}

fn lock(mark: &File, dir: &Path) -> Result<(), Failure> {
    mark.try_lock().map_err(|_| {
        Failure::Usage(format!("a demo is running in {}: stop it, or give another folder with --dir", dir.display()))
    })
}

impl Place {
    /// A file of the folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The configuration's file.
    pub(super) fn configuration(&self) -> PathBuf {
        self.path("rightsdesk.toml")
    }

    /// The letters' folder.
    pub(super) fn post(&self) -> PathBuf {
        self.path("post")
    }

    /// Fills the website's database with generated people.
    pub(super) fn fill_website(&self, people: u64) -> Result<Planted, Failure> {
        let path = self.path("website.sqlite");
        let mut target = Target::open(&format!("sqlite://{}", path.display()), &TABLES)?;
        let planted = target.fill(&TABLES, |rows| generate(Plan { people, seed: SEED }, rows, &mut |_| {}))?;
        print::line(&format!(
            "1. A sample website: {people} generated people and {} planted hard cases in\n   {}",
            planted.people().count(),
            path.display()
        ))?;
        Ok(planted)
    }

    /// Writes the configuration and the data map, as an operator would.
    pub(super) fn write_configuration(&self, port: u16) -> Result<(), Failure> {
        let text = |name: &str| toml::Value::String(self.path(name).display().to_string());
        let url = |name: &str| toml::Value::String(format!("sqlite://{}", self.path(name).display()));
        std::fs::write(self.path("data-map.yml"), include_str!("../../../assets/datamaps/csap.yml"))?;
        let configuration = format!(
            r#"# Made by rightsdesk demo. Every key is explained in docs/OPERATING.md.
[desk]
base_url = "http://127.0.0.1:{port}"
data_dir = {data}

[database]
url = {desk}

[http]
listen = "127.0.0.1:{port}"

[controller]
name = "Lancashire County Council"
service = "Children's Safeguarding Assurance Partnership"
registration = "Z542705X"
address = ["Information Governance Team", "County Hall", "Preston", "PR1 8XJ"]
email = "dataprotection@lancashire.gov.uk"
dpo_email = "dpo@lancashire.gov.uk"
regulator = "Information Commissioner's Office"
regulator_complaints_url = "https://ico.org.uk/make-a-complaint/"

[post]
from = "rights@example.org"
folder = {post}

[data_map]
files = [{map}]

[sources.csap]
url = {website}
"#,
            data = text("data"),
            desk = url("desk.sqlite"),
            post = text("post"),
            map = text("data-map.yml"),
            website = url("website.sqlite"),
        );
        Ok(std::fs::write(self.configuration(), configuration)?)
    }
}
