//! Orders: what is bought, until when it can be paid, and what a payment does to it (CERT-1, CERT-2, PAY-1).

use std::str::FromStr;

use crate::entitlement::{Kind, TERM_YEARS_MAX};
use crate::money::Fen;
use crate::product::UnknownWord;
use crate::time::Instant;
use crate::usability::Standing;

/// An unpaid order closes after this long.
pub const CLOSES_AFTER_S: i64 = 30 * 60;

/// The most certificates that one order buys.
pub const QUANTITY_MAX: u32 = 1000;

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Waiting for a payment.
    Unpaid,
    /// Paid, and what was bought is given.
    Paid,
    /// Closed without a payment.
    Closed,
    /// Closed, and the payment that came afterwards is given back.
    Refunded,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Unpaid, Self::Paid, Self::Closed, Self::Refunded];

    /// The word that storage and wire use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Paid => "paid",
            Self::Closed => "closed",
            Self::Refunded => "refunded",
        }
    }
}

impl FromStr for State {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(UnknownWord)
    }
}

/// Who buys, as far as the rule cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buyer {
    /// For oneself (CERT-11).
    Person,
    /// For a unit.
    Unit {
        /// Whether the unit is certified (UNIT-10).
        certified: bool,
        /// What the person is in it: administrators buy, and members for whom the product is granted (CERT-9).
        standing: Standing,
        /// Whether a platform entitlement of the unit is in force at the platform (CERT-4).
        entitled_here: bool,
    },
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What kind of certificate.
    pub kind: Kind,
    /// For how long.
    pub term_years: u8,
    /// How many.
    pub quantity: u32,
    /// Whether the service agreement is ticked.
    pub agreed: bool,
}

/// What the catalogue says about the wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Whether the platform supports the product.
    pub supported: bool,
    /// Whether the platform supports interconnect.
    pub interconnect: bool,
    /// The price of one, if this kind and term is sold.
    pub price: Option<Fen>,
}

/// Why an order is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The service agreement is not ticked.
    #[error("the service agreement is not ticked")]
    AgreementRequired,
    /// Nobody buys for a unit that they do not belong to.
    #[error("not of the unit")]
    NotOfUnit,
    /// A member without a certificate grant for the product.
    #[error("the product is not granted")]
    GrantMissing,
    /// Only a certified unit can buy.
    #[error("the unit is not certified")]
    UnitNotCertified,
    /// The platform does not support the product.
    #[error("the platform does not support the product")]
    ProductNotSupported,
    /// Interconnect is not offered here, or not to this buyer.
    #[error("this kind of certificate is not offered here")]
    KindNotOffered,
    /// No such number can be bought; a person buys exactly one.
    #[error("this quantity cannot be bought")]
    QuantityInvalid,
    /// This term has no price.
    #[error("this kind and term has no price")]
    PriceUnknown,
}

/// The amount to pay, or why the order is not taken.
pub fn amount(buyer: Buyer, wish: Wish, offer: Offer) -> Result<Fen, Refusal> {
    if !wish.agreed {
        return Err(Refusal::AgreementRequired);
    }
    let most = match buyer {
        Buyer::Unit {
            standing: Standing::Stranger,
            ..
        } => return Err(Refusal::NotOfUnit),
        Buyer::Unit {
            standing: Standing::Member { granted: false },
            ..
        } => return Err(Refusal::GrantMissing),
        Buyer::Unit {
            certified: false, ..
        } => return Err(Refusal::UnitNotCertified),
        Buyer::Unit { .. } => QUANTITY_MAX,
        Buyer::Person => 1,
    };
    if !offer.supported {
        return Err(Refusal::ProductNotSupported);
    }
    let entitled_here = matches!(
        buyer,
        Buyer::Unit {
            entitled_here: true,
            ..
        }
    );
    if wish.kind == Kind::Interconnect && !(offer.interconnect && entitled_here) {
        return Err(Refusal::KindNotOffered);
    }
    if wish.quantity == 0 || wish.quantity > most {
        return Err(Refusal::QuantityInvalid);
    }
    if wish.term_years == 0 || wish.term_years > TERM_YEARS_MAX {
        return Err(Refusal::PriceUnknown);
    }
    let price = offer
        .price
        .filter(|price| *price > Fen::ZERO)
        .ok_or(Refusal::PriceUnknown)?;
    price
        .checked_mul(i64::from(wish.quantity))
        .ok_or(Refusal::QuantityInvalid)
}

/// How many of the quantity go to the buyer at once, and how many become balance (CERT-2). What a person buys for
/// themselves is always theirs at once.
pub fn split(for_unit: bool, install_here: bool, quantity: u32) -> (u32, u32) {
    let own = if for_unit && !install_here {
        0
    } else {
        quantity.min(1)
    };
    (own, quantity - own)
}

/// When an order made at `now` closes.
pub fn close_at(now: Instant) -> Instant {
    now.plus_seconds(CLOSES_AFTER_S)
}

/// What a payment that the provider reports as successful means for its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// Give what was bought.
    Apply,
    /// This very payment counted already: answer again, change nothing.
    Already,
    /// Give the money back: too late, or a second payment of an order that is paid.
    Refund,
    /// The amount is not the order's: nothing counts, and somebody must look.
    WrongAmount,
}

/// An order as a payment meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payable {
    /// Where the order stands.
    pub state: State,
    /// What it costs.
    pub amount: Fen,
    /// When it closes, whether or not the job has come by already.
    pub close_at: Instant,
    /// Whether this payment was settled before.
    pub settled: bool,
}

/// Decide on a payment that arrives at `now`. The order's own closing time decides, not whether a job has written it down.
pub fn settle(order: Payable, paid: Fen, now: Instant) -> Settlement {
    if order.settled {
        return Settlement::Already;
    }
    if paid != order.amount {
        return Settlement::WrongAmount;
    }
    match order.state {
        State::Unpaid if now < order.close_at => Settlement::Apply,
        State::Unpaid | State::Paid | State::Closed | State::Refunded => Settlement::Refund,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNIT: Buyer = Buyer::Unit {
        certified: true,
        standing: Standing::Administrator,
        entitled_here: true,
    };
    const WISH: Wish = Wish {
        kind: Kind::Platform,
        term_years: 1,
        quantity: 1,
        agreed: true,
    };
    const OFFER: Offer = Offer {
        supported: true,
        interconnect: true,
        price: Some(Fen(30_000)),
    };

    fn unit(standing: Standing) -> Buyer {
        Buyer::Unit {
            certified: true,
            standing,
            entitled_here: true,
        }
    }

    #[test]
    fn cert_9_a_member_buys_what_is_granted() {
        let member = |granted| unit(Standing::Member { granted });
        check(member(true), WISH, OFFER, Ok(Fen(30_000)));
        check(member(false), WISH, OFFER, Err(Refusal::GrantMissing));
        let several = Wish {
            quantity: 3,
            kind: Kind::Interconnect,
            ..WISH
        };
        check(member(true), several, OFFER, Ok(Fen(90_000)));
    }

    fn check(buyer: Buyer, wish: Wish, offer: Offer, expected: Result<Fen, Refusal>) {
        assert_eq!(amount(buyer, wish, offer), expected);
    }

    #[test]
    fn cert_1_an_administrator_of_a_certified_unit_buys_what_is_supported_and_priced() {
        check(UNIT, WISH, OFFER, Ok(Fen(30_000)));
        check(
            UNIT,
            Wish {
                quantity: 12,
                ..WISH
            },
            OFFER,
            Ok(Fen(360_000)),
        );
        check(
            UNIT,
            Wish {
                agreed: false,
                ..WISH
            },
            OFFER,
            Err(Refusal::AgreementRequired),
        );
        let stranger = unit(Standing::Stranger);
        check(stranger, WISH, OFFER, Err(Refusal::NotOfUnit));
        let uncertified = Buyer::Unit {
            certified: false,
            standing: Standing::Administrator,
            entitled_here: true,
        };
        check(uncertified, WISH, OFFER, Err(Refusal::UnitNotCertified));
        check(
            UNIT,
            WISH,
            Offer {
                supported: false,
                ..OFFER
            },
            Err(Refusal::ProductNotSupported),
        );
        check(
            UNIT,
            WISH,
            Offer {
                price: None,
                ..OFFER
            },
            Err(Refusal::PriceUnknown),
        );
        check(
            UNIT,
            Wish {
                term_years: 0,
                ..WISH
            },
            OFFER,
            Err(Refusal::PriceUnknown),
        );
        for quantity in [0, QUANTITY_MAX + 1] {
            check(
                UNIT,
                Wish { quantity, ..WISH },
                OFFER,
                Err(Refusal::QuantityInvalid),
            );
        }
    }

    #[test]
    fn cert_4_interconnect_is_offered_where_the_platform_has_it_and_the_unit_a_certificate() {
        let wish = Wish {
            kind: Kind::Interconnect,
            ..WISH
        };
        check(UNIT, wish, OFFER, Ok(Fen(30_000)));
        check(
            UNIT,
            wish,
            Offer {
                interconnect: false,
                ..OFFER
            },
            Err(Refusal::KindNotOffered),
        );
        let newcomer = Buyer::Unit {
            certified: true,
            standing: Standing::Administrator,
            entitled_here: false,
        };
        check(newcomer, wish, OFFER, Err(Refusal::KindNotOffered));
        check(Buyer::Person, wish, OFFER, Err(Refusal::KindNotOffered));
    }

    #[test]
    fn cert_11_a_person_buys_exactly_one() {
        check(Buyer::Person, WISH, OFFER, Ok(Fen(30_000)));
        check(
            Buyer::Person,
            Wish {
                quantity: 2,
                ..WISH
            },
            OFFER,
            Err(Refusal::QuantityInvalid),
        );
    }

    #[test]
    fn pay_1_the_closing_time_decides_whether_a_payment_counts() {
        let now = Instant::from_micros(1_000_000_000);
        let order = Payable {
            state: State::Unpaid,
            amount: Fen(5),
            close_at: close_at(now),
            settled: false,
        };
        let at = |seconds: i64| now.plus_seconds(seconds);
        assert_eq!(
            settle(order, Fen(5), at(CLOSES_AFTER_S - 1)),
            Settlement::Apply
        );
        assert_eq!(
            settle(order, Fen(5), at(CLOSES_AFTER_S)),
            Settlement::Refund
        );
        assert_eq!(settle(order, Fen(4), at(0)), Settlement::WrongAmount);
        assert_eq!(
            settle(
                Payable {
                    state: State::Closed,
                    ..order
                },
                Fen(5),
                at(0)
            ),
            Settlement::Refund
        );
        assert_eq!(
            settle(
                Payable {
                    state: State::Paid,
                    ..order
                },
                Fen(5),
                at(0)
            ),
            Settlement::Refund
        );
        assert_eq!(
            settle(
                Payable {
                    state: State::Paid,
                    settled: true,
                    ..order
                },
                Fen(5),
                at(9999)
            ),
            Settlement::Already
        );
    }

    proptest! {
        #[test]
        fn cert_2_nothing_bought_is_lost_and_at_most_one_is_installed(
            for_unit in any::<bool>(), here in any::<bool>(), quantity in 1..=QUANTITY_MAX,
        ) {
            let (own, balance) = split(for_unit, here, quantity);
            prop_assert_eq!(own + balance, quantity);
            prop_assert_eq!(own == 1, here || !for_unit);
        }

        /// However often and whenever reports arrive, a payment gives its goods at most once.
        #[test]
        fn pay_1_reports_in_any_order_give_the_goods_at_most_once(
            arrivals in proptest::collection::vec((0_usize..3, 0_i64..3600), 1..20),
        ) {
            let now = Instant::from_micros(0);
            let (mut state, mut settled, mut given) = (State::Unpaid, [false; 3], 0);
            for (payment, second) in arrivals {
                let order = Payable { state, amount: Fen(7), close_at: close_at(now), settled: settled[payment] };
                match settle(order, Fen(7), Instant::from_seconds(second)) {
                    Settlement::Apply => { given += 1; state = State::Paid; settled[payment] = true; }
                    Settlement::Refund => settled[payment] = true,
                    Settlement::Already => prop_assert!(settled[payment]),
                    Settlement::WrongAmount => prop_assert!(false),
                }
            }
            prop_assert!(given <= 1);
        }
    }
}
