//! What lists take at the server when a thousand people and two hundred companies are there, on SQLite: the
//! slowest but one of twenty, beside a request that reads one person in the same run.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use client::phone::Phone;
use client::{Api, Retry, sandbox};
use hulian_server::config::Config;
use hulian_server::{demo, serve};
use serde_json::Value;

/// People who are there.
const PEOPLE: usize = 1000;
/// Requests of each list: fewer than anybody may search in a minute.
const TRIES: usize = 20;
/// The request that reads one person.
const PEER: &str = "/api/v1/me";

/// One row of figures for each list.
pub async fn rows() -> Result<Vec<Value>> {
    let folder = tempfile::tempdir()?;
    demo::populate(PEOPLE, folder.path()).await?;
    let running = serve::start(&Config::on_loopback(&folder.path().join("server"))).await?;
    let base = format!("http://{}", running.address);
    let list: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("population.json"))?)?;
    let (phone, unit) = administrator(&base, folder.path(), &list).await?;
    let peer = slow(async || Ok(phone.read(PEER).await?)).await?;
    let mut rows = Vec::new();
    for (name, path) in [
        ("list-units", "/api/v1/units".to_owned()),
        ("list-members", format!("/api/v1/units/{unit}/members")),
        ("list-tasks", format!("/api/v1/units/{unit}/tasks")),
        ("list-applications", "/api/v1/applications".to_owned()),
        ("list-sessions", "/api/v1/sessions".to_owned()),
        ("list-holdings", "/api/v1/holdings".to_owned()),
        ("list-operations", "/api/v1/operations".to_owned()),
        // Every company of the population begins so.
        (
            "search-units",
            "/api/v1/units/search?text=%E6%A0%B7%E6%9C%AC%E7%AC%AC".to_owned(),
        ),
    ] {
        let ours = slow(async || Ok(phone.read(&path).await?)).await;
        let ours = ours.with_context(|| path.clone())?;
        let among = format!("{PEOPLE} people in {} companies", PEOPLE / 5);
        rows.push(row(name, ours, (peer, PEER), &among));
    }
    running.stop().await?;
    Ok(rows)
}

/// The administrator of the first company, on a new phone a minute after the one of the population.
async fn administrator(
    base: &str,
    folder: &std::path::Path,
    list: &Value,
) -> Result<(Phone, String)> {
    let people = list["people"].as_array().context("people")?;
    let is_head = |one: &&Value| one["role"] == "administrator";
    let head = people.iter().find(is_head).context("an administrator")?;
    let (number, unit) = (text(&head["phone"])?, text(&head["unit_id"])?);
    let api = Api::new(base, Retry::default())?;
    let mut phone = Phone::open(api.clone(), &folder.join("phone"))?;
    for _ in 0..70 {
        match phone.ask_code("+86", &number).await {
            Err(error) if error.code() == Some("sms_too_soon") => {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            other => {
                other?;
                break;
            }
        }
    }
    let code = sandbox::newest_code(&api, &format!("+86{number}")).await?;
    phone.sign_in("+86", &number, &code).await?;
    Ok((phone, unit))
}

fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().context("a text")?.to_owned())
}

/// A list beside a request that reads one thing.
pub fn row(name: &str, ours: Duration, (peer, path): (Duration, &str), among: &str) -> Value {
    serde_json::json!({
        "name": name,
        "ours": ours.as_secs_f64() * 1000.0,
        "peer": peer.as_secs_f64() * 1000.0,
        "unit": "ms",
        "ratio": peer.as_secs_f64() / ours.as_secs_f64(),
        "peer_name": format!("GET {path}, which reads one"),
        "note": format!("under this 19 of {TRIES} requests are answered, among {among}"),
    })
}

/// The time under which 95 in a hundred requests are answered.
pub async fn slow<T>(ask: impl AsyncFn() -> Result<T>) -> Result<Duration> {
    let mut spent = Vec::new();
    for _ in 0..TRIES {
        let began = Instant::now();
        ask().await?;
        spent.push(began.elapsed());
    }
    spent.sort();
    spent
        .get(TRIES * 95 / 100 - 1)
        .copied()
        .context("no figure")
}
