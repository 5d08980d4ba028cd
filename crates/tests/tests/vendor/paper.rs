//! Papers read by Aliyun and Tencent.

use hulian_tests::vendors::{FakeAliyun, FakeTencent, photo_of};
use providers::Provider as _;
use providers::ocr::{Document, Ocr, Reading, Retake};
use providers::vendor::WithLocal;
use providers::vendor::aliyun::AliyunOcr;
use providers::vendor::tencent::TencentOcr;
use serde_json::{Value, json};

use super::{aliyun_at, standing_clock, tencent_at};

/// Both, by the way in which each prints dates.
async fn readers() -> [(Box<dyn Ocr>, &'static str); 2] {
    let (_, clock) = standing_clock();
    let aliyun = FakeAliyun::start(clock.clone()).await;
    let tencent = FakeTencent::start(clock.clone()).await;
    let aliyun = AliyunOcr {
        account: aliyun_at(&aliyun.base_url, &clock),
    };
    let tencent = TencentOcr {
        account: tencent_at(&tencent.base_url, &clock),
    };
    [
        (Box::new(aliyun), "1979年3月12日"),
        (Box::new(tencent), "1979/3/12"),
    ]
}

/// Names, texts, and whether each is sure.
fn fields(reading: &Reading) -> Vec<(&'static str, &str, bool)> {
    let (Reading::Read(fields) | Reading::Retake(_, fields)) = reading;
    fields
        .iter()
        .map(|field| (field.name, field.text.as_str(), field.sure))
        .collect()
}

fn front(birth: &str) -> Value {
    json!({
        "paper": "id_card_front", "name": "张样本", "sex": "男", "nation": "汉", "birth": birth,
        "address": "样本省样本市样本路1号", "number": "10010119790312001x",
    })
}

#[tokio::test]
async fn idv_1_vendors_read_both_sides_of_a_card() {
    for (reader, birth) in readers().await {
        let photo = photo_of(&front(birth));
        let read = reader
            .read(Document::IdCardFront, &photo)
            .await
            .expect("read");
        assert!(matches!(read, Reading::Read(_)));
        let expected = [
            ("name", "张样本", false),
            ("sex", "男", false),
            ("nation", "汉", false),
            ("birth", "1979-03-12", false),
            ("address", "样本省样本市样本路1号", false),
            ("id_number", "10010119790312001X", true),
        ];
        assert_eq!(fields(&read), expected, "{}", reader.name());
        let back = json!({
            "paper": "id_card_back", "authority": "样本市公安局", "valid": "2010.01.02-长期",
        });
        let back = photo_of(&back);
        let read = reader
            .read(Document::IdCardBack, &back)
            .await
            .expect("read");
        let expected = [
            ("authority", "样本市公安局", false),
            ("valid_from", "2010-01-02", false),
            ("valid_to", "长期", false),
        ];
        assert_eq!(fields(&read), expected, "{}", reader.name());
    }
}

#[tokio::test]
async fn ops_2_vendors_read_a_business_licence() {
    for (reader, established) in readers().await {
        let licence = json!({
            "paper": "licence", "code": "91350100M000100Y43", "name": "样本有限公司",
            "kind": "有限责任公司", "legal_representative": "张样本", "capital": "壹佰万元整",
            "established": established, "address": "样本市样本路1号",
        });
        let photo = photo_of(&licence);
        let read = reader
            .read(Document::BusinessLicence, &photo)
            .await
            .expect("read");
        let expected = [
            ("uscc", "91350100M000100Y43", true),
            ("name", "样本有限公司", false),
            ("kind", "有限责任公司", false),
            ("legal_representative", "张样本", false),
            ("capital", "壹佰万元整", false),
            ("established", "1979-03-12", false),
            ("address", "样本市样本路1号", false),
        ];
        assert_eq!(fields(&read), expected, "{}", reader.name());
    }
}

#[tokio::test]
async fn idv_1_a_photo_that_does_not_do_is_to_be_taken_again() {
    for (reader, birth) in readers().await {
        let name = reader.name();
        let read = |document, photo: Vec<u8>| {
            let reader = &reader;
            async move { reader.read(document, &photo).await.expect("read") }
        };
        let why = |reading: &Reading| match reading {
            Reading::Retake(why, _) => Some(*why),
            Reading::Read(_) => None,
        };
        let other_side = read(Document::IdCardBack, photo_of(&front(birth))).await;
        assert_eq!(why(&other_side), Some(Retake::WrongDocument), "{name}");
        let cat = photo_of(&json!({ "paper": "cat" }));
        for document in [Document::IdCardFront, Document::BusinessLicence] {
            let reading = read(document, cat.clone()).await;
            assert_eq!(why(&reading), Some(Retake::NothingFound), "{name}");
        }
        let reading = read(Document::IdCardFront, b"GIF89a".to_vec()).await;
        assert_eq!(why(&reading), Some(Retake::NoPicture), "{name}");
        // The number is hidden by a thumb; what was read all the same is given.
        let mut hidden = front(birth);
        hidden["number"] = "".into();
        let reading = read(Document::IdCardFront, photo_of(&hidden)).await;
        assert_eq!(why(&reading), Some(Retake::FieldsMissing), "{name}");
        assert_eq!(fields(&reading).first(), Some(&("name", "张样本", false)));
        // A digit misread: given, but not as sure.
        let mut misread = front(birth);
        misread["number"] = "100101197903120011".into();
        let reading = read(Document::IdCardFront, photo_of(&misread)).await;
        let number = fields(&reading).pop();
        assert_eq!(
            number,
            Some(("id_number", "100101197903120011", false)),
            "{name}"
        );
    }
}

/// What a vendor does not read, the embedded reader does; the vendor is not even asked.
#[tokio::test]
async fn ops_2_powers_of_attorney_are_read_by_the_embedded_reader() {
    for (reader, birth) in readers().await {
        let photo = photo_of(&front(birth));
        let alone = reader.read(Document::PowerOfAttorney, &photo).await;
        let unavailable = alone.err().expect("nothing to read with");
        assert_eq!(unavailable.reason, "it reads no powers of attorney");
        let name = reader.name();
        let together = WithLocal::new(reader.into());
        assert_eq!((together.name(), together.is_sandbox()), (name, false));
        // No JPEG that the embedded reader could open, and yet an answer.
        let read = together.read(Document::PowerOfAttorney, &photo).await;
        let reading = read.expect("read");
        assert!(reading == Reading::Retake(Retake::NoPicture, Vec::new()));
        let read = together.read(Document::IdCardFront, &photo).await;
        assert!(matches!(read, Ok(Reading::Read(_))));
    }
}
