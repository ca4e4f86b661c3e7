//! What names a run: the same inputs, lists, policy, options, day and program give the same name.

use std::fmt::Write as _;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::matching::Match;
use crate::screen::Screening;

/// The program's version, which every report carries.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The run's name: the first 16 hexadecimal digits of a hash over all that a result depends on.
///
/// Paths are left out: a file that was moved is the same file.
pub(super) fn id(screening: &Screening) -> String {
    let mut text = format!("wharfinger {VERSION}\nas of {}\n", screening.as_of);
    for input in &screening.inputs {
        let sheet = input.sheet.as_deref().unwrap_or_default();
        let _ = writeln!(text, "input {} {} {sheet:?}", input.sha256, input.kind);
    }
    for list in &screening.lists {
        let _ = writeln!(text, "list {} {}", list.slug, list.sha256);
    }
    let _ = writeln!(text, "policy {}", screening.policy_sha256.as_deref().unwrap_or("none"));
    for (name, value) in &screening.options {
        let _ = writeln!(text, "option {name:?} {value:?}");
    }
    let mut name = hexadecimal(&Sha256::digest(text));
    name.truncate(16);
    name
}

/// Findings put into words by one thread at a time.
const TOGETHER: usize = 1_000;

/// A hash of what was found: equal for two reports of one run, whoever they are for.
pub(super) fn results_sha256(screening: &Screening) -> String {
    let texts = screening.findings.par_chunks(TOGETHER).map(|some| {
        let mut text = String::new();
        for finding in some {
            let decision = finding.decision.as_ref().map_or("none", |decision| decision.outcome.as_str());
            let Match { score, band, .. } = &finding.matched;
            let _ = writeln!(text, "{:?} {} {score} {band} {decision}", finding.id, finding.flag);
        }
        text
    });
    let texts: Vec<String> = texts.collect();
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text);
    }
    hexadecimal(&hash.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_name_of_a_run_follows_what_its_result_rests_on() {
        let screening = fixture::screening();
        let name = id(&screening);
        assert_eq!(name.len(), 16);
        assert_eq!(name, id(&screening.clone()));

        let mut moved = screening.clone();
        moved.inputs[0].path = "elsewhere/payments.csv".to_owned();
        assert_eq!(name, id(&moved));

        let mut later = screening.clone();
        later.as_of = later.as_of.tomorrow().unwrap();
        assert_ne!(name, id(&later));

        let mut edited = screening;
        edited.lists[0].sha256 = "0".repeat(64);
        assert_ne!(name, id(&edited));
    }
}
