//! Style sheets, scripts and pictures, embedded in the binary. Each is served under an address with a digest of its
//! bytes, so that a browser keeps it for good and a new version is a new address.

use std::sync::OnceLock;

use actix_web::{HttpResponse, get, web};
use sha2::{Digest, Sha256};

use super::super::problem::Problem;
use crate::base::hex;

struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

macro_rules! asset {
    ($name:literal, $media_type:literal) => {
        Asset { name: $name, media_type: $media_type, bytes: include_bytes!(concat!("../../../assets/web/", $name)) }
    };
}

static ASSETS: &[Asset] = &[
    asset!("govuk.css", "text/css; charset=utf-8"),
    asset!("govuk.js", "text/javascript; charset=utf-8"),
    asset!("moj.css", "text/css; charset=utf-8"),
    asset!("moj.js", "text/javascript; charset=utf-8"),
    asset!("moj-icon-close-cross-black.svg", "image/svg+xml"),
    asset!("moj-icon-document.svg", "image/svg+xml"),
    asset!("moj-icon-tag-remove-cross-white.svg", "image/svg+xml"),
    asset!("moj-icon-tag-remove-cross.svg", "image/svg+xml"),
    asset!("moj-icon-toggle-plus-minus.svg", "image/svg+xml"),
    asset!("idle.js", "text/javascript; charset=utf-8"),
    asset!("page.css", "text/css; charset=utf-8"),
    asset!("desk.css", "text/css; charset=utf-8"),
    asset!("desk.js", "text/javascript; charset=utf-8"),
    asset!("icon.svg", "image/svg+xml"),
];

/// The address of the asset `name`; of one that there is not, an address that answers 404.
pub(in super::super) fn address(name: &str) -> String {
    static DIGESTS: OnceLock<Vec<String>> = OnceLock::new();
    let digests = DIGESTS.get_or_init(|| {
        ASSETS.iter().map(|asset| hex(Sha256::digest(asset.bytes).get(..8).unwrap_or_default())).collect()
    });
    let digest = ASSETS.iter().position(|asset| asset.name == name).and_then(|at| digests.get(at));
    format!("/assets/{}/{name}", digest.map_or("none", String::as_str))
}

/// One asset. An address with an old digest gives the present bytes, not to be kept.
#[get("/assets/{digest}/{name}")]
async fn serve(path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (digest, name) = path.into_inner();
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or_else(Problem::unknown_path)?;
    let current = address(&name) == format!("/assets/{digest}/{name}");
    let keep = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(HttpResponse::Ok().content_type(asset.media_type).insert_header(("Cache-Control", keep)).body(asset.bytes))
}

pub(in super::super) fn routes(config: &mut web::ServiceConfig) {
    config.service(serve);
}
