//! PWD-1: six digits, and not the ones that everybody tries first.

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Not exactly six ASCII digits.
    NotSixDigits,
    /// At most two different digits, a block of three twice, or three pairs.
    Repeated,
    /// Equal steps of one or two, up or down, past nine to zero and back.
    Run,
    /// Part of the birth date in one of its usual orders.
    BirthDate,
    /// Six digits in a row of the phone number.
    Phone,
}

/// Tells why `password` is weak, or `None`. The birth date is `YYYYMMDD`; other characters than digits in it and in
/// the phone number are skipped.
#[must_use]
pub fn is_weak(password: &str, birth_date: Option<&str>, phone: Option<&str>) -> Option<Weakness> {
    let Ok(digits) = <[u8; 6]>::try_from(password.as_bytes()) else {
        return Some(Weakness::NotSixDigits);
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return Some(Weakness::NotSixDigits);
    }
    if is_repeated(digits) {
        return Some(Weakness::Repeated);
    }
    if is_run(digits) {
        return Some(Weakness::Run);
    }
    if birth_date.is_some_and(|date| is_birth_date(&digits, &digits_of(date))) {
        return Some(Weakness::BirthDate);
    }
    if phone.is_some_and(|number| contains(&digits_of(number), &digits)) {
        return Some(Weakness::Phone);
    }
    None
}

fn is_repeated([a, b, c, d, e, f]: [u8; 6]) -> bool {
    let mut distinct = [a, b, c, d, e, f];
    distinct.sort_unstable();
    let changes = distinct
        .windows(2)
        .filter(|pair| pair.first() != pair.last())
        .count();
    changes < 2 || [a, b, c] == [d, e, f] || (a == b && c == d && e == f)
}

fn is_run(digits: [u8; 6]) -> bool {
    [1, 2, 8, 9].into_iter().any(|step| {
        digits.windows(2).all(|pair| match pair {
            [first, second] => (first - b'0' + step) % 10 == second - b'0',
            _ => false,
        })
    })
}

fn is_birth_date(digits: &[u8; 6], date: &[u8]) -> bool {
    let [y1, y2, y3, y4, m1, m2, d1, d2] = *date else {
        return false;
    };
    let orders = [
        [y1, y2, y3, y4, m1, m2, d1, d2],
        [d1, d2, m1, m2, y1, y2, y3, y4],
        [m1, m2, d1, d2, y1, y2, y3, y4],
    ];
    orders.iter().any(|order| contains(order, digits))
        || *digits == [m1, m2, d1, d2, y3, y4]
        || *digits == [d1, d2, m1, m2, y3, y4]
}

fn contains(haystack: &[u8], digits: &[u8; 6]) -> bool {
    haystack.windows(6).any(|window| window == digits)
}

fn digits_of(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_digit).take(32).collect()
}
