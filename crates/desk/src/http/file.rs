//! A document's bytes: by ranges for the page that draws it, whole for the person who takes it along.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::Context;
use super::problem::Problem;
use crate::desk::blocking;
use crate::document::download_name;
use crate::error::Error;

/// Bytes that are read at once.
const PIECE_BYTES: u64 = 256 * 1024;

#[derive(Deserialize)]
pub(super) struct Wanted {
    revision: Option<u32>,
}

/// A revision's file.
struct Revision {
    path: PathBuf,
    bytes: u64,
    tag: HeaderValue,
}

/// The current revision, or the one before, which pages may still be drawing.
pub(super) async fn read(
    State(context): State<Context>,
    Path(text): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let document = context.document(&text)?;
    let kept = document.now().kept;
    let (sha256, bytes) = match (wanted.revision, &kept.before) {
        (None, _) => (kept.sha256, kept.bytes),
        (Some(revision), _) if revision == kept.revision => (kept.sha256, kept.bytes),
        (Some(revision), Some(before)) if revision == before.revision => {
            (before.sha256.clone(), before.bytes)
        }
        _ => return Err(Error::not_found("revision_not_found").into()),
    };
    let path = context.desk.inner().folder.revision(document.id, &sha256);
    let tag = HeaderValue::from_str(&format!("\"{sha256}\""));
    let revision = Revision {
        path,
        bytes,
        tag: tag.map_err(|_| Error::Internal("a digest is no header"))?,
    };
    Ok(answer(revision, &headers).await?)
}

async fn answer(revision: Revision, headers: &HeaderMap) -> Result<Response, Error> {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let tag = revision.tag.to_str().unwrap_or_default();
    let knows = value(header::IF_NONE_MATCH)
        .is_some_and(|known| known.split(',').any(|known| known.trim() == tag));
    let same = value(header::IF_RANGE).is_none_or(|expected| expected == tag);
    let range = value(header::RANGE).filter(|_| same);
    let mut response = match range.map_or(Ok(None), |range| parse(range, revision.bytes)) {
        _ if knows => StatusCode::NOT_MODIFIED.into_response(),
        Err(Unsatisfiable) => {
            let total = format!("bytes */{}", revision.bytes);
            let headers = [(header::CONTENT_RANGE, total)];
            (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
        }
        Ok(Some(range)) => {
            let told = format!("bytes {}-{}/{}", range.start, range.end - 1, revision.bytes);
            let body = body(&revision, range.clone()).await?;
            let headers = [
                (header::CONTENT_RANGE, told),
                (
                    header::CONTENT_LENGTH,
                    (range.end - range.start).to_string(),
                ),
            ];
            (StatusCode::PARTIAL_CONTENT, headers, body).into_response()
        }
        Ok(None) => {
            let body = body(&revision, 0..revision.bytes).await?;
            let headers = [(header::CONTENT_LENGTH, revision.bytes.to_string())];
            (StatusCode::OK, headers, body).into_response()
        }
    };
    let sent = response.headers_mut();
    let pdf = HeaderValue::from_static("application/pdf");
    sent.insert(header::CONTENT_TYPE, pdf);
    sent.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    sent.insert(header::ETAG, revision.tag);
    let cache = HeaderValue::from_static("private, no-cache");
    sent.insert(header::CACHE_CONTROL, cache);
    Ok(response)
}

/// The range lies outside the file.
#[derive(Debug, PartialEq, Eq)]
struct Unsatisfiable;

/// One range of bytes (RFC 9110, 14.1.2). Several, and other units, are answered with the whole file, as is allowed.
fn parse(text: &str, bytes: u64) -> Result<Option<Range<u64>>, Unsatisfiable> {
    let Some((first, last)) = text
        .strip_prefix("bytes=")
        .and_then(|list| list.trim().split_once('-'))
    else {
        return Ok(None);
    };
    let number = |text: &str| -> Option<Option<u64>> {
        if text.is_empty() {
            return Some(None);
        }
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX)).map(Some)
    };
    let range = match (number(first), number(last)) {
        (Some(Some(first)), Some(Some(last))) if first <= last => {
            first..last.saturating_add(1).min(bytes)
        }
        (Some(Some(first)), Some(None)) => first..bytes,
        (Some(None), Some(Some(suffix))) if suffix > 0 => bytes.saturating_sub(suffix)..bytes,
        (Some(None), Some(Some(_))) => return Err(Unsatisfiable),
        _ => return Ok(None),
    };
    if range.start < range.end {
        Ok(Some(range))
    } else {
        Err(Unsatisfiable)
    }
}

/// Reads piece after piece, as fast as the page takes them.
async fn body(revision: &Revision, range: Range<u64>) -> Result<Body, Error> {
    let (path, bytes, start) = (revision.path.clone(), revision.bytes, range.start);
    let file = blocking(move || {
        let opened = File::open(&path).and_then(|mut file| {
            file.seek(SeekFrom::Start(start))?;
            Ok((file.metadata()?.len(), file))
        });
        let (length, file) = opened.map_err(Error::file(&path))?;
        if length != bytes {
            return Err(Error::conflict("working_copy_changed"));
        }
        Ok(file)
    })
    .await?;
    let pieces = stream::try_unfold((file, range.end - range.start), |(file, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let reading = tokio::task::spawn_blocking(move || {
            let mut piece = Vec::new();
            let count = left.min(PIECE_BYTES);
            let read = (&file).take(count).read_to_end(&mut piece)?;
            // A file that was cut meanwhile breaks the answer off, which the length that was told makes plain.
            if (read as u64) < count {
                return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
            }
            Ok((piece, file))
        });
        let (piece, file) = reading.await.map_err(std::io::Error::other)??;
        let left = left - piece.len() as u64;
        Ok::<_, std::io::Error>(Some((Bytes::from(piece), (file, left))))
    });
    Ok(Body::from_stream(pieces))
}

/// The current revision under the name that it gets at home. A browser that asks for it keeps it.
pub(super) async fn download(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Result<Response, Problem> {
    let document = context.document(&text)?;
    let _working = document.work.lock().await;
    let kept = document.now().kept;
    let revision = Revision {
        path: context
            .desk
            .inner()
            .folder
            .revision(document.id, &kept.sha256),
        bytes: kept.bytes,
        tag: HeaderValue::from_static("\"download\""),
    };
    let body = body(&revision, 0..revision.bytes).await?;
    let name = download_name(&kept.file_name);
    let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_LENGTH, kept.bytes.to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"sealed.pdf\"; filename*=UTF-8''{name}"),
        ),
    ];
    context.desk.note_saved(&document, None)?;
    Ok((headers, body).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        for (text, range) in [
            ("bytes=0-0", Ok(Some(0..1))),
            ("bytes=5-", Ok(Some(5..10))),
            ("bytes=-3", Ok(Some(7..10))),
            ("bytes=-30", Ok(Some(0..10))),
            ("bytes=2-99999999999999999999999", Ok(Some(2..10))),
            ("bytes=10-", Err(Unsatisfiable)),
            ("bytes=-0", Err(Unsatisfiable)),
            ("bytes=3-2", Ok(None)),
            ("bytes=0-1,3-4", Ok(None)),
            ("bytes=a-b", Ok(None)),
            ("lines=0-1", Ok(None)),
        ] {
            assert_eq!(parse(text, 10), range, "{text}");
        }
        assert_eq!(parse("bytes=0-", 0), Err(Unsatisfiable));
    }
}
