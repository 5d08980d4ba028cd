//! Usable at platform P at instant t: the one rule that the screen and the key half both ask.

use crate::entitlement::{Entitlement, Kind, Scope};
use crate::holding::Reissues;
use crate::id::PlatformId;
use crate::time::Instant;

/// Where the certificate is to be used, with what the rule needs to know of the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a trading platform.
    Platform(Platform),
    /// On a document outside any platform; also the widest question, "does it work anywhere", since whatever was bought
    /// elsewhere works here too (CERT-15).
    DocumentSealing,
}

/// A platform as the rule sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    /// Its id.
    pub id: PlatformId,
    /// Whether it supports the holding's product.
    pub supports_product: bool,
    /// Whether it supports interconnect certificates.
    pub interconnect: bool,
    /// The other platforms of its alliance.
    pub allies: Vec<PlatformId>,
    /// Whether any person of the holding's unit has a platform entitlement in force there.
    pub unit_entitled: bool,
}

/// What the person is in the holding's unit at that instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Unit administrator, who needs no grant.
    Administrator,
    /// Member, with or without a certificate grant in force for the product.
    Member {
        /// Whether a certificate grant is in force.
        granted: bool,
    },
    /// Not, or no longer, in the unit.
    Stranger,
}

/// The unit of a holding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Whether its evidence certifies it.
    pub certified: bool,
    /// What the person is in it.
    pub standing: Standing,
}

/// What the issuer says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In force.
    Good,
    /// On hold: a new grant resumes it.
    Suspended,
    /// Revoked for good.
    Revoked,
}

/// The holding's present X.509 certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// What the issuer says of it.
    pub status: Status,
    /// Its last instant.
    pub not_after: Instant,
    /// Whether its key half lives on the device that asks.
    pub on_this_device: bool,
}

/// A holding with everything the rule depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The unit; `None` for a person's own certificate.
    pub unit: Option<Unit>,
    /// Whether leaving or removal ended the holding for good.
    pub ended: bool,
    /// Whether transfer, take-over or recall suspended it.
    pub suspended: bool,
    /// Every entitlement of the holding, in force or not.
    pub entitlements: Vec<Entitlement>,
    /// The present certificate, if it was ever installed.
    pub certificate: Option<Certificate>,
    /// How often it may be installed elsewhere.
    pub reissues: Reissues,
}

/// The answer. All but [`Usability::NotUsable`] can be picked in a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usability {
    /// It works here and now.
    Usable,
    /// Bought and not yet on any device.
    NeedsInstall,
    /// On this device, but its X.509 certificate ended before the entitlement does.
    NeedsUpdate,
    /// On another device.
    NeedsReissue {
        /// How many reissues are left.
        left: u32,
    },
    /// On another device, and no reissue is left.
    NeedsPack,
    /// It does not work here, and nothing the person can do in a scan changes that.
    NotUsable(Why),
}

/// Why a certificate does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Leaving or removal ended the holding.
    HoldingEnded,
    /// The unit is not certified.
    UnitNotCertified,
    /// The person is not, or no longer, in the unit.
    NotMember,
    /// A member without a certificate grant in force.
    GrantMissing,
    /// Transfer, take-over or recall suspended the holding.
    HoldingSuspended,
    /// The platform does not support the product.
    ProductNotSupported,
    /// The certificate is revoked.
    CertificateRevoked,
    /// The certificate is suspended.
    CertificateSuspended,
    /// Nothing was ever bought for the holding.
    Unbought,
    /// Everything bought for the holding has run out.
    EntitlementEnded,
    /// What is in force does not reach this platform.
    NotEntitledHere,
    /// A seal is taken away by the certificate that set it, and this is another one.
    NotTheSealer,
}

impl Why {
    /// The word that the wire uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HoldingEnded => "holding_ended",
            Self::UnitNotCertified => "unit_not_certified",
            Self::NotMember => "not_member",
            Self::GrantMissing => "grant_missing",
            Self::HoldingSuspended => "holding_suspended",
            Self::ProductNotSupported => "product_not_supported",
            Self::CertificateRevoked => "certificate_revoked",
            Self::CertificateSuspended => "certificate_suspended",
            Self::Unbought => "unbought",
            Self::EntitlementEnded => "entitlement_ended",
            Self::NotEntitledHere => "not_entitled_here",
            Self::NotTheSealer => "not_the_sealer",
        }
    }
}

impl Usability {
    /// Whether it works here and now, without any further step.
    pub fn is_usable(self) -> bool {
        self == Self::Usable
    }

    /// Whether a scan may pick it (installing, updating or reissuing on the way where needed).
    pub fn can_be_picked(self) -> bool {
        !matches!(self, Self::NotUsable(_))
    }

    /// The word that the wire uses for the state.
    pub fn state(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::NeedsInstall => "needs_install",
            Self::NeedsUpdate => "needs_update",
            Self::NeedsReissue { .. } => "needs_reissue",
            Self::NeedsPack => "needs_pack",
            Self::NotUsable(Why::Unbought) => "unbought",
            Self::NotUsable(_) => "not_usable",
        }
    }

    /// The word for the reason, where there is one.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::NotUsable(why) => Some(why.as_str()),
            _ => None,
        }
    }
}

/// The rule. Rights are judged before devices, so that nobody is sent to install what could not be used afterwards.
pub fn usable(facts: &Facts, place: &Place, at: Instant) -> Usability {
    if let Some(why) = barred(facts).or_else(|| not_entitled(facts, place, at)) {
        return Usability::NotUsable(why);
    }
    let Some(certificate) = facts.certificate else {
        return Usability::NeedsInstall;
    };
    match certificate.status {
        Status::Revoked => return Usability::NotUsable(Why::CertificateRevoked),
        Status::Suspended => return Usability::NotUsable(Why::CertificateSuspended),
        Status::Good => {}
    }
    match (certificate.on_this_device, facts.reissues.left()) {
        (true, _) if certificate.not_after < at => Usability::NeedsUpdate,
        (true, _) => Usability::Usable,
        (false, 0) => Usability::NeedsPack,
        (false, left) => Usability::NeedsReissue { left },
    }
}

/// What bars the person from the holding wherever it would be used.
pub fn barred(facts: &Facts) -> Option<Why> {
    if facts.ended {
        return Some(Why::HoldingEnded);
    }
    if let Some(unit) = facts.unit {
        match unit.standing {
            Standing::Stranger => return Some(Why::NotMember),
            _ if !unit.certified => return Some(Why::UnitNotCertified),
            Standing::Member { granted: false } => return Some(Why::GrantMissing),
            Standing::Member { granted: true } | Standing::Administrator => {}
        }
    }
    facts.suspended.then_some(Why::HoldingSuspended)
}

fn not_entitled(facts: &Facts, place: &Place, at: Instant) -> Option<Why> {
    if facts.entitlements.is_empty() {
        return Some(Why::Unbought);
    }
    if let Place::Platform(Platform {
        supports_product: false,
        ..
    }) = place
    {
        return Some(Why::ProductNotSupported);
    }
    let mut in_force = facts
        .entitlements
        .iter()
        .filter(|entitlement| entitlement.in_force(at))
        .peekable();
    if in_force.peek().is_none() {
        return Some(Why::EntitlementEnded);
    }
    let reached = match place {
        Place::DocumentSealing => true,
        Place::Platform(platform) => in_force.any(|entitlement| reaches(entitlement, platform)),
    };
    (!reached).then_some(Why::NotEntitledHere)
}

/// CERT-4, CERT-5 and CERT-15.
fn reaches(entitlement: &Entitlement, platform: &Platform) -> bool {
    match (entitlement.scope, entitlement.kind) {
        (Scope::Platform(id), Kind::Platform) => id == platform.id || platform.allies.contains(&id),
        (Scope::Platform(id), Kind::Interconnect) => id == platform.id,
        (Scope::Interconnect, _) => platform.interconnect && platform.unit_entitled,
        (Scope::DocumentSealing, _) => false,
    }
}

#[cfg(test)]
mod tests;
