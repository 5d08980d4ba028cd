//! Bytes on their way into and through the folder, never more than a few pieces of them in memory.

use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::StreamExt as _;
use mapped_file::MappedFile;
use pdf_seal::Source;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio::sync::mpsc;

use crate::error::{Error, Kind};
use crate::folder::Folder;

/// Bytes that are read at once.
const PIECE_BYTES: usize = 1 << 20;
/// Pieces of an upload that wait for the disk.
const PIECES_WAITING: usize = 8;

/// A file that arrived whole, under a temporary name.
#[derive(Debug)]
pub(crate) struct Received {
    pub file: NamedTempFile,
    pub bytes: u64,
    pub sha256: Sha256,
}

impl Received {
    /// An empty one.
    pub fn new(folder: &Folder) -> Result<Self, Error> {
        Ok(Self {
            file: folder.incoming()?,
            bytes: 0,
            sha256: Sha256::new(),
        })
    }

    /// Takes further bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.file.as_file_mut().write_all(bytes);
        written.map_err(Error::file(self.file.path()))?;
        self.sha256.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// The digest of all that was written, in hexadecimal.
    pub fn digest(&self) -> String {
        hex::encode(self.sha256.clone().finalize())
    }

    /// A map of what was written. The file must not be changed while it lives, only appended to.
    pub fn map(&self) -> Result<Source, Error> {
        map(self.file.path())
    }

    /// What was written so far lasts when this returns.
    pub fn sync(&self) -> Result<(), Error> {
        let synced = self.file.as_file().sync_all();
        synced.map_err(Error::file(self.file.path()))
    }

    /// Gives it its final name. What has that name is the same content, or was damaged.
    pub fn keep(self, target: &Path) -> Result<(), Error> {
        self.sync()?;
        self.file
            .persist(target)
            .map_err(|error| Error::file(target)(error.error))?;
        crate::folder::sync_folder(target.parent().unwrap_or(Path::new(".")))
    }
}

/// Writes the body of a request to a file as it comes.
pub(crate) async fn receive(folder: Arc<Folder>, body: Body) -> Result<Received, Error> {
    let (sender, mut pieces) = mpsc::channel::<Bytes>(PIECES_WAITING);
    let writing = tokio::task::spawn_blocking(move || {
        let mut received = Received::new(&folder)?;
        while let Some(piece) = pieces.blocking_recv() {
            received.write(&piece)?;
        }
        Ok(received)
    });
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        // Dropping the sender ends the writer; what it wrote goes with it.
        let piece = piece.map_err(|_| Error::new(Kind::Invalid, "upload_broken_off"))?;
        if sender.send(piece).await.is_err() {
            break; // The writer failed and says why.
        }
    }
    drop(sender);
    writing
        .await
        .map_err(|_| Error::Internal("the writer failed"))?
}

/// Copies a file in, its first `limit` bytes at most.
pub(crate) fn copy_in(folder: &Folder, path: &Path, limit: Option<u64>) -> Result<Received, Error> {
    let mut received = Received::new(folder)?;
    let file = open_regular(path)?;
    each_piece(file.take(limit.unwrap_or(u64::MAX)), path, |piece| {
        received.write(piece)
    })?;
    Ok(received)
}

/// The digest of a file in hexadecimal.
pub(crate) fn digest_of(path: &Path) -> Result<String, Error> {
    let mut sha256 = Sha256::new();
    each_piece(open_regular(path)?, path, |piece| {
        sha256.update(piece);
        Ok(())
    })?;
    Ok(hex::encode(sha256.finalize()))
}

/// Maps a file that nobody changes in place.
pub(crate) fn map(path: &Path) -> Result<Source, Error> {
    match MappedFile::open(path) {
        Ok(map) => Ok(Arc::new(map)),
        Err(mapped_file::Error::Io(error)) => Err(Error::file(path)(error)),
        Err(_) => Err(Error::conflict("file_in_use")),
    }
}

/// Opening a pipe could wait for ever, so the name is looked at first.
fn open_regular(path: &Path) -> Result<File, Error> {
    let metadata = path.metadata().map_err(Error::file(path))?;
    if !metadata.is_file() {
        return Err(Error::new(Kind::Unprocessable, "not_a_file"));
    }
    File::open(path).map_err(Error::file(path))
}

fn each_piece(
    mut source: impl Read,
    path: &Path,
    mut take: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match source.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => take(piece.get(..count).unwrap_or_default())?,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::file(path)(error)),
        }
    }
}
