//! A mail server: EHLO, AUTH PLAIN, MAIL, RCPT, DATA.

use std::sync::{Arc, Mutex};

use base64ct::{Base64, Encoding as _};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Who may sign in.
pub const MAIL_USER: &str = "hulian";
/// With this.
pub const MAIL_PASSWORD: &str = "fAkE-mAiL-pAsSwOrD";

/// The server.
pub struct FakeMail {
    /// Its port on 127.0.0.1.
    pub port: u16,
    inside: Arc<Inside>,
}

#[derive(Default)]
struct Inside {
    letters: Mutex<Vec<String>>,
    heard: Mutex<String>,
}

impl FakeMail {
    /// Starts it; it offers no TLS.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let inside = Arc::new(Inside::default());
        let shared = Arc::clone(&inside);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inside = Arc::clone(&shared);
                tokio::spawn(async move { talk(stream, &inside).await });
            }
        });
        Self { port, inside }
    }

    /// The letters that were taken, with their headers.
    pub fn letters(&self) -> Vec<String> {
        self.inside.letters.lock().expect("no panic before").clone()
    }

    /// All commands that anybody sent.
    pub fn heard(&self) -> String {
        self.inside.heard.lock().expect("no panic before").clone()
    }
}

async fn talk(stream: TcpStream, inside: &Inside) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.fake.example ESMTP\r\n").await?;
    let mut signed_in = false;
    while let Some(line) = lines.next_line().await? {
        inside
            .heard
            .lock()
            .expect("no panic before")
            .push_str(&line);
        let plain = Base64::encode_string(format!("\0{MAIL_USER}\0{MAIL_PASSWORD}").as_bytes());
        let word = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" => "250-mail.fake.example\r\n250 AUTH PLAIN",
            "AUTH" if line == format!("AUTH PLAIN {plain}") => {
                signed_in = true;
                "235 welcome"
            }
            "AUTH" => "535 wrong user or password",
            "MAIL" | "RCPT" | "DATA" if !signed_in => "530 sign in first",
            "RCPT" if line.contains("<nobody@") => "550 nobody here of that name",
            "RCPT" if line.contains("<full@") => "452 the box is full",
            "MAIL" | "RCPT" => "250 fine",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    letter.push_str(&line);
                    letter.push('\n');
                }
                inside.letters.lock().expect("no panic before").push(letter);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "502 not here",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
