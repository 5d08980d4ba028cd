//! Characters that are taken for one another, and the search for the one correction that fits.

const ALIKE: [&str; 14] = [
    "0DQ", "17JTL", "8B36", "6G", "56", "27", "UW", "MN", "CG", "EF", "PR", "HM", "XY", "4A",
];

/// What may have been printed where `read` was read, within an alphabet.
fn alternatives(read: u8, alphabet: &[u8]) -> Vec<u8> {
    let groups = ALIKE
        .iter()
        .filter(|group| group.bytes().any(|it| it == read));
    let mut found: Vec<u8> = groups
        .flat_map(|group| group.bytes())
        .filter(|it| *it != read && alphabet.contains(it))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The only text that passes after at most `most` replacements of characters that were `doubtful`. Fewer replacements
/// win; two candidates with the same number of them are none, since nothing says which is right.
pub fn unique_repair(text: &[u8], search: &Search<'_>, most: usize) -> Option<Vec<u8>> {
    for count in 1..=most {
        let mut candidates = Vec::new();
        search.replace(&mut text.to_vec(), 0, count, &mut candidates);
        match candidates.len() {
            0 => {}
            1 => return candidates.pop(),
            _ => return None,
        }
    }
    None
}

/// Where and among what a correction is looked for.
pub struct Search<'a> {
    /// For every character, whether the recogniser may have been wrong. A check passes by chance once in eleven or
    /// thirty-one times; what was read clearly is not changed to please it.
    pub doubtful: &'a [bool],
    pub alphabet: &'a [u8],
    pub passes: &'a dyn Fn(&[u8]) -> bool,
}

impl Search<'_> {
    /// Tries every replacement of `count` characters from `from` on, up to the second candidate.
    fn replace(&self, text: &mut [u8], from: usize, count: usize, candidates: &mut Vec<Vec<u8>>) {
        if count == 0 {
            if (self.passes)(text) {
                candidates.push(text.to_vec());
            }
            return;
        }
        for at in from..text.len() {
            if !self.doubtful.get(at).copied().unwrap_or(false) {
                continue;
            }
            let Some(read) = text.get(at).copied() else {
                return;
            };
            for other in alternatives(read, self.alphabet) {
                set(text, at, other);
                self.replace(text, at + 1, count - 1, candidates);
                if candidates.len() > 1 {
                    break;
                }
            }
            set(text, at, read);
        }
    }
}

fn set(text: &mut [u8], at: usize, byte: u8) {
    if let Some(it) = text.get_mut(at) {
        *it = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        text: &[u8],
        doubtful: &[bool],
        most: usize,
        right: &[&[u8]],
        expected: Option<&[u8]>,
    ) {
        let search = Search {
            doubtful,
            alphabet: b"0123456789",
            passes: &|it| right.contains(&it),
        };
        let found = unique_repair(text, &search, most);
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn only_a_lone_candidate_is_taken() {
        let all = &[true, true];
        check(b"18", all, 1, &[b"13"], Some(b"13"));
        check(b"18", all, 1, &[b"13", b"16"], None);
        check(b"18", all, 1, &[b"73"], None);
        check(b"18", all, 2, &[b"73"], Some(b"73"));
        // One replacement is more likely than two.
        check(b"18", all, 2, &[b"73", b"13"], Some(b"13"));
        check(b"18", all, 2, &[b"19"], None);
    }

    #[test]
    fn what_was_read_clearly_stays() {
        check(b"18", &[true, false], 2, &[b"13"], None);
        check(b"18", &[false, true], 2, &[b"13", b"78"], Some(b"13"));
    }
}
