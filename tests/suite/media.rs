//! Media of the web: fetched from a server of the test's own where that is asked for, and only then.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where `recto build` is asked to fetch, and where it is not.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("media: nothing is fetched unasked", nothing_is_fetched_unasked),
        Trial::test("media: files of the web are packed on request", files_are_packed_on_request),
    ]
}

/// The beginning of a PNG is enough for all who only look at that.
const IMAGE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A server that has one image, one page and one image that never ends; counts what it is asked for.
struct Server {
    address: String,
    asked: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Result<Server, Failed> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}", listener.local_addr()?);
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                // Who hangs up early is no concern of the server's.
                let _ = answer(stream);
            }
        });
        Ok(Server { address, asked })
    }
}

fn answer(mut stream: std::net::TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let head = |status: &str, length: usize| {
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n")
    };
    match path.split('?').next().unwrap_or_default() {
        "/a%20river.png" => {
            stream.write_all(head("200 OK", IMAGE.len()).as_bytes())?;
            stream.write_all(IMAGE)
        }
        "/page.png" => stream.write_all((head("200 OK", 6) + "<html>").as_bytes()),
        "/huge.png" => stream.write_all(head("200 OK", 200 << 20).as_bytes()),
        _ => stream.write_all(head("404 Not Found", 0).as_bytes()),
    }
}

fn note(server: &Server, folder: &Path) -> Result<(), Failed> {
    let names = ["a%20river.png?width=40", "page.png", "gone.png", "huge.png"];
    let card = |name: &&str| format!("Q: What is {name}?\nA: ![{name}]({}/{name})\n\n", server.address);
    Ok(fs::write(folder.join("note.md"), names.iter().map(card).collect::<String>())?)
}

fn nothing_is_fetched_unasked() -> Outcome {
    let (server, folder) = (Server::start()?, support::temporary()?);
    note(&server, folder.path())?;
    let output = support::run(support::recto(folder.path()).args(["build", "note.md", "-o", "out"]))?;
    ensure(output.status.success(), || support::printed(&output))?;
    let asked = server.asked.load(Ordering::SeqCst);
    ensure(asked == 0, || format!("the server was asked {asked} times"))
}

fn files_are_packed_on_request() -> Outcome {
    let (server, folder) = (Server::start()?, support::temporary()?);
    note(&server, folder.path())?;
    let arguments = ["build", "note.md", "-o", "out", "--fetch-media"];
    let output = support::run(support::recto(folder.path()).args(arguments))?;
    let said = support::printed(&output);
    for finding in ["not-media", "media-not-fetched", "media-too-large"] {
        ensure(said.contains(finding), || format!("no {finding} in\n{said}"))?;
    }
    let csv = fs::read_to_string(folder.path().join("out/note.csv"))?;
    ensure(csv.contains("<img src=\"\"a-river-"), || csv.clone())?;
    ensure(csv.matches("<img").count() == 1, || csv)?;
    let package = fs::read(folder.path().join("out/note.apkg"))?;
    ensure(package.windows(IMAGE.len()).any(|bytes| bytes == IMAGE), || "the image is not packed".to_owned())
}
