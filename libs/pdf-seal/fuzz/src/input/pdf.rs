//! PDF files: objects are changed before the file is written, so that its cross-references lead to what was changed.

use super::{bytes, change_bytes};
use crate::random::Random;
use crate::seeds::build::{Pdf, Xref, startxref};
use crate::seeds::{Sealed, seeds};

/// A file from nobody's hand.
pub(crate) fn unsigned(random: &mut Random) -> Vec<u8> {
    let models = &seeds().models;
    let mut model = random.pick(models).clone();
    let lender = random.pick(models);
    if !random.one_in(4) {
        for _ in 0..=random.below(4) {
            change_object(&mut model, lender, random);
        }
    }
    let mut file = model.write(*random.pick(&[Xref::Table, Xref::Stream, Xref::Hybrid]));
    if random.one_in(6) {
        file = later_revision(file, &model, random);
    }
    if random.one_in(2) {
        let other = random.pick(&seeds().sealed).bytes.as_slice();
        change_bytes(&mut file, other, random);
    }
    file
}

/// A file that was signed, and what somebody made of it.
pub(crate) fn signed(random: &mut Random) -> Vec<u8> {
    let all = &seeds().sealed;
    let Sealed {
        bytes: sealed,
        objects,
        ..
    } = random.pick(all);
    let mut file = sealed.clone();
    if !random.one_in(3) {
        file = later_revision(file, objects, random);
    }
    if random.one_in(2) {
        let other = random.pick(all).bytes.as_slice();
        change_bytes(&mut file, other, random);
    }
    file
}

/// Appends some objects of `model`, changed, as a revision of their own.
fn later_revision(file: Vec<u8>, model: &Pdf, random: &mut Random) -> Vec<u8> {
    let mut revision = Pdf::default();
    for _ in 0..=random.below(3) {
        let number = any_number(model, random);
        let body = any_body(model, random);
        // Mostly an object takes its own place again.
        let own = model.objects.get(&number).cloned();
        let body = if random.one_in(3) {
            body
        } else {
            own.unwrap_or(body)
        };
        revision.objects.insert(number, body);
    }
    for _ in 0..random.below(4) {
        change_object(&mut revision, model, random);
    }
    if random.one_in(8) {
        revision.trailer = format!("{}{}", random.pick(bytes::WORDS), random.below(40));
    }
    let previous = startxref(&file);
    revision.append_table(file, Some(previous))
}

fn any_number(model: &Pdf, random: &mut Random) -> u32 {
    let numbers: Vec<u32> = model.objects.keys().copied().collect();
    if numbers.is_empty() || random.one_in(10) {
        1 + (random.next() % 60) as u32
    } else {
        *random.pick(&numbers)
    }
}

fn any_body(model: &Pdf, random: &mut Random) -> Vec<u8> {
    let number = any_number(model, random);
    model
        .objects
        .get(&number)
        .cloned()
        .unwrap_or_else(|| b"null".to_vec())
}

fn change_object(model: &mut Pdf, lender: &Pdf, random: &mut Random) {
    let number = any_number(model, random);
    match random.below(12) {
        0 => drop(model.objects.remove(&number)),
        1 => drop(model.objects.insert(number, any_body(lender, random))),
        2 => {
            let with = any_number(model, random);
            let (a, b) = (model.objects.remove(&number), model.objects.remove(&with));
            model.objects.extend(a.map(|body| (with, body)));
            model.objects.extend(b.map(|body| (number, body)));
        }
        3 => {
            // A value becomes a reference to itself, or an object becomes a reference.
            let to = any_number(model, random);
            model
                .objects
                .insert(number, format!("{to} 0 R").into_bytes());
        }
        _ => {
            let other = any_body(lender, random);
            if let Some(body) = model.objects.get_mut(&number) {
                bytes::change(body, &other, random);
            }
        }
    }
    // A file without an object has nothing to go wrong.
    if model.objects.is_empty() {
        model.objects.insert(1, b"<<>>".to_vec());
    }
}
