//! AnkiConnect's protocol: each call is a JSON object with an action, posted to one address; the
//! answer has a result or an error.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use ureq::Agent;

/// The version of the protocol that is spoken.
const VERSION: u64 = 6;

/// How long Anki may take for one call; importing a large deck takes a while.
const PATIENCE: Duration = Duration::from_mins(5);

/// The largest answer that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// How many notes are asked for at once.
const AT_ONCE: usize = 500;

/// A note that Anki has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Its id in the collection.
    pub(super) note: u64,
    /// Its fields by their names.
    pub(super) fields: BTreeMap<String, String>,
    /// Its tags, sorted.
    pub(super) tags: Vec<String>,
}

/// A running Anki.
pub(super) struct Anki<'a> {
    agent: Agent,
    url: &'a str,
    key: Option<&'a str>,
}

impl<'a> Anki<'a> {
    pub(super) fn new(url: &'a str, key: Option<&'a str>) -> Anki<'a> {
        let config = Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).proxy(None);
        Anki { agent: config.build().into(), url, key }
    }

    /// Sees whether anybody listens who speaks our version.
    pub(super) fn greet(&self) -> Result<(), String> {
        match self.call("version", &json!({}))?.as_u64() {
            Some(version) if version >= VERSION => Ok(()),
            _ => Err("it speaks an older version of the protocol; update the add-on".to_owned()),
        }
    }

    /// All notes that recto made.
    pub(super) fn notes(&self) -> Result<Vec<Known>, String> {
        let found = self.call("findNotes", &json!({ "query": "\"note:Recto *\"" }))?;
        let ids: Vec<u64> = found.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        let mut known = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            let infos = self.call("notesInfo", &json!({ "notes": some }))?;
            known.extend(infos.as_array().into_iter().flatten().filter_map(note));
        }
        Ok(known)
    }

    /// Lets Anki import a package.
    pub(super) fn import(&self, name: &str, package: &[u8]) -> Result<(), String> {
        let data = BASE64_STANDARD.encode(package);
        self.call("storeMediaFile", &json!({ "filename": name, "data": data, "deleteExisting": true }))?;
        let imported = self.call("importPackage", &json!({ "path": name }));
        // The parcel goes whether or not it was taken; what is said of the import matters more.
        let removed = self.call("deleteMediaFile", &json!({ "filename": name }));
        match imported? {
            Value::Bool(true) => removed.map(drop),
            _ => Err("it did not import the package".to_owned()),
        }
    }

    fn call(&self, action: &str, params: &Value) -> Result<Value, String> {
        let mut body = json!({ "action": action, "version": VERSION, "params": params });
        if let Some(key) = self.key {
            body["key"] = key.into();
        }
        let sent = self.agent.post(self.url).header("content-type", "application/json").send(body.to_string());
        let mut response = sent.map_err(|error| format!("{action}: {error}"))?;
        let text = response.body_mut().with_config().limit(LARGEST).read_to_string();
        let text = text.map_err(|error| format!("{action}: {error}"))?;
        let answer: Value = serde_json::from_str(&text).map_err(|_| format!("{action}: it does not answer in JSON"))?;
        match answer.get("error") {
            Some(Value::String(error)) => Err(format!("{action}: {error}")),
            _ => Ok(answer.get("result").cloned().unwrap_or_default()),
        }
    }
}

fn note(info: &Value) -> Option<Known> {
    let value = |field: &Value| field["value"].as_str().unwrap_or_default().to_owned();
    let fields = info["fields"].as_object()?.iter().map(|(name, field)| (name.clone(), value(field))).collect();
    let mut tags: Vec<String> = info["tags"].as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    tags.sort();
    Some(Known { note: info["noteId"].as_u64()?, fields, tags })
}
