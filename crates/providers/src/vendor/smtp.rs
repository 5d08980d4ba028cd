//! Letters by SMTP.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::http::Fault;
use super::outside::Outside;
use super::secret::Secret;
use crate::Provider;
use crate::answer::{Answer, Unavailable};
use crate::mail::{Letter, Mail};

/// How the way to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte on (port 465).
    Tls,
    /// TLS after STARTTLS, which must not fail (port 587).
    StartTls,
    /// None: for a server on this computer.
    Plain,
}

/// A mail server, and as whom it is used.
pub struct Server {
    /// Its name, also in its certificate.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way is protected.
    pub security: Security,
    /// User and password, where it wants them.
    pub login: Option<(String, Secret)>,
    /// Who the letters are from: `address@host` or `Name <address@host>`.
    pub from: String,
}

/// Letters by a mail server.
pub struct SmtpMail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    outside: Outside,
}

const NAME: &str = "smtp-mail";

impl SmtpMail {
    /// Letters by this server.
    ///
    /// # Errors
    /// The sender is no address, or the system's trust store cannot be read.
    pub fn new(server: &Server, outside: Outside) -> Result<Self, Unavailable> {
        let fault = |reason: &str| Fault::silent(reason).of(NAME);
        let from: Mailbox = server
            .from
            .parse()
            .map_err(|_| fault("the sender is no mail address"))?;
        // Fails only when a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let parameters = || {
            TlsParameters::new(server.host.clone())
                .map_err(|_| fault("the system's trust store cannot be read"))
        };
        let tls = match server.security {
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::StartTls => Tls::Required(parameters()?),
            Security::Plain => Tls::None,
        };
        let domain = from.email.domain().to_owned();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .tls(tls)
            .hello_name(ClientId::Domain(domain))
            .timeout(Some(outside.limit()));
        if let Some((user, password)) = &server.login {
            let login = Credentials::new(user.clone(), password.reveal().to_owned());
            builder = builder.credentials(login);
        }
        Ok(Self {
            transport: builder.build(),
            from,
            outside,
        })
    }

    async fn post(&self, letter: &Letter) -> Result<(), Fault> {
        let to: Mailbox = letter
            .to
            .parse()
            .map_err(|_| Fault::silent("the recipient is no mail address"))?;
        let at = Duration::from_secs(u64::try_from(letter.at.seconds()).unwrap_or_default());
        let builder: MessageBuilder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            .date(std::time::SystemTime::UNIX_EPOCH + at)
            .header(ContentType::TEXT_PLAIN);
        let message = builder
            .body(letter.text.clone())
            .map_err(|_| Fault::silent("the letter cannot be written"))?;
        let sent = self.transport.send(message).await;
        sent.map(drop).map_err(|error| told(&error))
    }
}

/// The server's words may repeat the address; its number says enough.
fn told(error: &lettre::transport::smtp::Error) -> Fault {
    match error.status() {
        Some(code) => Fault::code(&code.to_string()),
        None if error.is_timeout() => Fault::silent("no answer in time"),
        None => Fault::silent(below(error)),
    }
}

/// What the system or TLS says, as "connection refused"; anything else may be the server's words.
fn below(error: &lettre::transport::smtp::Error) -> String {
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return io.to_string();
        }
        next = cause.source();
    }
    "the server does not speak SMTP as it should".to_owned()
}

impl Provider for SmtpMail {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        NAME
    }
}

impl Mail for SmtpMail {
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, ()> {
        let work = self.post(letter);
        Box::pin(self.outside.within(NAME, work))
    }
}
