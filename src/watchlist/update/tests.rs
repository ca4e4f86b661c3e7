//! Against a server of our own on this machine: slow, cut, wrong, redirected and unchanged answers.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::*;

/// What the server does at a path.
#[derive(Clone)]
enum Does {
    /// Answers with these bytes, an etag, and 304 where it is asked for that etag.
    Serve(Vec<u8>),
    /// Promises more bytes than it sends.
    Cut(Vec<u8>),
    /// Sends the head, then nothing.
    Stall,
    /// Points to another path.
    Redirect(&'static str),
    /// Answers with a status.
    Status(u16),
}

/// A server for one test.
struct Server {
    address: String,
    paths: Arc<Mutex<BTreeMap<String, Does>>>,
    /// Statuses sent, in order.
    sent: Arc<Mutex<Vec<u16>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let paths: Arc<Mutex<BTreeMap<String, Does>>> = Arc::default();
        let sent: Arc<Mutex<Vec<u16>>> = Arc::default();
        let (known, log) = (Arc::clone(&paths), Arc::clone(&sent));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (known, log) = (Arc::clone(&known), Arc::clone(&log));
                thread::spawn(move || answer(&stream, &known, &log));
            }
        });
        Self { address, paths, sent }
    }

    fn at(&self, path: &str, does: Does) {
        self.paths.lock().unwrap().insert(path.to_owned(), does);
    }
}

fn answer(stream: &TcpStream, known: &Mutex<BTreeMap<String, Does>>, log: &Mutex<Vec<u16>>) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    let _ = reader.read_line(&mut first);
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut asked = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() <= 2 {
            break;
        }
        if let Some(tag) = line.to_lowercase().strip_prefix("if-none-match: ") {
            asked = tag.trim().to_owned();
        }
    }
    let does = known.lock().unwrap().get(&path).cloned().unwrap_or(Does::Status(404));
    let mut out = stream;
    let mut head = |status: u16, more: &str| {
        log.lock().unwrap().push(status);
        let _ = write!(out, "HTTP/1.1 {status} X\r\nConnection: close\r\n{more}\r\n");
    };
    match does {
        Does::Serve(bytes) => {
            let tag = format!(
                "\"{:x}\"",
                bytes.iter().fold(7_u64, |sum, b| sum.wrapping_mul(31).wrapping_add(u64::from(*b)))
            );
            if asked == tag {
                head(304, "");
                return;
            }
            head(200, &format!("Content-Length: {}\r\nETag: {tag}\r\n", bytes.len()));
            let _ = stream.try_clone().unwrap().write_all(&bytes);
        }
        Does::Cut(bytes) => {
            head(200, &format!("Content-Length: {}\r\n", bytes.len() + 100));
            let _ = stream.try_clone().unwrap().write_all(&bytes);
        }
        Does::Stall => {
            head(200, "Content-Length: 1000\r\n");
            thread::sleep(Duration::from_secs(20));
        }
        Does::Redirect(to) => head(302, &format!("Location: {to}\r\nContent-Length: 0\r\n")),
        Does::Status(status) => head(status, "Content-Length: 0\r\n"),
    }
}

/// A list of so many entries, dated.
fn list_file(entries: usize, day: &str) -> Vec<u8> {
    let row = |n| {
        format!(
            "{day},GHR{n:04},{n},,KRASTIVA {n} LTD,Entity,The Global Human Rights Sanctions Regulations 2020,Asset freeze,01/10/2025"
        )
    };
    let rows = (0..entries).map(row).collect::<Vec<_>>().join("\n");
    let header = "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Designation Type,Regime Name,Sanctions Imposed,Date Designated";
    format!("Report Date: {day}\n{header}\n{rows}\n").into_bytes()
}

struct Setup {
    server: Server,
    folder: tempfile::TempDir,
    options: UpdateOptions,
}

/// A folder with a list of ten entries whose official file is on the server.
fn setup() -> Setup {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let mut options = UpdateOptions::new(folder.path().to_owned(), jiff::civil::date(2026, 11, 24));
    options.allow_http = true;
    options.timeout = Duration::from_secs(3);
    server.at("/list.csv", Does::Serve(list_file(10, "01/11/2026")));
    let toml = format!(
        "format = \"uk-sanctions\"\ndownload = [\"{}/list.csv\"]\ncritical = true\nmax_age_days = 7\n",
        server.address
    );
    std::fs::write(folder.path().join("ours.csv"), "name\nMillbrandt\n").unwrap();
    std::fs::write(folder.path().join("ours.toml"), toml).unwrap();
    assert!(matches!(update("ours", &options), Ok(Outcome::Updated { .. })));
    Setup { server, folder, options }
}

fn entries(setup: &Setup) -> usize {
    super::super::load(&setup.folder.path().join("ours.csv")).unwrap()[0].entries.len()
}

fn refusal(setup: &Setup) -> String {
    let error = update("ours", &setup.options).unwrap_err();
    assert!(error.hint().is_some());
    assert_eq!(entries(setup), 10, "the old list stays");
    error.to_string()
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let setup = setup();
    assert_eq!(update("ours", &setup.options).unwrap(), Outcome::Unchanged);
    assert_eq!(*setup.server.sent.lock().unwrap(), [200, 304]);
    assert_eq!(entries(&setup), 10);
}

#[test]
fn a_newer_file_takes_the_place_and_the_old_one_is_kept() {
    let setup = setup();
    setup.server.at("/list.csv", Does::Redirect("/moved.csv"));
    setup.server.at("/moved.csv", Does::Serve(list_file(11, "20/11/2026")));
    let Ok(Outcome::Updated { changes: Some(changes), .. }) = update("ours", &setup.options) else {
        panic!()
    };
    assert_eq!((changes.added.len(), changes.removed.len()), (1, 0));
    assert_eq!(entries(&setup), 11);
    let old = std::fs::read_to_string(setup.folder.path().join("ours.csv.old")).unwrap();
    assert_eq!(old.lines().count(), 11, "header and ten entries");
    let facts = super::super::load(&setup.folder.path().join("ours.csv")).unwrap().remove(0).facts;
    // What was set by hand stays set, and so does the address.
    assert_eq!((facts.critical, facts.max_age_days, facts.download.len()), (true, Some(7), 1));
    assert_eq!(facts.published_on.as_deref(), Some("2026-11-20"));
}

#[test]
fn wrong_answers_change_nothing() {
    let setup = setup();
    let page = b"<!DOCTYPE html><html><head><title>Sorry</title></head></html>".to_vec();
    let whole = list_file(12, "20/11/2026");
    for (does, want) in [
        (Does::Serve(page), "is a web page (`Sorry`)"),
        (Does::Cut(whole[..whole.len() - 40].to_vec()), "cannot fetch"),
        (Does::Serve(whole[..whole.len() - 40].to_vec()), "is damaged or cut short"),
        (Does::Serve(Vec::new()), "without a single entry"),
        (Does::Status(503), "answers with status 503"),
        (Does::Status(404), "answers with status 404"),
        (Does::Stall, "cannot fetch"),
        (Does::Redirect("/list.csv"), "cannot fetch"),
        (Does::Serve(list_file(3, "20/11/2026")), "shrunk by more than 30 %"),
        (Does::Serve(list_file(12, "01/10/2026")), "before the one that is here"),
        (Does::Serve(list_file(12, "01/12/2026")), "in the future"),
    ] {
        setup.server.at("/list.csv", does);
        let message = refusal(&setup);
        assert!(message.contains(want), "{message}");
    }
    setup.server.at("/list.csv", Does::Serve(list_file(3, "20/11/2026")));
    let options = UpdateOptions { force: true, ..setup.options.clone() };
    assert!(matches!(update("ours", &options), Ok(Outcome::Updated { .. })));
    assert_eq!(entries(&setup), 3);
}

#[test]
fn without_tls_nothing_is_fetched_unless_allowed() {
    let setup = setup();
    let options = UpdateOptions { allow_http: false, ..setup.options.clone() };
    assert!(update("ours", &options).unwrap_err().to_string().contains("cannot fetch"));
}

#[test]
fn a_mirror_is_asked_instead_of_the_publisher() {
    let setup = setup();
    let copies = tempfile::tempdir().unwrap();
    let mut options =
        UpdateOptions { mirror: Some(copies.path().display().to_string()), ..setup.options.clone() };
    assert!(update("ours", &options).unwrap_err().to_string().starts_with("the mirror has no"));
    std::fs::write(copies.path().join("list.csv"), list_file(14, "21/11/2026")).unwrap();
    assert!(matches!(update("ours", &options), Ok(Outcome::Updated { .. })));
    assert_eq!(entries(&setup), 14);
    setup.server.at("/copies/list.csv", Does::Serve(list_file(15, "22/11/2026")));
    options.mirror = Some(format!("{}/copies/", setup.server.address));
    assert!(matches!(update("ours", &options), Ok(Outcome::Updated { .. })));
    assert_eq!(entries(&setup), 15);
}

#[test]
fn a_list_without_an_address_is_said() {
    let setup = setup();
    let error = update("nobody", &setup.options).unwrap_err();
    assert_eq!(error.to_string(), "it is not known where the official file of `nobody` is");
    assert!(error.hint().unwrap().contains("uk-sanctions"));
}
