//! `hulian demo --population N`: people and companies in a sandbox of its own, each made through the real HTTP API, so that
//! lists can be looked at and measured as they are after years.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use client::phone::Phone;
use client::{Api, Retry, sandbox};
use providers::register::{Registered, SandboxRegister};
use serde::Serialize;
use tokio::task::JoinSet;

use super::own_server::OwnServer;
use super::print::Print;
use super::specimen::{self, Company, PEOPLE_MAX, PER_COMPANY, Person};

/// Companies that are made side by side.
const AT_ONCE: usize = 8;
/// What is written beside the data, and printed with `--json`.
const LIST: &str = "population.json";

/// Everybody.
#[derive(Debug, Default, Serialize)]
struct Population {
    people: Vec<Member>,
    units: Vec<Unit>,
}

#[derive(Debug, Serialize)]
struct Member {
    #[serde(flatten)]
    person: Person,
    unit_id: String,
    role: &'static str,
}

#[derive(Debug, Serialize)]
struct Unit {
    unit_id: String,
    #[serde(flatten)]
    company: Company,
    legal_representative: String,
}

/// `hulian demo --population`: makes them, and prints where, or with `json` who.
pub async fn run(count: usize, data: &Path, json: bool) -> anyhow::Result<()> {
    let text = make(count, data).await?;
    if json {
        crate::console::say(&text);
        return Ok(());
    }
    let print = Print::new();
    let (list, server) = (data.join(LIST), data.join("server"));
    print.done(&format!("{count} people; who they are: {}", list.display()));
    print.done(&format!(
        "look at them: hulian serve --data {}",
        server.display()
    ));
    Ok(())
}

/// Makes `count` people, five to a company, in the data folder; who they are, as JSON, which is kept there too.
pub async fn make(count: usize, data: &Path) -> anyhow::Result<String> {
    ensure!(
        (1..=PEOPLE_MAX).contains(&count),
        "--population takes 1 to {PEOPLE_MAX}"
    );
    let list = data.join(LIST);
    ensure!(
        !list.exists(),
        "{} is there: this folder has its population already",
        list.display()
    );
    std::fs::create_dir_all(data).with_context(|| data.display().to_string())?;
    let server = OwnServer::start(data).await?;
    let made = all(&server, count, data).await;
    server.stop().await?;
    let text = serde_json::to_string_pretty(&made?)?;
    std::fs::write(&list, &text).with_context(|| list.display().to_string())?;
    Ok(text)
}

async fn all(server: &OwnServer, count: usize, data: &Path) -> anyhow::Result<Population> {
    let register = server.register().context("the sandbox's register")?;
    let phones = tempfile::tempdir_in(data)?;
    let mut next = (0..count.div_ceil(PER_COMPANY)).map(|number| {
        let people = (number * PER_COMPANY..count.min((number + 1) * PER_COMPANY)).collect();
        (number, people)
    });
    let mut running: JoinSet<anyhow::Result<(Unit, Vec<Member>)>> = JoinSet::new();
    let mut population = Population::default();
    loop {
        while running.len() < AT_ONCE {
            let Some((number, people)) = next.next() else {
                break;
            };
            let (base, folder) = (server.base().to_owned(), phones.path().to_owned());
            let register = Arc::clone(&register);
            running.spawn(async move { company(&base, &folder, &register, number, people).await });
        }
        let Some(done) = running.join_next().await else {
            break;
        };
        let (unit, members) = done??;
        population.units.push(unit);
        population.people.extend(members);
    }
    population
        .people
        .sort_by(|a, b| a.person.phone.cmp(&b.person.phone));
    population
        .units
        .sort_by(|a, b| a.company.uscc.cmp(&b.company.uscc));
    Ok(population)
}

/// One company: its legal representative registers it, the others ask and are let in.
async fn company(
    base: &str,
    folder: &Path,
    register: &SandboxRegister,
    number: usize,
    people: Vec<usize>,
) -> anyhow::Result<(Unit, Vec<Member>)> {
    let company = specimen::company(number)?;
    let mut people = people.into_iter();
    let head = specimen::person(people.next().context("a head")?)?;
    let entry = Registered {
        name: company.name.clone(),
        legal_representative: head.name.clone(),
    };
    register.admit(&company.uscc, &entry).await?;
    let phone = verified(base, folder, &head).await?;
    let registered = phone.register_unit(&company.name, &company.uscc).await;
    let unit_id = registered.with_context(|| company.name.clone())?.unit_id;
    let member = |person: Person, role| Member {
        person,
        unit_id: unit_id.clone(),
        role,
    };
    let mut members = vec![member(head.clone(), "administrator")];
    for number in people {
        let person = specimen::person(number)?;
        let comer = verified(base, folder, &person).await?;
        let asked = comer.join(&unit_id, "演示成员").await?;
        phone.pass(&asked).await?;
        members.push(member(person, "member"));
    }
    let unit = Unit {
        unit_id: unit_id.clone(),
        company,
        legal_representative: head.name,
    };
    Ok((unit, members))
}

/// A person who is signed in and verified.
async fn verified(base: &str, folder: &Path, person: &Person) -> anyhow::Result<Phone> {
    let api = Api::new(base, Retry::default())?;
    let mut phone = Phone::open(api.clone(), &folder.join(&person.phone))?;
    phone.ask_code("+86", &person.phone).await?;
    let code = sandbox::newest_code(&api, &format!("+86{}", person.phone)).await?;
    phone.sign_in("+86", &person.phone, &code).await?;
    let proven = phone
        .prove_identity(&person.name, &person.id_number)
        .await?;
    ensure!(proven, "the short policy asks for more");
    Ok(phone)
}
