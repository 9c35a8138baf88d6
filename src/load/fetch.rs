//! Images and sounds of the web, fetched where the user asked for it.

use std::time::Duration;

use ureq::Agent;

use super::pack::{LARGEST, Refusal};

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Fetches files over HTTP and HTTPS.
#[derive(Debug)]
pub struct Fetcher(Agent);

impl Default for Fetcher {
    fn default() -> Self {
        let agent = format!("recto/{}", env!("CARGO_PKG_VERSION"));
        let config = Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(5).user_agent(agent);
        Fetcher(config.build().into())
    }
}

impl Fetcher {
    /// The bytes at an address.
    pub(super) fn fetch(&self, address: &str) -> Result<Vec<u8>, Refusal> {
        let whole = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
        let too_large = || Refusal {
            code: "media-too-large",
            message: format!("`{address}` is larger than 100 MiB"),
            help: "save it smaller beside the note".to_owned(),
        };
        let refused = |error: ureq::Error| match error {
            ureq::Error::BodyExceedsLimit(_) => too_large(),
            error => Refusal {
                code: "media-not-fetched",
                message: format!("`{address}` cannot be fetched: {error}"),
                help: "check the address, or save the file beside the note".to_owned(),
            },
        };
        let mut response = self.0.get(&whole).call().map_err(refused)?;
        // What is announced as too large is not even begun.
        if response.body().content_length().is_some_and(|length| length > LARGEST) {
            return Err(too_large());
        }
        response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(refused)
    }
}
