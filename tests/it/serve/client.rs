//! A server of its own, and requests to it byte by byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

/// A server process, ended when it is dropped.
pub struct Server {
    pub child: Child,
    pub at: SocketAddr,
    _notes: BufReader<ChildStderr>,
}

impl Server {
    pub fn start(graph: &Path, options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diplograph"));
        command.args(["serve", "--bind", "127.0.0.1:0", "--graph"]).arg(graph).args(options);
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a server");
        let mut notes = BufReader::new(child.stderr.take().expect("its notes"));
        let mut line = String::new();
        notes.read_line(&mut line).expect("its first note");
        let at = line.trim().strip_prefix("serving at http://").and_then(|a| a.trim_end_matches('/').parse().ok());
        Self { at: at.unwrap_or_else(|| panic!("no address: {line}")), child, _notes: notes }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.at).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        stream
    }

    /// Sends bytes, and reads until the server closes.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = self.connect();
        _ = stream.write_all(bytes); // the server may close before it has read all
        let mut reply = Vec::new();
        _ = stream.read_to_end(&mut reply);
        Reply::read(&reply)
    }

    pub fn send(&self, start: &str, headers: &[&str], body: &str) -> Reply {
        let mut text = format!("{start} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|h| h.starts_with("Host:")) {
            text += &format!("Host: {}\r\n", self.at);
        }
        headers.iter().for_each(|h| text += &format!("{h}\r\n"));
        if !body.is_empty() {
            text += &format!("Content-Length: {}\r\n", body.len());
        }
        self.raw(format!("{text}\r\n{body}").as_bytes())
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send(&format!("GET {path}"), &[], "")
    }

    pub fn ask(&self, sparql: &str) -> Reply {
        self.send("POST /query", &["Content-Type: application/sparql-query"], sparql)
    }

    /// A number of `/metrics`.
    pub fn metric(&self, name: &str) -> u64 {
        let page = self.get("/metrics").body;
        let line = page.lines().find_map(|l| l.strip_prefix(&format!("diplograph_{name} ")));
        match line {
            Some(number) => number.parse().expect("a number"),
            None if name.contains('{') => 0, // counted from the first on
            None => panic!("no {name} in {page}"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// 0 if the connection was closed without a word.
    pub status: u16,
    /// Lines in small letters.
    pub headers: String,
    pub body: String,
}

impl Reply {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let (first, headers) = head.split_once("\r\n").unwrap_or((head, ""));
        let status = first.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Self { status, headers: headers.to_lowercase(), body: body.to_owned() }
    }

    /// Whether a header begins with, or is a policy that holds, a text.
    pub fn has(&self, header: &str) -> bool {
        let (name, value) = header.split_once(": ").expect("a header");
        let (name, value) = (name.to_lowercase(), value.to_lowercase());
        self.headers.lines().filter_map(|l| l.split_once(": ")).any(|(n, v)| n == name && v.contains(&value))
    }
}

/// The text with what stands between « » percent-encoded.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '«' => inside = true,
            '»' => inside = false,
            c if inside && !c.is_ascii_alphanumeric() => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| out += &format!("%{b:02X}"));
            }
            c => out.push(c),
        }
    }
    out
}
