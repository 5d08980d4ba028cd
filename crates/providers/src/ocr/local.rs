//! The embedded reader: `libs/card-ocr` in this process. It asks nobody, so it is the real thing everywhere.

use std::sync::{Arc, OnceLock};

use card_ocr::{Error, Expect, Grade, Paper, Reader};
use tokio::sync::Semaphore;

use super::{Document, Field, Ocr, Reading, Retake};
use crate::Provider;
use crate::answer::{Answer, Unavailable};

/// Threads of one photo; as many photos as there are cores are read side by side, so that a queue keeps moving.
const THREADS: usize = 1;
const NAME: &str = "local-ocr";

/// Reads photos in this process. All of one process share the models (40 MB, loaded at the first photo) and the queue.
pub struct LocalOcr;

/// The models, or why they did not load; that cannot change while the process lives.
static READER: OnceLock<Result<Reader, String>> = OnceLock::new();
static TURNS: OnceLock<Arc<Semaphore>> = OnceLock::new();

fn turns() -> Arc<Semaphore> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    Arc::clone(TURNS.get_or_init(|| Arc::new(Semaphore::new(cores()))))
}

fn unavailable(reason: impl ToString) -> Unavailable {
    Unavailable {
        provider: NAME,
        reason: reason.to_string(),
    }
}

impl Provider for LocalOcr {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        NAME
    }
}

impl Ocr for LocalOcr {
    fn read<'a>(&'a self, document: Document, photo: &'a [u8]) -> Answer<'a, Reading> {
        Box::pin(async move {
            let turn = turns().acquire_owned().await.map_err(unavailable)?;
            let photo = photo.to_vec();
            let work = move || {
                // Held by the work itself: whoever stops waiting does not make the core free.
                let _turn = turn;
                read(document, &photo)
            };
            tokio::task::spawn_blocking(work)
                .await
                .map_err(unavailable)?
        })
    }
}

fn read(document: Document, photo: &[u8]) -> Result<Reading, Unavailable> {
    let reader = READER.get_or_init(|| Reader::embedded(Some(THREADS)).map_err(|e| e.to_string()));
    let reader = reader.as_ref().map_err(unavailable)?;
    let reading = match reader.read(photo, expect(document)) {
        Ok(reading) => reading,
        Err(Error::Model(part) | Error::Inference(part)) => return Err(unavailable(part)),
        // All other errors are of the bytes.
        Err(_) => return Ok(Reading::Retake(Retake::NoPicture, Vec::new())),
    };
    let wanted = |paper: &&Paper| paper.kind() == expect(document);
    let fields = reading
        .papers
        .iter()
        .find(wanted)
        .map_or_else(Vec::new, fields);
    Ok(match reading.retake {
        None => Reading::Read(fields),
        Some(why) => Reading::Retake(retake(&why), fields),
    })
}

fn expect(document: Document) -> Expect {
    match document {
        Document::IdCardFront => Expect::IdCardFront,
        Document::IdCardBack => Expect::IdCardBack,
        Document::BusinessLicence => Expect::BusinessLicence,
        Document::PowerOfAttorney => Expect::PowerOfAttorney,
    }
}

fn retake(why: &card_ocr::Retake) -> Retake {
    match why {
        card_ocr::Retake::NothingFound => Retake::NothingFound,
        card_ocr::Retake::WrongPaper { .. } => Retake::WrongDocument,
        card_ocr::Retake::CutOff => Retake::CutOff,
        card_ocr::Retake::TooFar => Retake::TooFar,
        card_ocr::Retake::Unclear => Retake::Unclear,
        card_ocr::Retake::FieldsMissing(_) => Retake::FieldsMissing,
    }
}

/// What was read, under this service's names. A number that was corrected by its check characters is looked at by a person.
fn fields(paper: &Paper) -> Vec<Field> {
    let read = paper
        .fields()
        .into_iter()
        .filter(|(_, field)| !field.is_missing());
    read.map(|(name, field)| Field {
        name: our_name(name),
        text: field.text.clone(),
        sure: field.grade == Grade::Sure && !field.repaired,
    })
    .collect()
}

fn our_name(name: &'static str) -> &'static str {
    match name {
        "number" => "id_number",
        "code" => "uscc",
        "agent_number" => "agent_id_number",
        other => other,
    }
}
