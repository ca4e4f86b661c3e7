//! Files over HTTPS: conditional, limited in size and time, through a proxy or from a mirror.
//!
//! Proxies are those of the environment (`HTTPS_PROXY`, `NO_PROXY` and so on). Redirects are followed, never from TLS to plain text.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use ureq::Agent;

use super::UpdateOptions;
use super::memory::Validators;
use crate::error::Hint;

/// No official list is larger than this.
const LIMIT: u64 = 512 << 20;

/// As many redirects as a moved address needs.
const REDIRECTS: u32 = 5;

/// Why a file could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The server says no.
    #[error("`{address}` answers with status {status}")]
    Status {
        /// The address.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// The connection fails, or the answer is cut short or too slow.
    #[error("cannot fetch `{address}`: {cause}")]
    Failed {
        /// The address.
        address: String,
        /// What went wrong.
        cause: String,
    },
    /// The mirror has no such file.
    #[error("the mirror has no `{file}`: {cause}")]
    NotMirrored {
        /// The file looked for.
        file: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl Hint for FetchError {
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Status { status: 404 | 410, .. } => {
                "the file has moved: write its new address into `download` of the list's TOML"
            }
            Self::Status { .. } => "try again later, or download the file in a browser and import it",
            Self::Failed { .. } => {
                "try again, set HTTPS_PROXY, or download the file in a browser and import it"
            }
            Self::NotMirrored { .. } => "put a copy of the official file there, under its own name",
        };
        Some(hint.to_owned())
    }
}

/// What came back.
pub(super) enum Answer {
    /// Nothing new since the validators were given.
    NotModified,
    /// The file.
    File {
        /// Its bytes, whole.
        bytes: Vec<u8>,
        /// For the next conditional request.
        validators: Validators,
    },
}

/// Fetches files, all in the same way.
pub(super) struct Fetcher {
    agent: Agent,
    mirror: Option<String>,
}

impl Fetcher {
    pub(super) fn new(options: &UpdateOptions) -> Self {
        let config = Agent::config_builder()
            .https_only(!options.allow_http)
            .max_redirects(REDIRECTS)
            .http_status_as_error(false)
            .timeout_global(Some(options.timeout))
            .timeout_connect(Some(options.timeout.min(Duration::from_secs(20))))
            .user_agent(concat!("wharfinger/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.new_agent(), mirror: options.mirror.clone() }
    }

    pub(super) fn get(&self, address: &str, validators: Option<&Validators>) -> Result<Answer, FetchError> {
        match &self.mirror {
            Some(mirror) if mirror.starts_with("http://") || mirror.starts_with("https://") => {
                self.request(&format!("{}/{}", mirror.trim_end_matches('/'), file_name(address)), validators)
            }
            Some(folder) => {
                let path = Path::new(folder).join(file_name(address));
                let bytes = std::fs::read(&path)
                    .map_err(|cause| FetchError::NotMirrored { file: path.display().to_string(), cause })?;
                Ok(Answer::File { bytes, validators: Validators::default() })
            }
            None => self.request(address, validators),
        }
    }

    fn request(&self, address: &str, validators: Option<&Validators>) -> Result<Answer, FetchError> {
        let failed = |cause: String| FetchError::Failed { address: address.to_owned(), cause };
        let mut request = self.agent.get(address);
        let known = validators.cloned().unwrap_or_default();
        for (header, value) in [("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified)] {
            if let Some(value) = value {
                request = request.header(header, value);
            }
        }
        let response = request.call().map_err(|error| failed(error.to_string()))?;
        match response.status().as_u16() {
            304 if validators.is_some() => return Ok(Answer::NotModified),
            200 => {}
            status => return Err(FetchError::Status { address: address.to_owned(), status }),
        }
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let validators = Validators { etag: header("etag"), last_modified: header("last-modified") };
        // A length that is promised is the only way to see that a plain text was cut; a packed answer has its own check.
        let promised =
            if header("content-encoding").is_none() { response.body().content_length() } else { None };
        let mut bytes = Vec::new();
        let body = response.into_body().into_with_config().limit(LIMIT).reader();
        let mut body = body.take(LIMIT);
        body.read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
        match promised.filter(|promised| *promised != bytes.len() as u64) {
            Some(promised) => Err(failed(format!("{} of {promised} bytes came", bytes.len()))),
            None => Ok(Answer::File { bytes, validators }),
        }
    }
}

/// The last part of an address, as a mirror calls the file.
fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or(address).trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}
