//! One-time codes by time (RFC 6238 over RFC 4226): SHA-1, six digits, thirty seconds, as every authenticator knows them.

use domain::Instant;
use domain::operator::{code_step, fits_code};
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

/// Bytes of a secret: as long as the digest, as RFC 4226 recommends.
pub(super) const SECRET_BYTES: usize = 20;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ISSUER: &str = "Hulian";

/// The code of a step.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    format!("{:06}", number(secret, step) % 1_000_000)
}

/// RFC 4226 section 5.3: four bytes of the digest, from where its last half byte says.
fn number(secret: &[u8], step: i64) -> u32 {
    // HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return 0;
    };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last().copied().unwrap_or_default() & 0x0f);
    let four = digest.iter().skip(offset).take(4);
    four.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)) & 0x7fff_ffff
}

/// The step of a code that serves now, if it does. All three are compared, however early one fits.
pub(super) fn step_of(secret: &[u8], typed: &str, last: i64, now: Instant) -> Option<i64> {
    let typed: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(16)
        .collect();
    let mut found = None;
    for step in code_step(now) - 1..=code_step(now) + 1 {
        let same = bool::from(code(secret, step).as_bytes().ct_eq(typed.as_bytes()));
        if same && fits_code(step, last, now) {
            found = Some(step);
        }
    }
    found
}

/// A secret as people type it.
pub(super) fn base32(secret: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in secret {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let letter = BASE32.get((held >> bits) as usize & 31).copied();
            text.push(char::from(letter.unwrap_or(b'A')));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        let letter = BASE32.get((held << (5 - bits)) as usize & 31).copied();
        text.push(char::from(letter.unwrap_or(b'A')));
    }
    text
}

/// What an authenticator reads from a QR code.
pub(super) fn uri(name: &str, secret: &[u8]) -> String {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!(
        "otpauth://totp/{ISSUER}:{name}?secret={}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30",
        base32(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn ops_1_codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1; the vectors have eight digits.
        for (seconds, expected) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            let step = code_step(Instant::from_seconds(seconds));
            assert_eq!(number(SECRET, step) % 100_000_000, expected);
        }
        assert_eq!(code(SECRET, 1), "287082");
    }

    #[test]
    fn ops_1_secrets_are_those_of_rfc_4648() {
        for (plain, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), expected);
        }
    }

    #[test]
    fn ops_1_neighbouring_codes_serve_and_used_ones_do_not() {
        let now = Instant::from_seconds(1_111_111_111);
        let step = code_step(now);
        for at in step - 1..=step + 1 {
            assert_eq!(step_of(SECRET, &code(SECRET, at), 0, now), Some(at));
            assert_eq!(step_of(SECRET, &code(SECRET, at), at, now), None);
        }
        let spaced = format!(
            " {} {} ",
            &code(SECRET, step)[..3],
            &code(SECRET, step)[3..]
        );
        assert_eq!(step_of(SECRET, &spaced, 0, now), Some(step));
        for wrong in [code(SECRET, step + 2), String::new(), "９".repeat(6)] {
            assert_eq!(step_of(SECRET, &wrong, 0, now), None);
        }
    }
}
