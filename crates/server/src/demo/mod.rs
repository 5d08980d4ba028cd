//! `hulian demo`: one person after another, phone half, desk and server over the real HTTP API, and a sealed file at the end.

mod actor;
mod file;
mod own_server;
mod population;
mod print;
mod specimen;

use actor::Actor;
use anyhow::{Context as _, bail};
use clap::Args;
use client::asker::{Asker, SealFile};
use client::{Api, Retry, sandbox};
use domain::mark::ModeKind;
use print::Print;
use std::path::{Path, PathBuf};

/// What `hulian demo` takes.
#[derive(Args, Debug)]
pub struct DemoArgs {
    /// The document to seal.
    #[arg(long, required_unless_present = "population")]
    pdf: Option<PathBuf>,
    /// Where the sealed document goes.
    #[arg(long, required_unless_present = "population")]
    out: Option<PathBuf>,
    /// Which certificate product: `rsa` or `sm2`.
    #[arg(long, default_value = "rsa", value_parser = ["rsa", "sm2"])]
    product: String,
    /// `page:N`, `all` or `pages:1-3,5`.
    #[arg(long, default_value = "page:1")]
    mode: String,
    /// How many seals one after another, by two companies in turn.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=20))]
    seals: u32,
    /// Writes the root certificate of the product here (PEM).
    #[arg(long)]
    ca_out: Option<PathBuf>,
    /// A running server; without it one of its own is started.
    #[arg(long)]
    server: Option<String>,
    /// Where server and phones keep what they keep; a temporary folder by default. With it a story that was
    /// interrupted goes on where it stood.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Makes so many people, five to a company, in `--data`, and seals nothing.
    #[arg(long, value_name = "N", requires = "data", conflicts_with_all = ["pdf", "out", "server"])]
    population: Option<usize>,
    /// With `--population`: lists them as JSON.
    #[arg(long, requires = "population")]
    json: bool,
}

/// The certificate password that the demonstration's people choose.
const PASSWORD: &str = "274951";

/// Makes people and companies in a folder, for whoever measures among many.
///
/// # Errors
/// What did not go.
pub async fn populate(count: usize, data: &Path) -> anyhow::Result<()> {
    population::make(count, data).await.map(drop)
}

/// Plays the story.
pub fn run(args: DemoArgs) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(play(args))
}

async fn play(args: DemoArgs) -> anyhow::Result<()> {
    match (args.population, &args.data) {
        (Some(count), Some(data)) => population::run(count, data, args.json).await,
        _ => story(args).await,
    }
}

impl DemoArgs {
    fn pdf(&self) -> anyhow::Result<&Path> {
        self.pdf.as_deref().context("--pdf")
    }

    fn out(&self) -> anyhow::Result<&Path> {
        self.out.as_deref().context("--out")
    }
}

async fn story(args: DemoArgs) -> anyhow::Result<()> {
    let mode =
        domain::mark::Mode::parse(&args.mode).with_context(|| format!("--mode {}", args.mode))?;
    if let ModeKind::Straddle | ModeKind::Keyword = mode.kind() {
        bail!("the demonstration seals whole pages: --mode page:N, all or pages:1-3,5");
    }
    let temporary = file::TemporaryFolder::unless(args.data.as_deref())?;
    let data = temporary.path();
    let own = match &args.server {
        Some(_) => None,
        None => Some(own_server::OwnServer::start(data).await?),
    };
    let base = args
        .server
        .clone()
        .or_else(|| own.as_ref().map(|own| own.base().to_owned()))
        .context("no server")?;
    let print = Print::new();
    print.title(&format!("Hulian demo on {base} (sandbox: SMS, identity, register and payment are played by embedded parts)"));
    let api = Api::new(&base, Retry::default())?;
    let specimens = sandbox::specimens(&api)
        .await
        .context("the sandbox of the server (is it a production server?)")?;
    let mut actors = Vec::new();
    for index in 0..if args.seals > 1 { 2 } else { 1 } {
        let company = specimens
            .companies
            .get(index)
            .context("a specimen company")?;
        let person = specimens
            .people
            .iter()
            .find(|person| person.name == company.legal_representative)
            .context("its legal representative")?;
        let folder = data.join(format!("phone-{}", index + 1));
        let api = Api::new(&base, Retry::default())?;
        actors.push(Actor::ready(api, &folder, person, company, &args.product, &print).await?);
    }
    seal_all(&args, &mode, &api, data, &mut actors, &print).await?;
    let root = file::root(&base, &args.product).await?;
    verify(&args, &root, &print)?;
    if let Some(path) = &args.ca_out {
        file::write_root(&root, path)?;
        print.done(&format!(
            "root certificate of the product -> {}",
            path.display()
        ));
    }
    if let Some(own) = own {
        own.stop().await?;
    }
    Ok(())
}

/// Judges the saved file as anybody can: every signature, its chain to the product's root, its time stamp.
fn verify(args: &DemoArgs, root: &[u8], print: &Print) -> anyhow::Result<()> {
    let document = pdf_seal::Document::open(file::open(args.out()?)?)?;
    let policy = pdf_seal::Policy {
        roots: vec![root.to_vec()],
        ..pdf_seal::Policy::default()
    };
    for signature in &document.verify(&policy)?.signatures {
        let signer = signature.signer.as_deref().unwrap_or("somebody");
        if signature.outcome() != pdf_seal::Outcome::Passed {
            bail!(
                "the signature of {signer} in {} does not verify: {}",
                signature.field,
                signature
                    .reasons
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; ")
            );
        }
        print.done(&format!(
            "verified: {} by {signer}, {}",
            signature.field,
            signature.algorithm.as_deref().unwrap_or("")
        ));
    }
    Ok(())
}

async fn seal_all(
    args: &DemoArgs,
    mode: &domain::mark::Mode,
    api: &Api,
    data: &Path,
    actors: &mut [Actor],
    print: &Print,
) -> anyhow::Result<()> {
    let asker = Asker::register(api.clone(), &*file::tool_key(data)?, "投标管家（演示）").await?;
    let mut current = args.pdf()?.to_owned();
    let count = actors.len();
    for number in 0..args.seals as usize {
        let Some(actor) = actors.get_mut(number % count) else {
            bail!("no actor")
        };
        print.title(&format!(
            "seal {} of {}: {}",
            number + 1,
            args.seals,
            actor.company()
        ));
        let next = file::Output::beside(args.out()?)?;
        seal_once(args, mode, &asker, actor, &current, &next, number, print).await?;
        next.keep(args.out()?)?;
        current = args.out()?.to_owned();
    }
    print.done(&format!("sealed file -> {}", args.out()?.display()));
    Ok(())
}

#[allow(
    clippy::too_many_arguments,
    reason = "one step of the story with everything that it shows"
)]
async fn seal_once(
    args: &DemoArgs,
    mode: &domain::mark::Mode,
    asker: &Asker,
    actor: &mut Actor,
    input: &Path,
    output: &file::Output,
    number: usize,
    print: &Print,
) -> anyhow::Result<()> {
    let source = file::open(input)?;
    let document = pdf_seal::Document::open(source.clone())
        .map_err(|refusal| anyhow::anyhow!("{}: {refusal}", refusal.code()))?;
    let page_count = u32::try_from(document.info()?.pages.len())?;
    drop(document);
    let pages = mode
        .pages(page_count)
        .context("--mode does not fit the document")?;
    print.done(&format!(
        "desk opens {} ({page_count} pages)",
        input.display()
    ));
    let name = args
        .pdf()?
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let column = number % 3;
    let platform_id = actor.platform_id().to_owned();
    let seal_file = SealFile {
        file_name: &name,
        purpose: "在投标文件上加盖公章",
        platform_id: Some(&platform_id),
        mode: &args.mode,
        pages: &pages,
        at_mm: (
            15.0 + 55.0 * column as f64,
            25.0 + 45.0 * (number / 3) as f64,
        ),
    };
    let time_us = crate::now_us();
    let created = seal_file.create(asker, time_us).await?;
    print.done(&format!(
        "desk opens a scan session and shows {} (match number {})",
        created.code_text, created.match_number
    ));
    let code = created.code_text.clone();
    let match_number = created.match_number.clone();
    let (waiting, view) = {
        let desk = seal_file.prepare(asker, created, source, time_us);
        let phone = actor.claim_and_choose(&code, &match_number, print);
        tokio::try_join!(async { desk.await.map_err(anyhow::Error::from) }, phone)?
    };
    print.done(&format!(
        "desk has prepared the revision, digest {}",
        waiting.digest_short
    ));
    actor
        .confirm(&view, PASSWORD, &waiting.digest_short, print)
        .await?;
    let prepared = waiting.embed(asker).await?;
    output.write(&prepared)?;
    print.done("desk embeds the CMS with its time stamp");
    Ok(())
}
