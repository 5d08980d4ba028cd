//! RecognizeIdcard and RecognizeBusinessLicense (ocr-api, version 2021-07-07). The photo is the body, the answer's `Data`
//! a text of JSON.

use serde::Deserialize;

use super::{Account, Action, Body};
use crate::Provider;
use crate::answer::Answer;
use crate::ocr::{Document, Ocr, Reading, Retake};
use crate::vendor::http::Fault;
use crate::vendor::paper::{Paper, again};

const ID_CARD: Action = Action {
    name: "RecognizeIdcard",
    version: "2021-07-07",
};
const LICENCE: Action = Action {
    name: "RecognizeBusinessLicense",
    version: "2021-07-07",
};

/// Reading by Aliyun.
pub struct AliyunOcr {
    /// The account.
    pub account: Account,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    code: Option<String>,
    data: Option<String>,
}

/// `{"data": {…}}`
#[derive(Deserialize)]
struct Wrapped<T> {
    data: T,
}

#[derive(Deserialize)]
struct Sides {
    face: Option<Wrapped<Front>>,
    back: Option<Wrapped<Back>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Front {
    name: Option<String>,
    sex: Option<String>,
    ethnicity: Option<String>,
    birth_date: Option<String>,
    address: Option<String>,
    id_number: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Back {
    issue_authority: Option<String>,
    valid_period: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Licence {
    credit_code: Option<String>,
    company_name: Option<String>,
    company_type: Option<String>,
    business_address: Option<String>,
    legal_person: Option<String>,
    registered_capital: Option<String>,
    #[serde(rename = "RegistrationDate")]
    registration_date: Option<String>,
}

impl AliyunOcr {
    async fn ask(&self, document: Document, photo: &[u8]) -> Result<Reading, Fault> {
        let paper = Paper::new(document, self.account.outside.now().day());
        let action = match document {
            Document::IdCardFront | Document::IdCardBack => &ID_CARD,
            Document::BusinessLicence => &LICENCE,
            Document::PowerOfAttorney => {
                return Err(Fault::silent("it reads no powers of attorney"));
            }
        };
        let data = match self.call(action, photo).await {
            Ok(data) => data,
            Err(Fault::Code(code)) => return complaint(&code).ok_or(Fault::Code(code)),
            Err(fault) => return Err(fault),
        };
        match document {
            Document::BusinessLicence => {
                Ok(licence(paper, &parse::<Wrapped<Licence>>(&data)?.data))
            }
            _ => Ok(id_card(
                paper,
                document,
                &parse::<Wrapped<Sides>>(&data)?.data,
            )),
        }
    }

    async fn call(&self, action: &Action, photo: &[u8]) -> Result<String, Fault> {
        let reply: Reply = self.account.call(action, &[], Body::Bytes(photo)).await?;
        match (reply.code.as_deref(), reply.data) {
            (None | Some("" | "200"), Some(data)) => Ok(data),
            (Some(code), _) => Err(Fault::code(code)),
            (None, None) => Err(Fault::silent("an answer without content")),
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(data: &'a str) -> Result<T, Fault> {
    serde_json::from_str(data).map_err(|_| Fault::silent("content that cannot be read"))
}

/// What is the photo's fault and not the account's.
fn complaint(code: &str) -> Option<Reading> {
    let why = match code {
        "unmatchedImageType" | "noCardDetected" => Retake::NothingFound,
        "illegalImageSize" | "imageTooSmall" => Retake::TooFar,
        "unsupportedImageFormat" | "illegalImageContent" | "illegalImage" => Retake::NoPicture,
        _ => return None,
    };
    Some(again(why))
}

fn id_card(mut paper: Paper, document: Document, sides: &Sides) -> Reading {
    match (document, &sides.face, &sides.back) {
        (Document::IdCardFront, Some(Wrapped { data: front }), _) => {
            paper.text("name", front.name.as_deref());
            paper.text("sex", front.sex.as_deref());
            paper.text("nation", front.ethnicity.as_deref());
            paper.date("birth", front.birth_date.as_deref());
            paper.text("address", front.address.as_deref());
            paper.text("id_number", front.id_number.as_deref());
        }
        (Document::IdCardBack, _, Some(Wrapped { data: back })) => {
            paper.text("authority", back.issue_authority.as_deref());
            paper.term(back.valid_period.as_deref());
        }
        (_, None, None) => return again(Retake::NothingFound),
        _ => return again(Retake::WrongDocument),
    }
    paper.finish()
}

fn licence(mut paper: Paper, licence: &Licence) -> Reading {
    paper.text("uscc", licence.credit_code.as_deref());
    paper.text("name", licence.company_name.as_deref());
    paper.text("kind", licence.company_type.as_deref());
    paper.text("legal_representative", licence.legal_person.as_deref());
    paper.text("capital", licence.registered_capital.as_deref());
    paper.date("established", licence.registration_date.as_deref());
    paper.text("address", licence.business_address.as_deref());
    paper.finish()
}

impl Provider for AliyunOcr {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "aliyun-ocr"
    }
}

impl Ocr for AliyunOcr {
    fn read<'a>(&'a self, document: Document, photo: &'a [u8]) -> Answer<'a, Reading> {
        let work = self.ask(document, photo);
        Box::pin(self.account.outside.within(self.name(), work))
    }
}
