//! `hulian config check`.

use anyhow::Result;

use crate::config::{Config, Flags};
use crate::console;
use crate::{custody, vendors, wiring};

/// Says what holds; an error says what is wrong.
pub(crate) fn run(flags: Flags) -> Result<()> {
    let config = Config::load(flags)?;
    let providers = vendors::build(&config)?;
    wiring::check_providers(&config, &providers)?;
    let engine = config.database.split(':').next().unwrap_or_default();
    let or_default = |url: &Option<String>| {
        url.clone()
            .unwrap_or_else(|| "by the port listened on".to_owned())
    };
    console::say(&format!("data        {}", config.data.display()));
    console::say(&format!("database    {engine}"));
    console::say(&format!("keys        {}", config.keys.display()));
    console::say(&format!(
        "key_custody {}",
        custody::open(&config.custody)?.name()
    ));
    console::say(&format!("listen      {}", config.listen));
    console::say(&format!("phone_listen {}", config.phone_listen));
    console::say(&format!("phone_url   {}", or_default(&config.phone_url)));
    console::say(&format!("public_url  {}", or_default(&config.public_url)));
    console::say(&format!("pki_url     {}", or_default(&config.pki_url)));
    console::say(&format!("production  {}", config.production));
    for provider in providers.all() {
        let what = if provider.is_sandbox() {
            " (asks nobody outside)"
        } else {
            ""
        };
        console::say(&format!("provider    {}{what}", provider.name()));
    }
    Ok(())
}
