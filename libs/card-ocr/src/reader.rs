//! The reader: loaded once, asked for one photo after another.

use std::sync::Arc;
use std::thread;

use image::RgbImage;
use rten::{Model, ThreadPool};

use crate::geometry::Strip;
use crate::limits::LINES_MAX;
use crate::line::Line;
use crate::models::Network;
use crate::page::Page;
use crate::reading::{Expect, Reading};
use crate::recognise::{Recogniser, dictionary};
use crate::weights::without_subnormals;
use crate::{Error, detect, direction, fields, photo, retake, share};

/// The models' bytes, for programs that do not carry them inside.
#[derive(Debug)]
pub struct Models {
    /// Text detection.
    pub detection: Vec<u8>,
    /// Text recognition.
    pub recognition: Vec<u8>,
    /// Text direction.
    pub direction: Vec<u8>,
    /// One character a line.
    pub dictionary: String,
}

/// Reads photos. It may be shared between threads; how many photos are read at a time is the caller's choice, and one
/// photo takes all the threads it was given.
pub struct Reader {
    detector: Network,
    direction: Network,
    recogniser: Recogniser,
    /// Lines that are read at a time.
    threads: usize,
}

/// The models' parts that the three networks and the dictionary come from.
struct Parts<'a> {
    detection: Result<Model, rten::LoadError>,
    recognition: Result<Model, rten::LoadError>,
    direction: Result<Model, rten::LoadError>,
    dictionary: &'a str,
}

impl Reader {
    /// Loads the models that are compiled in; takes a few dozen milliseconds and about 40 MB.
    ///
    /// `threads` bounds the threads of one photo; without it there is one for each core.
    ///
    /// # Errors
    /// [`Error::Model`] cannot happen with the models of this crate.
    #[cfg(feature = "ocr-embedded")]
    pub fn embedded(threads: Option<usize>) -> Result<Self, Error> {
        let parts = Parts {
            detection: model(include_bytes!("../models/det.onnx").to_vec()),
            recognition: model(include_bytes!("../models/rec.onnx").to_vec()),
            direction: model(include_bytes!("../models/cls.onnx").to_vec()),
            dictionary: include_str!("../models/dict.txt"),
        };
        Self::of(parts, threads)
    }

    /// Loads models from their bytes.
    ///
    /// # Errors
    /// [`Error::Model`] names the one that does not load.
    pub fn load(models: Models, threads: Option<usize>) -> Result<Self, Error> {
        let parts = Parts {
            detection: model(models.detection),
            recognition: model(models.recognition),
            direction: model(models.direction),
            dictionary: &models.dictionary,
        };
        Self::of(parts, threads)
    }

    fn of(parts: Parts<'_>, threads: Option<usize>) -> Result<Self, Error> {
        let pool = threads.map(|count| Arc::new(ThreadPool::with_num_threads(count.max(1))));
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            threads: threads.unwrap_or_else(cores),
            detector: Network::of(parts.detection, pool.as_ref(), "text detection")?,
            direction: Network::of(parts.direction, pool.as_ref(), "text direction")?,
            recogniser: Recogniser {
                network: Network::of(parts.recognition, pool.as_ref(), "text recognition")?,
                dictionary: dictionary(parts.dictionary),
            },
        })
    }

    /// Reads a JPEG or PNG file.
    ///
    /// # Errors
    /// When the bytes are no picture, or too large a one. A picture without a paper is no error.
    pub fn read(&self, bytes: &[u8], expect: Expect) -> Result<Reading, Error> {
        let photo = photo::decode(bytes)?;
        let lines = self.lines(&photo)?;
        Ok(understand(lines, photo.dimensions(), expect))
    }

    /// The lines of text of an upright photo.
    fn lines(&self, photo: &RgbImage) -> Result<Vec<Line>, Error> {
        let mut strips = detect::strips(&self.detector, photo)?;
        strips.sort_by(|a, b| b.length.total_cmp(&a.length));
        strips.truncate(LINES_MAX);
        let angle = direction::page_angle(&strips);
        let mut strips: Vec<Strip> = strips.iter().map(|strip| strip.along(angle)).collect();
        if direction::upside_down(&self.direction, photo, &strips)? {
            strips = strips
                .iter()
                .map(|strip| strip.along(angle + std::f32::consts::PI))
                .collect();
        }
        let line = |strip: &Strip| {
            let glyphs = self.recogniser.read(photo, strip)?;
            let corners = strip.corners();
            Ok(Line { glyphs, corners })
        };
        let mut lines = share::shared(self.threads, &strips, line)?;
        lines.retain(|line| !line.glyphs.is_empty());
        Ok(lines)
    }
}

/// The engine copies all weights anyway, so nothing is lost by owning the bytes, and they are given back at once.
fn model(onnx: Vec<u8>) -> Result<Model, rten::LoadError> {
    Model::load(without_subnormals(onnx))
}

/// Makes papers of lines, whoever read them: fields, grades and whether to take the photo again.
#[must_use]
pub fn understand(lines: Vec<Line>, size: (u32, u32), expect: Expect) -> Reading {
    let papers = fields::papers(&Page::of(&lines), expect);
    let retake = retake::judge(&lines, size, &papers, expect);
    Reading {
        papers,
        retake,
        lines,
        size,
    }
}
