//! The sandbox inbox: what would have been sent, kept in memory for the page `/sandbox`.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use domain::Instant;

use crate::Provider;
use crate::answer::Answer;
use crate::mail::{Letter, Mail};
use crate::sms::{Sent, Sms, Text};

/// Most messages that are kept; the oldest go first.
pub const MESSAGES_MAX: usize = 200;

/// How a message would have travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A text message.
    Sms,
    /// A letter.
    Mail,
}

impl Channel {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Mail => "mail",
        }
    }
}

/// A message that nobody outside ever got.
#[derive(Clone)]
pub struct Message {
    /// How.
    pub channel: Channel,
    /// To which number (E.164) or address.
    pub to: String,
    /// What it says.
    pub text: String,
    /// When.
    pub at: Instant,
}

/// The last messages. Cloning is cheap and shares them.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Mutex<VecDeque<Message>>>);

impl Inbox {
    /// Puts a message in.
    pub fn put(&self, message: Message) {
        let mut messages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        messages.push_front(message);
        messages.truncate(MESSAGES_MAX);
    }

    /// The messages to one address, or all of them, newest first.
    #[must_use]
    pub fn messages(&self, to: Option<&str>) -> Vec<Message> {
        let messages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        messages
            .iter()
            .filter(|message| to.is_none_or(|to| message.to == to))
            .cloned()
            .collect()
    }
}

/// Text messages into the inbox.
pub struct SandboxSms(pub Inbox);

/// Letters into the inbox.
pub struct SandboxMail(pub Inbox);

impl Provider for SandboxSms {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        "sandbox-sms"
    }
}

impl Sms for SandboxSms {
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Sent> {
        self.0.put(Message {
            channel: Channel::Sms,
            to: text.to.clone(),
            text: format!("【互连】{}", text.template.words()),
            at: text.at,
        });
        Box::pin(async { Ok(Sent::Taken) })
    }
}

impl Provider for SandboxMail {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        "sandbox-mail"
    }
}

impl Mail for SandboxMail {
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, ()> {
        let text = format!("{}\n\n{}", letter.subject, letter.text);
        self.0.put(Message {
            channel: Channel::Mail,
            to: letter.to.clone(),
            text,
            at: letter.at,
        });
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_hundred_are_kept() {
        let inbox = Inbox::default();
        for number in 0..250 {
            let to = format!("+86{}", number % 2);
            inbox.put(Message {
                channel: Channel::Sms,
                to,
                text: number.to_string(),
                at: Instant::from_seconds(number),
            });
        }
        let all = inbox.messages(None);
        assert_eq!(
            (all.len(), all[0].text.as_str(), all[199].text.as_str()),
            (200, "249", "50")
        );
        assert_eq!(inbox.messages(Some("+861")).len(), 100);
        assert!(inbox.messages(Some("+852")).is_empty());
    }
}
