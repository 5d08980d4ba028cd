//! Puts the layers together.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use app::clock::SystemClock;
use app::pki::open_issuer;
use app::random::OsRandom;
use app::shelf::DbShelf;
use app::{App, Clock, Draw, RandomSource, Settings};
use issuer::{Issuer, Params};
use providers::Providers;
use store::blob::Blobs;
use store::{Db, Vault, Wake};

use crate::config::Config;
use crate::{custody, vendors};

/// Refuses stand-ins in production.
///
/// # Errors
/// The names of the stand-ins.
pub fn check_providers(config: &Config, providers: &Providers) -> Result<()> {
    let sandboxes = providers.sandboxes();
    ensure!(
        !config.production || sandboxes.is_empty(),
        "--production refuses the sandbox providers: {}",
        sandboxes.join(", ")
    );
    Ok(())
}

/// Opens everything that the service stands on. The ports are those that are listened on: the default addresses hold them.
///
/// # Errors
/// What cannot be opened, or which setting contradicts the first start.
pub async fn app(config: &Config, port: u16, phone_port: u16) -> Result<App> {
    let providers = vendors::build(config)?;
    check_providers(config, &providers)?;
    make_private(&config.data).with_context(|| format!("cannot make {}", config.data.display()))?;
    let vault = custody::vault(config)?;
    let blobs = Blobs::folder(&config.data.join("blobs"))?;
    // The address may hold a password and stays out of the message.
    let db = Db::open(&config.database)
        .await
        .context("cannot open the database")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let providers = providers.remembering(&DbShelf::on(db.clone(), Arc::clone(&clock)));
    let settings = settings(config, &db, port, phone_port).await?;
    let issuer = issuer(config, &vault, &settings).await?;
    let app = App {
        wake: Wake::between_nodes(&db),
        db,
        vault,
        blobs,
        clock,
        random: Arc::new(OsRandom),
        settings: Arc::new(settings),
        providers,
        issuer: Arc::new(issuer),
    };
    if !config.production {
        app::catalogue::seed_sandbox(&app).await?;
    }
    Ok(app)
}

/// The issuer of the keys folder; at the very first start it is made, which takes seconds.
async fn issuer(config: &Config, vault: &Vault, settings: &Settings) -> Result<Issuer> {
    let organization = if config.production {
        "Hulian"
    } else {
        "Hulian Sandbox"
    };
    let params = Params::new(&settings.pki_url, organization);
    let (vault, keys, production) = (vault.clone(), config.keys.clone(), config.production);
    let open = move || {
        let mut rng = Draw::from(Arc::new(OsRandom) as Arc<dyn RandomSource>);
        open_issuer(
            &vault,
            &keys,
            params,
            production,
            SystemClock.now(),
            &mut rng,
        )
    };
    Ok(tokio::task::spawn_blocking(open).await??)
}

async fn settings(config: &Config, db: &Db, port: u16, phone_port: u16) -> Result<Settings> {
    let public_url = config
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://localhost:{port}"));
    let phone_url = config
        .phone_url
        .clone()
        .unwrap_or_else(|| format!("http://localhost:{phone_port}"));
    let wanted = config
        .pki_url
        .clone()
        .unwrap_or_else(|| format!("http://localhost:{port}/pki"));
    // It stands in every certificate already issued, so the first start decides for good.
    let pki_url = store::setting::fix(db, "pki_url", &wanted).await?;
    let changed = config
        .pki_url
        .as_ref()
        .is_some_and(|given| *given != pki_url);
    ensure!(!changed, "pki_url was fixed at first start as {pki_url}");
    Ok(Settings {
        public_url,
        phone_url,
        pki_url,
        production: config.production,
        policy: config.policy,
        areas: config.areas.clone(),
        data: config.data.clone(),
    })
}

/// Makes a folder that its owner alone may enter; one that is there already keeps the mode that the operator gave it.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
