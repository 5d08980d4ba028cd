//! Whom a signature is from, and when it was made.

use gm_pki::cms::{Cms, Foreign as Verified};
use gm_pki::path::{self, Trust};
use gm_pki::{certificate, tsp};

use super::indication::Reference;
use super::report::{Chain, Policy, SignatureTime};
use super::{Reason, SubIndication};

/// The time of a signature: the time stamp when there is one that can be read, else the claim.
pub(super) fn time(
    verified: &Verified,
    claimed: Option<i64>,
    policy: &Policy,
    reasons: &mut Vec<Reason>,
) -> SignatureTime {
    let claim = claimed
        .or(verified.signing_time)
        .map_or(SignatureTime::Unknown, SignatureTime::Claimed);
    let Some(token) = &verified.timestamp_token else {
        if matches!(claim, SignatureTime::Claimed(_)) {
            reasons.push(Reason::new(
                "time_claimed",
                "the time is the signer's own claim",
            ));
        }
        return claim;
    };
    let roots = policy
        .roots
        .iter()
        .chain(&policy.timestamp_roots)
        .cloned()
        .collect();
    match tsp::verify_token(
        token,
        &verified.signature,
        &Trust { roots },
        None,
        &policy.crls,
    ) {
        Ok((stamp, _)) => SignatureTime::Token {
            unix: stamp.time,
            trusted: true,
        },
        Err(error) => {
            reasons.push(Reason::new(
                "time_stamp_untrusted",
                format!("the time stamp is not believed: {error}"),
            ));
            match tsp::parse_token(token) {
                Ok(stamp) => SignatureTime::Token {
                    unix: stamp.time,
                    trusted: false,
                },
                Err(_) => claim,
            }
        }
    }
}

/// Whether the signer's certificate leads to a root at the time that counts.
pub(super) fn chain(
    verified: &Verified,
    cms: &Cms,
    time: SignatureTime,
    policy: &Policy,
    reasons: &mut Vec<Reason>,
) -> Chain {
    if policy.roots.is_empty() {
        reasons.push(Reason::new("no_roots", "no trusted roots were given"));
        return Chain::Indeterminate;
    }
    let at = policy.at.or(match time {
        SignatureTime::Token { unix, .. } | SignatureTime::Claimed(unix) => Some(unix),
        SignatureTime::Unknown => None,
    });
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
    let extra: Vec<Vec<u8>> = cms
        .certificates
        .iter()
        .chain(&policy.intermediates)
        .cloned()
        .collect();
    let trust = Trust {
        roots: policy.roots.clone(),
    };
    match path::validate(
        &verified.signer_certificate,
        &extra,
        &trust,
        at,
        &policy.crls,
    ) {
        Ok(_) => Chain::Trusted,
        Err(error) => {
            // Without `at` the time is the signature's own, proven or claimed.
            let reference = match policy.at {
                Some(_) => Reference::Later,
                None => Reference::Signing,
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
