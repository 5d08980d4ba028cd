//! What a password may be in bytes (ISO 32000-2, 7.6.4.3.1).
//!
//! People type characters, a file knows bytes, and writers did not always agree on the way between them. Every reading
//! that a writer may have meant is tried; there are at most two.

use zeroize::Zeroizing;

/// The bytes of one reading.
pub(super) type Bytes = Zeroizing<Vec<u8>>;

/// Revisions 5 and 6 look at no more (algorithm 2.A).
const MODERN_BYTES: usize = 127;

/// Revisions 2 to 4 fill up every password to 32 bytes with these (algorithm 2).
pub(super) const FILLING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08,
    0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// Readings for revisions 2 to 4: the bytes as they are, and the text in PDFDocEncoding, as far as that is Latin-1.
pub(super) fn legacy(password: &[u8]) -> Vec<Bytes> {
    let mut readings = vec![Zeroizing::new(password.to_vec())];
    if !password.is_ascii()
        && let Ok(text) = std::str::from_utf8(password)
    {
        let latin: Option<Vec<u8>> = text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).ok())
            .collect();
        readings.extend(latin.map(Zeroizing::new));
    }
    readings
}

/// Readings for revisions 5 and 6: SASLprep (RFC 4013) of the text, and the bytes as they are, for writers without it.
pub(super) fn modern(password: &[u8]) -> Vec<Bytes> {
    let cut = |bytes: &[u8]| {
        Zeroizing::new(
            bytes
                .get(..bytes.len().min(MODERN_BYTES))
                .unwrap_or_default()
                .to_vec(),
        )
    };
    let prepared = std::str::from_utf8(password)
        .ok()
        .and_then(|text| stringprep::saslprep(text).ok())
        .map(|text| Zeroizing::new(text.into_owned()));
    let mut readings: Vec<Bytes> = prepared.iter().map(|text| cut(text.as_bytes())).collect();
    let plain = cut(password);
    if !readings.contains(&plain) {
        readings.push(plain);
    }
    readings
}

/// The first 32 bytes of the password with its filling.
pub(super) fn filled(password: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    for (to, from) in out.iter_mut().zip(password.iter().chain(&FILLING)) {
        *to = *from;
    }
    out
}

/// The password without its filling: what was typed, or another that opens the same file.
pub(super) fn without_filling(filled: &[u8; 32]) -> Bytes {
    let begins = |at: &usize| {
        filled
            .get(*at..)
            .is_some_and(|tail| FILLING.starts_with(tail))
    };
    let end = (0..=filled.len()).find(begins).unwrap_or(filled.len());
    Zeroizing::new(filled.get(..end).unwrap_or_default().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filling_is_put_on_and_taken_off() {
        for password in [b"".as_slice(), b"a", b"(", &[b'x'; 31], &[b'x'; 32]] {
            assert_eq!(*without_filling(&filled(password)), password);
        }
        assert_eq!(*without_filling(&filled(&[b'x'; 40])), [b'x'; 32]);
    }

    #[test]
    fn a_text_has_the_readings_that_writers_gave_it() {
        let check = |readings: Vec<Bytes>, expected: &[&[u8]]| {
            let readings: Vec<&[u8]> = readings.iter().map(|bytes| bytes.as_slice()).collect();
            assert_eq!(readings, expected);
        };
        check(legacy(b"plain"), &[b"plain"]);
        check(legacy("café".as_bytes()), &["café".as_bytes(), b"caf\xe9"]);
        check(legacy("密码".as_bytes()), &["密码".as_bytes()]);
        check(modern("密码".as_bytes()), &["密码".as_bytes()]);
        // RFC 4013, section 3: soft hyphens go, compatibility characters become what they stand for.
        check(
            modern("I\u{ad}X".as_bytes()),
            &[b"IX", "I\u{ad}X".as_bytes()],
        );
        check(
            modern("\u{2168}".as_bytes()),
            &[b"IX", "\u{2168}".as_bytes()],
        );
        check(modern(b"\xff\xfe"), &[b"\xff\xfe"]);
        check(modern(&[b'a'; 200]), &[&[b'a'; 127]]);
    }
}
