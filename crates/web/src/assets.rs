//! Style sheets, scripts and pictures, from inside the binary.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::routing::{Routes, Rule};

#[derive(RustEmbed)]
#[folder = "assets"]
struct Assets;

#[derive(Deserialize)]
struct Version {
    v: Option<String>,
}

/// The route of the assets.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/assets/{name}", Rule::Everybody, asset)
}

/// The address of an asset with the beginning of its digest, so that it may be kept until it changes.
pub(crate) fn address(name: &str) -> String {
    match Assets::get(name) {
        Some(file) => format!("/assets/{name}?v={}", version(&file)),
        None => format!("/assets/{name}"),
    }
}

fn version(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

async fn asset(
    Path(name): Path<String>,
    Query(asked): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = Assets::get(&name).ok_or_else(|| Failure::no_such_page(&format!("/assets/{name}")))?;
    let version = version(&file);
    let tag = format!("\"{version}\"");
    let keep = if asked.v.as_deref() == Some(&version) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let about = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, keep.to_owned())];
    if headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    Ok((about, [(header::CONTENT_TYPE, media_type(&name))], file.data).into_response())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
