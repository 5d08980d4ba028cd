//! A seal: chosen on the phone, picked in the page, prepared, signed, landed.

use std::sync::Arc;

use client::asker::{SealPicture, Signer};

use super::drive::Ended;
use super::prepare::{Waiting, Wanted};
use super::session::Following;
use super::view::SealView;
use super::{Scan, State};
use crate::desk::Desk;
use crate::document::Document;
use crate::error::Error;
use crate::place::Mode;

impl Desk {
    pub(super) async fn drive_seal(&self, scan: &Arc<Scan>) -> Result<(), Ended> {
        let id = scan.wish.document_id.unwrap_or_default();
        let document = self.document(id)?;
        let mut following = Following::new(self, scan)?;
        let signer = loop {
            if let Some(signer) = following.next().await?.signer {
                break signer;
            }
        };
        let seal = picked(&mut following, &signer).await?;
        let waiting = self.prepared(&following, &document, signer, seal).await?;
        let cms = loop {
            let view = following.next().await?;
            if let Some(result) = view.result {
                let missing = Error::Internal("a signature without bytes");
                break result.cms.ok_or(missing)?;
            }
        };
        let since = following.signing_at;
        // From here on it comes to an end of its own, whatever becomes of this driver.
        let (desk, scan) = (self.clone(), Arc::clone(scan));
        let landing = tokio::spawn(async move {
            desk.land(&document, waiting, cms.0).await?;
            scan.change(|view| {
                view.state = State::Landed;
                view.landed_ms = since
                    .map(|since| u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX));
            });
            desk.over(&scan);
            desk.go_on(&scan).await;
            Ok(())
        });
        landing
            .await
            .unwrap_or(Err(Error::Internal("landing failed")))
            .map_err(Ended::from)
    }

    async fn prepared(
        &self,
        following: &Following<'_>,
        document: &Arc<Document>,
        signer: Signer,
        seal: SealPicture,
    ) -> Result<Waiting, Ended> {
        let scan = following.scan;
        let wanted = Wanted {
            mode: Mode::parse(&scan.wish.mode)?,
            mode_text: scan.wish.mode.clone(),
            at: scan.wish.at,
            reason: scan.wish.purpose.clone(),
            time_us: self.now_us(),
            signer,
            seal,
        };
        let waiting = self.prepare(document, wanted).await?;
        following.change(|view| view.digest_short = Some(waiting.digest_short()));
        let api = self.inner().link.api();
        following.created.prepare(api, &waiting.facts()).await?;
        Ok(waiting)
    }
}

/// The seal that was wished, the only one, or the one that the person picks now.
async fn picked(following: &mut Following<'_>, signer: &Signer) -> Result<SealPicture, Ended> {
    let scan = following.scan;
    let mut picks = scan.pick.subscribe();
    let find = |id: &Option<String>| {
        let id = id.as_deref()?;
        signer.seals.iter().find(|seal| seal.seal_id == id).cloned()
    };
    let wished = picks.borrow_and_update().clone();
    let only = match signer.seals.as_slice() {
        [] => return Err(Error::conflict("no_seal_usable").into()),
        [only] if wished.is_none() => Some(only.clone()),
        _ => find(&wished),
    };
    let seals: Vec<SealView> = signer.seals.iter().map(SealView::from).collect();
    following.change(|view| view.seals = Some(seals));
    let seal = match only {
        Some(seal) => seal,
        None => {
            following.change(|view| view.state = State::ChooseSeal);
            loop {
                tokio::select! {
                    changed = picks.changed() => {
                        changed.map_err(|_| Error::Internal("nobody can pick"))?;
                        if let Some(seal) = find(&picks.borrow_and_update().clone()) {
                            break seal;
                        }
                    }
                    // The session may end while the person thinks.
                    moved = following.next() => drop(moved?),
                }
            }
        }
    };
    following.change(|view| {
        view.state = State::Chosen;
        view.seal_id = Some(seal.seal_id.clone());
    });
    Ok(seal)
}
