//! Whom a signature is from, and when it was made.

use gm_pki::cms::{Cms, Foreign as Verified};
use gm_pki::{certificate, tsp};

use super::indication::Reference;
use super::material::Known;
use super::report::{Chain, Policy, SignatureReport, SignatureTime};
use super::stamps::{self, Stamps};
use super::{Reason, SubIndication};

/// What chains and times are judged by.
pub(super) struct Grounds<'a> {
    pub policy: &'a Policy,
    pub known: &'a Known,
    pub stamps: &'a Stamps,
}

/// The time of a signature: the earliest time stamp that is believed, else the one that can be read, else the claim.
pub(super) fn time(
    verified: &Verified,
    report: &mut SignatureReport,
    grounds: &Grounds<'_>,
) -> SignatureTime {
    let claimed = match report.time {
        SignatureTime::Claimed(unix) => Some(unix),
        _ => None,
    };
    let claim = claimed
        .or(verified.signing_time)
        .map_or(SignatureTime::Unknown, SignatureTime::Claimed);
    let over = grounds.stamps.first_over(report.covered_len);
    let own = verified
        .timestamp_token
        .as_ref()
        .map(|token| token_time(token, verified, over, grounds));
    let own = match own {
        Some(Err(error)) => {
            report.reasons.push(Reason::new(
                "time_stamp_untrusted",
                format!("the time stamp is not believed: {error}"),
            ));
            None
        }
        Some(Ok(unix)) => Some(unix),
        None => None,
    };
    let trusted = own.into_iter().chain(over).min();
    let unbelieved = || {
        let token = verified.timestamp_token.as_ref()?;
        tsp::parse_token(token).ok().map(|stamp| stamp.time)
    };
    if let Some(unix) = trusted {
        return SignatureTime::Token {
            unix,
            trusted: true,
        };
    }
    if let Some(unix) = unbelieved() {
        return SignatureTime::Token {
            unix,
            trusted: false,
        };
    }
    if verified.timestamp_token.is_none() && matches!(claim, SignatureTime::Claimed(_)) {
        report.reasons.push(Reason::new(
            "time_claimed",
            "the time is the signer's own claim",
        ));
    }
    claim
}

/// The time of a token that is believed: its stamper was good when the next stamp over it was made, or else when the
/// file is judged.
fn token_time(
    token: &[u8],
    verified: &Verified,
    over: Option<i64>,
    grounds: &Grounds<'_>,
) -> Result<i64, gm_pki::Error> {
    let checked = tsp::check_token(token, &|kind| tsp::digest_for(kind, &verified.signature))?;
    let at = over.or(grounds.policy.at).unwrap_or(checked.stamp.time);
    let roots = stamps::roots(grounds.policy);
    grounds
        .known
        .validate(&checked.stamper, &checked.certificates, &roots, at)
        .map_err(gm_pki::Error::Path)?;
    Ok(checked.stamp.time)
}

/// Whether the signer's certificate leads to a root at the time that counts.
pub(super) fn chain(
    verified: &Verified,
    cms: &Cms,
    time: SignatureTime,
    grounds: &Grounds<'_>,
    reasons: &mut Vec<Reason>,
) -> Chain {
    let policy = grounds.policy;
    if policy.roots.is_empty() {
        reasons.push(Reason::new("no_roots", "no trusted roots were given"));
        return Chain::Indeterminate;
    }
    let at = match time {
        SignatureTime::Token {
            unix,
            trusted: true,
        } => Some(unix),
        SignatureTime::Token { unix, .. } | SignatureTime::Claimed(unix) => {
            policy.at.or(Some(unix))
        }
        SignatureTime::Unknown => policy.at,
    };
    let Some(at) = at else {
        reasons.push(Reason::new(
            "time_unknown",
            "the time of the signature is not known",
        ));
        return Chain::Indeterminate;
    };
    let may_sign = certificate::parse(&verified.signer_certificate)
        .is_ok_and(|facts| facts.key_usage.is_none_or(|usages| usages.signs_data()));
    if !may_sign {
        reasons.push(Reason::new(
            "not_for_signing",
            "the signer's certificate is not meant for signing",
        ));
        return Chain::Untrusted;
    }
    let proven = matches!(time, SignatureTime::Token { trusted: true, .. });
    let path = grounds.known.validate(
        &verified.signer_certificate,
        &cms.certificates,
        &policy.roots,
        at,
    );
    match path {
        Ok(path) => {
            // A claim of an earlier time proves nothing for a key that may be in other hands since.
            if !proven && grounds.known.revoked_since(&path).is_some() {
                reasons.push(Reason::new(
                    "revoked_since",
                    "the signer's certificate is revoked since, and no time stamp proves that the signature was there before",
                ));
            }
            Chain::Trusted
        }
        Err(error) => {
            // Without `at` the time is the signature's own, proven or claimed.
            let reference = match policy.at {
                Some(_) if !proven => Reference::Later,
                _ => Reference::Signing,
            };
            reasons.push(
                Reason::new(
                    "signer_untrusted",
                    format!("the signer is not believed: {error}"),
                )
                .meaning(SubIndication::of_path(&error, reference)),
            );
            Chain::Untrusted
        }
    }
}
