//! The journal: an append-only file from which everything comes back after a crash.
//!
//! Each line is a digest, a space and a JSON record that says all of one thing (a document, a scan, a run) as it is
//! from then on, so reading means: the last word wins. A record counts once its line is on the disk; what a crash
//! leaves of a last line is cut off, damage anywhere else is told and nothing is guessed.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::document::Kept;
use crate::error::{Error, Kind};
use crate::folder::sync_folder;
use crate::run::KeptRun;
use crate::scan::KeptScan;

/// Longest line: a document with thousands of seals fits many times.
const LINE_BYTES_MAX: u64 = 16 << 20;
/// Hexadecimal digits of the digest.
const DIGEST_DIGITS: usize = 16;

/// One thing as it is from now on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(crate) enum Record {
    /// A document.
    Document(Box<Kept>),
    /// A document was closed.
    Closed { document_id: Uuid },
    /// A scan that is open.
    Scan(Box<KeptScan>),
    /// A scan is over.
    ScanOver { scan_id: Uuid },
    /// A run that goes on.
    Run(Box<KeptRun>),
    /// A run is over.
    RunOver { run_id: Uuid },
}

/// The open journal.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    /// Bytes of whole records.
    length: u64,
}

impl Journal {
    /// Reads what was written and cuts off a torn last line.
    pub fn open(path: &Path) -> Result<(Self, Vec<Record>), Error> {
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(Error::file(path))?;
        let (records, length) = read(&file, path)?;
        file.set_len(length).map_err(Error::file(path))?;
        file.seek(SeekFrom::Start(length))
            .map_err(Error::file(path))?;
        let path = path.to_owned();
        Ok((Self { path, file, length }, records))
    }

    /// Writes one record; when this returns, it lasts.
    pub fn append(&mut self, record: &Record) -> Result<(), Error> {
        let line = line(record)?;
        let written = self
            .file
            .write_all(&line)
            .and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // The next record must not follow half a line.
            let _ = self.file.set_len(self.length);
            let _ = self.file.seek(SeekFrom::Start(self.length));
            return Err(Error::file(&self.path)(error));
        }
        self.length += line.len() as u64;
        Ok(())
    }

    /// Begins anew with what counts, so that the file does not grow for ever.
    pub fn rewrite(&mut self, records: &[Record]) -> Result<(), Error> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::file(folder))?;
        let mut length = 0;
        for record in records {
            let line = line(record)?;
            file.write_all(&line).map_err(Error::file(&self.path))?;
            length += line.len() as u64;
        }
        file.as_file().sync_all().map_err(Error::file(&self.path))?;
        let kept = file.persist(&self.path);
        self.file = kept.map_err(|error| Error::file(&self.path)(error.error))?;
        self.length = length;
        sync_folder(folder)
    }
}

fn line(record: &Record) -> Result<Vec<u8>, Error> {
    let json =
        serde_json::to_vec(record).map_err(|_| Error::Internal("a record cannot be written"))?;
    let mut line = digest(&json).into_bytes();
    line.push(b' ');
    line.extend(json);
    line.push(b'\n');
    Ok(line)
}

fn digest(json: &[u8]) -> String {
    let mut digits = hex::encode(Sha256::digest(json));
    digits.truncate(DIGEST_DIGITS);
    digits
}

/// All whole records and where the last one ends.
fn read(file: &File, path: &Path) -> Result<(Vec<Record>, u64), Error> {
    let mut reader = BufReader::new(file);
    let (mut records, mut length) = (Vec::new(), 0);
    loop {
        let mut line = Vec::new();
        let count = reader
            .by_ref()
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut line)
            .map_err(Error::file(path))?;
        if count == 0 {
            return Ok((records, length));
        }
        let Some(record) = parse(&line) else {
            let mut rest = [0; 1];
            let last = reader.read(&mut rest).map_err(Error::file(path))? == 0;
            if last {
                return Ok((records, length));
            }
            return Err(Error::new(Kind::Conflict, "journal_damaged").with("at", length));
        };
        records.push(record);
        length += count as u64;
    }
}

fn parse(line: &[u8]) -> Option<Record> {
    let line = line.strip_suffix(b"\n")?;
    let (told, rest) = line.split_at_checked(DIGEST_DIGITS)?;
    let json = rest.strip_prefix(b" ")?;
    (told == digest(json).as_bytes())
        .then(|| serde_json::from_slice(json).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(number: u128) -> Record {
        Record::Closed {
            document_id: Uuid::from_u128(number),
        }
    }

    fn ids(records: &[Record]) -> Vec<u128> {
        records
            .iter()
            .map(|record| match record {
                Record::Closed { document_id } => document_id.as_u128(),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn scan_9_a_torn_last_record_is_cut_off_wherever_it_broke() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, _) = Journal::open(&path).unwrap();
        journal.append(&closed(1)).unwrap();
        journal.append(&closed(2)).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let first = line(&closed(1)).unwrap().len();
        for cut in first..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let (mut journal, records) = Journal::open(&path).unwrap();
            assert_eq!(ids(&records), [1], "{cut}");
            journal.append(&closed(3)).unwrap();
            let (_, records) = Journal::open(&path).unwrap();
            assert_eq!(ids(&records), [1, 3], "{cut}");
        }
    }

    #[test]
    fn damage_before_the_end_is_told_and_not_repaired() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, _) = Journal::open(&path).unwrap();
        journal.append(&closed(1)).unwrap();
        journal.append(&closed(2)).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[40] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let refused = Journal::open(&path).unwrap_err();
        assert_eq!(refused.told().0, "journal_damaged");
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }

    #[test]
    fn what_is_rewritten_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, _) = Journal::open(&path).unwrap();
        for number in 0..100 {
            journal.append(&closed(number)).unwrap();
        }
        journal.rewrite(&[closed(7)]).unwrap();
        journal.append(&closed(8)).unwrap();
        let (_, records) = Journal::open(&path).unwrap();
        assert_eq!(ids(&records), [7, 8]);
    }
}
