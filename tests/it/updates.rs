//! `wharfinger watchlists update` against a server on this machine: slow, cut, wrong, moved and unchanged answers.
#![cfg(feature = "update")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::imports::{gzipped, zipped};
use crate::office::{Office, Ran, ended};

/// What the server does at an address.
#[derive(Clone)]
enum Does {
    /// Sends these bytes with an entity tag, and 304 to whoever has them.
    Serve(Vec<u8>),
    /// Promises more than it sends.
    Cut(Vec<u8>),
    /// Sends the head and then nothing.
    Stall,
    /// Sends a byte now and then, for ever.
    Drip,
    /// Points elsewhere.
    Redirect(String),
    /// Only a status.
    Status(u16),
}

struct Server {
    address: String,
    paths: Arc<Mutex<BTreeMap<String, Does>>>,
    /// First line of each request and the status sent.
    seen: Arc<Mutex<Vec<(String, u16)>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let paths: Arc<Mutex<BTreeMap<String, Does>>> = Arc::default();
        let seen: Arc<Mutex<Vec<(String, u16)>>> = Arc::default();
        let (known, log) = (Arc::clone(&paths), Arc::clone(&seen));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (known, log) = (Arc::clone(&known), Arc::clone(&log));
                thread::spawn(move || answer(&stream, &known, &log));
            }
        });
        Self { address, paths, seen }
    }

    fn at(&self, path: &str, does: Does) {
        self.paths.lock().unwrap().insert(path.to_owned(), does);
    }

    fn statuses(&self) -> Vec<u16> {
        self.seen.lock().unwrap().iter().map(|(_, status)| *status).collect()
    }
}

/// The first line of a request, and the entity tag that it names.
fn request(reader: &mut impl BufRead) -> (String, String) {
    let mut first = String::new();
    let _ = reader.read_line(&mut first);
    let mut tag = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() <= 2 {
            return (first.trim().to_owned(), tag);
        }
        if let Some(found) = line.to_lowercase().strip_prefix("if-none-match: ") {
            found.trim().clone_into(&mut tag);
        }
    }
}

fn answer(stream: &TcpStream, known: &Mutex<BTreeMap<String, Does>>, log: &Mutex<Vec<(String, u16)>>) {
    let mut reader = BufReader::new(stream);
    let (mut first, mut asked) = request(&mut reader);
    let mut out = stream;
    // As a proxy: a tunnel is granted, and the request comes through it.
    if first.starts_with("CONNECT ") {
        log.lock().unwrap().push((first, 200));
        let _ = out.write_all(b"HTTP/1.1 200 Connected\r\n\r\n");
        (first, asked) = request(&mut reader);
    }
    let target = first.split(' ').nth(1).unwrap_or_default();
    let path = target
        .strip_prefix("http://")
        .and_then(|rest| rest.find('/').map(|at| &rest[at..]))
        .unwrap_or(target);
    let does = known.lock().unwrap().get(path).cloned().unwrap_or(Does::Status(404));
    let mut head = |status: u16, more: &str| {
        log.lock().unwrap().push((first.clone(), status));
        let _ = write!(out, "HTTP/1.1 {status} X\r\nConnection: close\r\n{more}\r\n");
    };
    match does {
        Does::Serve(bytes) => {
            let sum =
                bytes.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
            let tag = format!("\"{sum:x}\"");
            if asked == tag {
                return head(304, "");
            }
            head(200, &format!("Content-Length: {}\r\nETag: {tag}\r\n", bytes.len()));
            let _ = out.write_all(&bytes);
        }
        Does::Cut(bytes) => {
            head(200, &format!("Content-Length: {}\r\n", bytes.len() + 100));
            let _ = out.write_all(&bytes);
        }
        Does::Stall => {
            head(200, "Content-Length: 1000\r\n");
            thread::sleep(Duration::from_secs(30));
        }
        Does::Drip => {
            head(200, "Content-Length: 1000\r\n");
            while out.write_all(b"a").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
        }
        Does::Redirect(to) => head(302, &format!("Location: {to}\r\nContent-Length: 0\r\n")),
        Does::Status(status) => head(status, "Content-Length: 0\r\n"),
    }
}

/// A UK list of so many made-up entries.
fn list(entries: usize, day: &str) -> Vec<u8> {
    let rows: String = (0..entries)
        .map(|n| format!("{day},GHR{n:04},KRASTIVA {n} LTD,Entity,The Global Human Rights Sanctions Regulations 2020,Asset freeze,01/10/2025\n"))
        .collect();
    let header =
        "Last Updated,Unique ID,Name 6,Designation Type,Regime Name,Sanctions Imposed,Date Designated";
    format!("Report Date: {day}\n{header}\n{rows}").into_bytes()
}

/// An office whose list `ours` of ten entries came from the server.
fn setup() -> (Office, Server) {
    let (office, server) = (Office::new(), Server::start());
    server.at("/list.csv", Does::Serve(list(10, "01/11/2026")));
    std::fs::create_dir(office.path("lists")).unwrap();
    office.write("lists/ours.csv", "name\nMillbrandt\n");
    office.write(
        "lists/ours.toml",
        &format!(
            "format = \"uk-sanctions\"\ndownload = [\"{}/list.csv\"]\nmax_age_days = 7\n",
            server.address
        ),
    );
    let ran = update(&office, &[], &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    (office, server)
}

fn update(office: &Office, more: &[&str], environment: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wharfinger"));
    command.current_dir(office.folder()).env("CI", "true");
    for name in [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
        "no_proxy",
        "NO_PROXY",
    ] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    command.args(["watchlists", "update", "-o", "lists", "--as-of", "2026-11-24", "--allow-http"]);
    ended(command.args(more))
}

fn entries(office: &Office) -> usize {
    office.read("lists/ours.csv").lines().count() - 1
}

#[test]
fn an_unchanged_list_is_asked_for_and_not_sent_again() {
    let (office, server) = setup();
    let ran = update(&office, &["ours"], &[]);
    assert!(ran.code == 0 && ran.out.contains("nothing new"), "{}{}", ran.out, ran.err);
    assert_eq!(server.statuses(), [200, 304]);
    assert_eq!(entries(&office), 10);
}

#[test]
fn a_newer_list_is_followed_to_its_new_address() {
    let (office, server) = setup();
    server.at("/list.csv", Does::Redirect("/2026/11/list.csv".to_owned()));
    server.at("/2026/11/list.csv", Does::Serve(list(11, "20/11/2026")));
    let ran = update(&office, &[], &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("1 added"), "{}", ran.out);
    assert_eq!((entries(&office), server.statuses()), (11, vec![200, 302, 200]));
    assert_eq!(office.read("lists/ours.csv.old").lines().count(), 11);
    for packed in
        [gzipped(&list(12, "21/11/2026")), zipped(&[("UK-Sanctions-List.csv", &list(13, "22/11/2026"))])]
    {
        server.at("/list.csv", Does::Serve(packed));
        assert_eq!(update(&office, &[], &[]).code, 0);
    }
    assert_eq!(entries(&office), 13);
}

#[test]
fn whatever_else_comes_ends_with_3_and_changes_nothing() {
    let (office, server) = setup();
    let before = office.read("lists/ours.csv");
    let page = b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>".to_vec();
    let whole = list(12, "20/11/2026");
    let bomb = gzipped(&vec![0; 200 << 20]);
    for (does, want) in [
        (Does::Serve(page), "is a web page (`Sign in`)"),
        (Does::Serve(b"<CONSOLIDATED_LIST/>".to_vec()), "looks like the UN Security Council list"),
        (Does::Cut(whole[..whole.len() - 30].to_vec()), "cannot fetch"),
        (Does::Serve(whole[..whole.len() - 30].to_vec()), "is damaged or cut short"),
        (Does::Serve(Vec::new()), "without a single entry"),
        (Does::Serve(bomb), "unpacks to far more than any list has"),
        (Does::Status(503), "answers with status 503"),
        (Does::Status(404), "the file has moved"),
        (Does::Redirect("/list.csv".to_owned()), "cannot fetch"),
        (Does::Redirect("file:///etc/passwd".to_owned()), "/list.csv`"),
        (Does::Serve(list(6, "20/11/2026")), "shrunk by more than 30 %"),
        (Does::Serve(list(12, "01/10/2026")), "before the one that is here"),
        (Does::Serve(list(12, "01/12/2026")), "in the future"),
    ] {
        server.at("/list.csv", does);
        let ran = update(&office, &["--timeout", "20"], &[]);
        assert_eq!(ran.code, 3, "{want}: {}", ran.out);
        assert!(ran.err.contains(want) && ran.err.contains("`ours` was not updated"), "{want}: {}", ran.err);
        assert_eq!(office.read("lists/ours.csv"), before, "{want}");
    }
    server.at("/list.csv", Does::Serve(list(6, "20/11/2026")));
    assert_eq!(update(&office, &["--force"], &[]).code, 0);
    assert_eq!(entries(&office), 6);
}

#[test]
fn a_slow_server_is_left_when_the_time_is_up() {
    let (office, server) = setup();
    for does in [Does::Stall, Does::Drip] {
        server.at("/list.csv", does);
        let start = Instant::now();
        let ran = update(&office, &["--timeout", "1"], &[]);
        assert!(ran.code == 3 && ran.err.contains("cannot fetch"), "{}", ran.err);
        assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    }
    assert_eq!(entries(&office), 10);
}

#[test]
fn a_proxy_of_the_environment_is_used_unless_it_is_excepted() {
    let (office, server) = setup();
    let proxy = Server::start();
    proxy.at("/list.csv", Does::Serve(list(11, "20/11/2026")));
    let ran = update(&office, &[], &[("HTTP_PROXY", &proxy.address), ("ALL_PROXY", &proxy.address)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!((entries(&office), server.statuses().len()), (11, 1), "the publisher was not asked");
    let asked = proxy.seen.lock().unwrap().len();
    assert!(asked > 0);
    server.at("/list.csv", Does::Serve(list(12, "21/11/2026")));
    let excepted =
        [("HTTP_PROXY", proxy.address.as_str()), ("ALL_PROXY", &proxy.address), ("NO_PROXY", "127.0.0.1")];
    assert_eq!(update(&office, &[], &excepted).code, 0);
    assert_eq!((entries(&office), proxy.seen.lock().unwrap().len()), (12, asked));
}

#[test]
fn a_mirror_is_a_folder_or_an_address_and_nothing_else_is_asked() {
    let (office, server) = setup();
    std::fs::create_dir(office.path("mirror")).unwrap();
    let missing = update(&office, &["--mirror", "mirror"], &[]);
    assert!(missing.code == 3 && missing.err.contains("the mirror has no"), "{}", missing.err);
    std::fs::write(office.path("mirror/list.csv"), list(14, "21/11/2026")).unwrap();
    assert_eq!(update(&office, &["--mirror", "mirror"], &[]).code, 0);
    assert_eq!((entries(&office), server.statuses()), (14, vec![200]));
    server.at("/copies/list.csv", Does::Serve(list(15, "22/11/2026")));
    let address = format!("{}/copies/", server.address);
    assert_eq!(update(&office, &["--mirror", &address], &[]).code, 0);
    assert_eq!(entries(&office), 15);
}

#[test]
fn plain_addresses_and_unknown_lists_are_refused() {
    let (office, server) = setup();
    let run =
        |arguments: &[&str]| office.run(&[&["watchlists", "update", "-o", "lists"], arguments].concat());
    let plain = run(&["ours"]);
    assert!(plain.code == 3 && plain.err.contains("cannot fetch"), "{}", plain.err);
    assert_eq!(server.statuses(), [200]);
    let unknown = run(&["nobody"]);
    assert!(unknown.code == 2 && unknown.err.contains("uk-sanctions"), "{}", unknown.err);
    let none = office.run(&["watchlists", "update", "-o", "nowhere"]);
    assert!(none.code == 2 && none.err.contains("name one of"), "{}", none.err);
}

#[test]
fn every_known_address_is_of_its_publisher_and_over_tls() {
    let hosts = [
        ("uk-sanctions", "sanctionslist.fcdo.gov.uk"),
        ("us-ofac-sdn", "sanctionslistservice.ofac.treas.gov"),
        ("us-ofac-consolidated", "sanctionslistservice.ofac.treas.gov"),
        ("un-sc", "scsanctions.un.org"),
        ("us-csl", "data.trade.gov"),
        ("us-uflpa", "www.dhs.gov"),
    ];
    let known = wharfinger::watchlist::update::KNOWN;
    assert_eq!(known.len(), hosts.len());
    for (known, (slug, host)) in known.iter().zip(hosts) {
        assert_eq!(known.slug, slug);
        assert!(
            known.addresses.iter().all(|address| address.starts_with(&format!("https://{host}/"))),
            "{slug}"
        );
    }
}
