//! IDCardOCR and BizLicenseOCR (ocr, version 2018-11-19).

use base64ct::{Base64, Encoding as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{Account, Action};
use crate::Provider;
use crate::answer::Answer;
use crate::ocr::{Document, Ocr, Reading, Retake};
use crate::vendor::http::Fault;
use crate::vendor::paper::{Paper, again};

const ID_CARD: Action = Action {
    service: "ocr",
    name: "IDCardOCR",
    version: "2018-11-19",
};
const LICENCE: Action = Action {
    service: "ocr",
    name: "BizLicenseOCR",
    version: "2018-11-19",
};
/// Most bytes of a photo: 7 MiB as base64.
const PHOTO_BYTES_MAX: usize = 7 * 1024 * 1024 / 4 * 3;

/// Reading by Tencent.
pub struct TencentOcr {
    /// The account.
    pub account: Account,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct IdCard {
    name: Option<String>,
    sex: Option<String>,
    nation: Option<String>,
    birth: Option<String>,
    address: Option<String>,
    id_num: Option<String>,
    authority: Option<String>,
    valid_date: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Licence {
    reg_num: Option<String>,
    name: Option<String>,
    capital: Option<String>,
    person: Option<String>,
    address: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<String>,
    set_date: Option<String>,
}

impl TencentOcr {
    async fn ask(&self, document: Document, photo: &[u8]) -> Result<Reading, Fault> {
        if photo.len() > PHOTO_BYTES_MAX {
            return Ok(again(Retake::NoPicture));
        }
        let paper = Paper::new(document, self.account.outside.now().day());
        match document {
            Document::IdCardFront => Ok(self
                .card(photo, "FRONT")
                .await?
                .map_or_else(again, |read| front(paper, &read))),
            Document::IdCardBack => Ok(self
                .card(photo, "BACK")
                .await?
                .map_or_else(again, |read| back(paper, &read))),
            Document::BusinessLicence => {
                let question = json!({ "ImageBase64": Base64::encode_string(photo) });
                let read = self.call(&LICENCE, &question).await?;
                Ok(read.map_or_else(again, |read| licence(paper, &read)))
            }
            Document::PowerOfAttorney => Err(Fault::silent("it reads no powers of attorney")),
        }
    }

    async fn card(&self, photo: &[u8], side: &str) -> Result<Result<IdCard, Retake>, Fault> {
        let question = json!({ "ImageBase64": Base64::encode_string(photo), "CardSide": side });
        self.call(&ID_CARD, &question).await
    }

    /// Separates what is wrong with the photo from what is wrong with the call.
    async fn call<T: DeserializeOwned>(
        &self,
        action: &Action,
        question: &serde_json::Value,
    ) -> Result<Result<T, Retake>, Fault> {
        match self.account.call(action, question).await {
            Ok(read) => Ok(Ok(read)),
            Err(Fault::Code(code)) => complaint(&code).map(Err).ok_or(Fault::Code(code)),
            Err(fault) => Err(fault),
        }
    }
}

fn complaint(code: &str) -> Option<Retake> {
    let why = match code {
        "FailedOperation.ImageNoIdCard"
        | "FailedOperation.NoBizLicense"
        | "FailedOperation.ImageNoText" => Retake::NothingFound,
        "FailedOperation.CardSideError"
        | "FailedOperation.MultiCardError"
        | "FailedOperation.LicenseMultiCardError" => Retake::WrongDocument,
        "FailedOperation.IdCardTooSmall" => Retake::TooFar,
        "FailedOperation.ImageBlur" => Retake::Unclear,
        "FailedOperation.IdCardInfoIllegal" | "FailedOperation.OcrFailed" => Retake::FieldsMissing,
        "FailedOperation.ImageDecodeFailed"
        | "FailedOperation.FileDecodeFailed"
        | "FailedOperation.EmptyImageError"
        | "FailedOperation.ImageSizeTooLarge"
        | "FailedOperation.UnKnowFileTypeError" => Retake::NoPicture,
        _ => return None,
    };
    Some(why)
}

fn front(mut paper: Paper, read: &IdCard) -> Reading {
    paper.text("name", read.name.as_deref());
    paper.text("sex", read.sex.as_deref());
    paper.text("nation", read.nation.as_deref());
    paper.date("birth", read.birth.as_deref());
    paper.text("address", read.address.as_deref());
    paper.text("id_number", read.id_num.as_deref());
    paper.finish()
}

fn back(mut paper: Paper, read: &IdCard) -> Reading {
    paper.text("authority", read.authority.as_deref());
    paper.term(read.valid_date.as_deref());
    paper.finish()
}

fn licence(mut paper: Paper, read: &Licence) -> Reading {
    paper.text("uscc", read.reg_num.as_deref());
    paper.text("name", read.name.as_deref());
    paper.text("kind", read.kind.as_deref());
    paper.text("legal_representative", read.person.as_deref());
    paper.text("capital", read.capital.as_deref());
    paper.date("established", read.set_date.as_deref());
    paper.text("address", read.address.as_deref());
    paper.finish()
}

impl Provider for TencentOcr {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "tencent-ocr"
    }
}

impl Ocr for TencentOcr {
    fn read<'a>(&'a self, document: Document, photo: &'a [u8]) -> Answer<'a, Reading> {
        let work = self.ask(document, photo);
        Box::pin(self.account.outside.within(self.name(), work))
    }
}
