//! `recto push`, against a server that speaks AnkiConnect's protocol as it is documented.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Telling, pushing, and what goes wrong.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("push: --dry-run tells and changes nothing", dry_run_changes_nothing),
        Trial::test("push: Anki imports the package", anki_imports_the_package),
        Trial::test("push: errors are told", errors_are_told),
    ]
}

/// What Anki was asked, and whether it asks for a key.
#[derive(Default)]
struct State {
    calls: Vec<Value>,
    key: Option<&'static str>,
}

struct Anki {
    url: String,
    state: Arc<Mutex<State>>,
}

impl Anki {
    fn start(key: Option<&'static str>) -> Result<Anki, Failed> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State { key, ..State::default() }));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who hangs up early is no concern of the server's.
                let _ = serve(stream, &shared);
            }
        });
        Ok(Anki { url, state })
    }

    fn actions(&self) -> Vec<String> {
        let state = self.state.lock().expect("no thread has failed");
        state.calls.iter().map(|call| call["action"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let call: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut state = state.lock().expect("no thread has failed");
    let answer = answer(&call, state.key).to_string();
    state.calls.push(call);
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}", answer.len())
}

/// What AnkiConnect answers: it has one note of the file, which has left it.
fn answer(call: &Value, key: Option<&str>) -> Value {
    if key.is_some_and(|key| call["key"] != key) {
        return json!({ "result": null, "error": "valid api key must be provided" });
    }
    let result = match call["action"].as_str() {
        Some("version") => json!(6),
        Some("findNotes") => json!([1_483_959_289_817_i64]),
        Some("notesInfo") => json!([{
            "noteId": 1_483_959_289_817_i64, "modelName": "Recto Basic", "tags": ["recto::question"], "cards": [1],
            "fields": {
                "Front": { "value": "Old?", "order": 0 }, "Id": { "value": "000000000000", "order": 6 },
                "Source": { "value": "note.md:9", "order": 4 },
            },
        }]),
        Some("storeMediaFile") => call["params"]["filename"].clone(),
        Some("importPackage") => json!(true),
        Some("deleteMediaFile") => Value::Null,
        _ => return json!({ "result": null, "error": "unsupported action" }),
    };
    json!({ "result": result, "error": null })
}

fn push(arguments: &[&str]) -> Result<(Option<i32>, String), Failed> {
    let folder = support::temporary()?;
    fs::write(folder.path().join("note.md"), "Q: What is S3?\nA: A store.\n\nQ: What is EMR?\nA: A cluster.\n")?;
    let output = support::run(support::recto(folder.path()).args(["push", "note.md"]).args(arguments))?;
    Ok((output.status.code(), support::printed(&output)))
}

fn dry_run_changes_nothing() -> Outcome {
    let anki = Anki::start(None)?;
    let (code, said) = push(&["--url", &anki.url, "--dry-run"])?;
    let told = ["2 notes would be added", "What is S3?", "0 notes would be updated", "nid:1483959289817"];
    ensure(code == Some(0) && told.iter().all(|words| said.contains(words)), || said)?;
    let actions = anki.actions();
    ensure(actions == ["version", "findNotes", "notesInfo"], || format!("{actions:?}"))
}

fn anki_imports_the_package() -> Outcome {
    let anki = Anki::start(Some("secret"))?;
    let (code, said) = push(&["--url", &anki.url, "--key", "secret"])?;
    ensure(code == Some(0) && said.contains("2 notes added"), || said)?;
    let actions = anki.actions();
    let wanted = ["version", "findNotes", "notesInfo", "storeMediaFile", "importPackage", "deleteMediaFile"];
    ensure(actions == wanted, || format!("{actions:?}"))?;
    let state = anki.state.lock().map_err(|_| "a thread has failed")?;
    let names: Vec<&Value> = state.calls[3..].iter().map(|call| &call["params"]).collect();
    ensure(names[0]["filename"] == names[1]["path"] && names[1]["path"] == names[2]["filename"], || {
        format!("{names:?}")
    })?;
    // A package is an archive, and `PK` in base64 begins so.
    ensure(names[0]["data"].as_str().is_some_and(|data| data.starts_with("UEsDB")), || "no package".to_owned())
}

fn errors_are_told() -> Outcome {
    let anki = Anki::start(Some("secret"))?;
    let (code, said) = push(&["--url", &anki.url])?;
    ensure(code == Some(2) && said.contains("valid api key must be provided"), || said)?;
    let (code, said) = push(&["--url", "http://127.0.0.1:9"])?;
    ensure(code == Some(2) && said.contains("AnkiConnect"), || said)
}
