//! What came after a signature: every later revision is compared, object by object, with the one before it.
//!
//! Everything that a revision replaces must be one of the few things that filling in a form, signing or keeping a
//! signature alive touches, and there only in the keys that this touches. All else is refused, so that hiding or
//! replacing what was signed (shadow attacks) is told without knowing every trick. Each step from one revision to the
//! next is compared once, and every signature before it is judged by the same list of changes under its own rules, so
//! that the work grows with the number of revisions and not with its square.

mod annots;
mod aside;
mod change;
mod field;
mod fields;
mod lists;
mod revisions;
mod rules;
mod same;
mod step;
mod store;
mod structure;
mod web;
mod words;

pub use change::Modification;

use super::Reason;
use super::report::{Changes, Cost, SignatureReport};
use crate::document::Document;
use crate::form::SigField;
use crate::limits;
use crate::object::is_white;
use crate::refusal::{Refusal, damaged};
use crate::tail;
use change::Change;
use rules::Rules;
use step::Known;

/// Sentences about later changes that one report holds.
const TOLD: usize = 20;

/// What one revision did, or why it cannot be told.
type Done = Result<Vec<Change>, Refusal>;

/// Sets what came after each signature. The reports stand in the order of what they cover.
pub(super) fn judge(
    document: &Document,
    signed: &[&SigField],
    reports: &mut [SignatureReport],
) -> Cost {
    let mut timeline = Timeline {
        document,
        steps: Vec::new(),
        plain: vec![Verdict::default()],
        cost: Cost::default(),
        left: limits::COMPARED_ENTRIES,
    };
    let starts: Vec<Start> = reports
        .iter()
        .map(|report| timeline.start(report))
        .collect();
    let first = starts.iter().filter_map(|start| match start {
        Start::Revision(later, len) => Some((*later, *len)),
        _ => None,
    });
    if let Some((later, len)) = first.max_by_key(|(later, _)| *later) {
        timeline.compare(later, len);
    }
    for ((report, start), signed) in reports.iter_mut().zip(&starts).zip(signed) {
        timeline.tell(report, start, signed);
    }
    timeline.cost
}

/// How the steps after a signature are judged that has no rules of its own.
#[derive(Debug, Clone, Default)]
struct Verdict {
    level: Modification,
    refused: Option<(&'static str, String)>,
}

/// What a signature covers, as a place among the revisions.
enum Start {
    /// The whole file.
    Whole,
    /// Nothing that can be compared; with the reason, unless the ranges were told already.
    Nothing(Option<Reason>),
    /// The file before its last so many revisions, and its length then. Without any, only white space follows.
    Revision(usize, usize),
}

struct Timeline<'a> {
    document: &'a Document,
    /// What each later revision did, the newest first: that of index 0 leads to the file as it is.
    steps: Vec<Done>,
    /// By how many revisions follow: what most signatures ask, worked out once.
    plain: Vec<Verdict>,
    cost: Cost,
    /// Entries that may still be read.
    left: usize,
}

impl Timeline<'_> {
    fn start(&mut self, report: &SignatureReport) -> Start {
        if report.covers_whole_file {
            return Start::Whole;
        }
        let Some(len) = usize::try_from(report.covered_len)
            .ok()
            .filter(|len| *len > 0)
        else {
            return Start::Nothing(None);
        };
        let document = self.document;
        let later = revisions::later(document, len);
        let behind = document.data().get(len..).unwrap_or_default();
        if later == 0 && !behind.iter().all(|byte| is_white(*byte)) {
            return Start::Nothing(Some(Reason::new(
                "appended",
                "something was appended after the signature that belongs to no revision of the file",
            )));
        }
        let earlier = document.data().get(..len).unwrap_or_default();
        match self.pay().and_then(|()| tail::read(earlier)) {
            Ok(earlier) if revisions::continues(document, &earlier, later) => {
                Start::Revision(later, len)
            }
            _ => Start::Nothing(Some(Reason::new(
                "not_a_revision",
                "what is signed is not a whole revision of the file",
            ))),
        }
    }

    /// Takes the cost of reading one revision from what is left.
    fn pay(&mut self) -> Result<(), Refusal> {
        let one = self.document.tail.entries.len() + self.document.pages.len();
        self.left = self
            .left
            .checked_sub(one)
            .ok_or(Refusal::Limits("revisions to compare"))?;
        Ok(())
    }

    fn open(&mut self, len: Option<usize>) -> Result<Document, Refusal> {
        self.pay()?;
        self.cost.revisions += 1;
        let len = len.ok_or_else(|| damaged("a revision has no end"))?;
        self.document.open_prefix(len)
    }

    /// Compares the last `later` revisions, beginning with the file as its first `len` bytes give it.
    fn compare(&mut self, later: usize, len: usize) {
        let mut steps: Vec<Done> = Vec::with_capacity(later);
        let mut known = None;
        let mut old = self.open(Some(len));
        for index in (0..later).rev() {
            let new = self.open(revisions::end(self.document, index));
            let step = match (&old, &new) {
                (Ok(old), Ok(new)) => step_between(old, new, &mut known),
                (Err(error), _) | (_, Err(error)) => Err(error.clone()),
            };
            // After a refused change nothing that was carried on holds for sure.
            if let Some(known) = &mut known {
                self.cost.objects += std::mem::take(&mut known.objects);
            }
            let fine = |change: &Change| change.level < Modification::Other;
            if !step.as_ref().is_ok_and(|changes| changes.iter().all(fine)) {
                known = None;
            }
            steps.push(step);
            old = new;
        }
        steps.reverse();
        for step in &steps {
            self.plain.push(plain(step, self.plain.last()));
        }
        self.steps = steps;
    }

    fn tell(&self, report: &mut SignatureReport, start: &Start, signed: &SigField) {
        let (later, _) = match start {
            Start::Whole => {
                report.changes = Changes::None;
                return;
            }
            Start::Nothing(reason) => {
                report.changes = Changes::Unexplained;
                report.modification = Modification::Other;
                report.reasons.extend(reason.clone());
                return;
            }
            Start::Revision(later, len) => (*later, *len),
        };
        let verdict = match Rules::read(self.document, signed) {
            Ok(rules) if rules.are_plain() => self.plain.get(later).cloned(),
            Ok(rules) => Some(self.verdict(later, &rules)),
            Err(error) => Some(unknown(&error)),
        };
        let verdict = verdict.unwrap_or_default();
        let reason = verdict.refused.map(|(code, text)| Reason::new(code, text));
        let revisions = later;
        let done = || self.steps.iter().take(later).rev().flatten().flatten();
        report.modification = match reason {
            Some(_) => Modification::Other,
            // A revision that changes nothing is one all the same.
            None if later > 0 => verdict.level.max(Modification::LongTerm),
            None => verdict.level,
        };
        report.changes = match reason {
            Some(_) => Changes::Forbidden { revisions },
            None => Changes::Allowed { revisions },
        };
        report.later = done()
            .filter(|change| !change.text.is_empty())
            .map(|change| format!("a later revision {}", change.text))
            .take(TOLD)
            .collect();
        report.reasons.extend(reason);
    }

    /// How the steps are judged under rules: the first change, in the order of time, that these do not allow.
    fn verdict(&self, later: usize, rules: &Rules) -> Verdict {
        let mut verdict = Verdict::default();
        for step in self.steps.iter().take(later).rev() {
            let changes = match step {
                Ok(changes) => changes,
                Err(error) => return unknown(error),
            };
            let level = changes.iter().map(|change| change.level).max();
            verdict.level = verdict.level.max(level.unwrap_or_default());
            verdict.refused = changes.iter().find_map(|change| rules.forbids(change));
            if verdict.refused.is_some() {
                break;
            }
        }
        verdict
    }
}

/// The verdict about a step and all that follow, from that about those that follow.
fn plain(step: &Done, following: Option<&Verdict>) -> Verdict {
    let mut verdict = following.cloned().unwrap_or_default();
    let rules = Rules::default();
    match step {
        Err(error) => return unknown(error),
        Ok(changes) => {
            let level = changes.iter().map(|change| change.level).max();
            verdict.level = verdict.level.max(level.unwrap_or_default());
            let refused = changes.iter().find_map(|change| rules.forbids(change));
            verdict.refused = refused.or(verdict.refused);
        }
    }
    verdict
}

fn unknown(error: &Refusal) -> Verdict {
    Verdict {
        level: Modification::Other,
        refused: Some((
            "changes_unknown",
            format!("later revisions cannot be compared: {error}"),
        )),
    }
}

fn step_between(old: &Document, new: &Document, known: &mut Option<Known>) -> Done {
    let mut carried = match known.take() {
        Some(known) => known,
        None => Known::of(old)?,
    };
    let changes = step::compare(old, new, &mut carried)?;
    *known = Some(carried);
    Ok(changes)
}
