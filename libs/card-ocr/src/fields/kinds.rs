//! Which papers lie in the photo: by the labels that stand there.

use super::{attorney, id_back, id_front, licence};
use crate::page::Page;
use crate::reading::{Expect, Paper};

/// So many of a paper's labels, and it is that paper; one less for the paper that was asked for.
const LABELS_MIN: usize = 3;

/// The papers that are there, the expected one first.
pub fn papers(page: &Page, expect: Expect) -> Vec<Paper> {
    let text = page.whole_text();
    let count = |labels: &[&str]| labels.iter().filter(|it| text.contains(**it)).count();
    let is_there =
        |kind: Expect, labels: &[&str]| count(labels) + usize::from(kind == expect) >= LABELS_MIN;
    // A power of attorney names the parts of a licence, and a licence never a power of attorney.
    let attorney = ["委托书", "授权书"].iter().any(|it| text.contains(it))
        || is_there(Expect::PowerOfAttorney, &attorney::LABELS);
    let licence = text.contains("营业执照") || is_there(Expect::BusinessLicence, &licence::LABELS);
    let front = is_there(Expect::IdCardFront, &id_front::LABELS);
    let back = ["签发机关", "有效期限"].iter().any(|it| text.contains(it))
        && count(&id_back::LABELS) >= 2
        || expect == Expect::IdCardBack && count(&id_back::LABELS) >= 1;
    let mut papers = Vec::new();
    if attorney {
        papers.push(Paper::PowerOfAttorney(Box::new(attorney::read(page))));
    } else if licence {
        papers.push(Paper::BusinessLicence(Box::new(licence::read(page))));
    }
    if !attorney && front {
        papers.push(Paper::IdCardFront(id_front::read(page)));
    }
    if back {
        papers.push(Paper::IdCardBack(id_back::read(page)));
    }
    papers.sort_by_key(|paper| paper.kind() != expect);
    papers
}
