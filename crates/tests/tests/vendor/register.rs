//! The business register behind e签宝.

use hulian_tests::vendors::FakeEsign;
use providers::register::{Field, Register as _, Stated, Verdict};
use providers::specimen::COMPANIES;
use providers::vendor::esign::EsignRegister;

use super::{esign_at, standing_clock};

#[tokio::test]
async fn unit_3_esign_compares_three_facts() {
    let (_, clock) = standing_clock();
    let fake = FakeEsign::start(clock.clone()).await;
    let register = EsignRegister {
        account: esign_at(&fake.base_url, &clock),
    };
    let known = &COMPANIES[0];
    // It does not say which of the two is wrong.
    let wrong = || Verdict::Mismatch(vec![Field::Name, Field::LegalRepresentative]);
    for (uscc, name, legal_representative, verdict) in [
        (
            known.uscc,
            known.name,
            known.legal_representative,
            Verdict::Match,
        ),
        (known.uscc, known.name, "何某人", wrong()),
        (
            known.uscc,
            "别的有限公司",
            known.legal_representative,
            wrong(),
        ),
        (
            "91350100M000100Y43",
            known.name,
            "何某人",
            Verdict::NotFound,
        ),
    ] {
        let stated = Stated {
            uscc,
            name,
            legal_representative,
        };
        assert_eq!(register.check(stated).await, Ok(verdict), "{name}");
    }
    // A fault of the call is no verdict on the unit.
    let stated = Stated {
        uscc: "1",
        name: known.name,
        legal_representative: known.legal_representative,
    };
    let unavailable = register.check(stated).await.expect_err("no verdict");
    assert_eq!(unavailable.reason, "code 30500100");
}
