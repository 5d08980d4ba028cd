//! `hulian config check`.

use anyhow::Result;

use crate::config::{Config, Flags};
use crate::console;
use crate::wiring;

/// Says what holds; an error says what is wrong.
pub(crate) fn run(flags: Flags) -> Result<()> {
    let config = Config::load(flags)?;
    wiring::check_providers(&config, &wiring::providers(&config))?;
    let engine = config.database.split(':').next().unwrap_or_default();
    let or_default = |url: &Option<String>| {
        url.clone()
            .unwrap_or_else(|| "by the port listened on".to_owned())
    };
    console::say(&format!("data        {}", config.data.display()));
    console::say(&format!("database    {engine}"));
    console::say(&format!("keys        {}", config.keys.display()));
    console::say(&format!("listen      {}", config.listen));
    console::say(&format!("phone_listen {}", config.phone_listen));
    console::say(&format!("phone_url   {}", or_default(&config.phone_url)));
    console::say(&format!("public_url  {}", or_default(&config.public_url)));
    console::say(&format!("pki_url     {}", or_default(&config.pki_url)));
    console::say(&format!("production  {}", config.production));
    Ok(())
}
