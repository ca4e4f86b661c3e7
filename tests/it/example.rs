//! The example report in the repository is what the program makes of the example inputs.
//!
//! When lists, weights or the page change, write it anew with `WRITE_EXAMPLE=1 cargo test --test it example`.

use std::path::Path;
use std::process::Command;

use crate::office::ended;

#[test]
fn the_example_report_is_what_its_inputs_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    for (name, audience) in [("report.html", "exempt"), ("report-public.html", "public")] {
        let made = folder.path().join(name);
        let mut screen = Command::new(env!("CARGO_BIN_EXE_wharfinger"));
        screen.current_dir(root).args([
            "screen",
            "examples/spend-2026-10.csv",
            "examples/holdings-2026-09.xlsx",
        ]);
        screen.args(["--policy", "examples/wharfinger.toml", "--as-of", "2026-11-24"]);
        screen.args(["--quiet", "--format", "none", "--audience", audience, "-o"]).arg(&made);
        let ran = ended(&mut screen);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let kept = root.join("examples").join(name);
        if std::env::var_os("WRITE_EXAMPLE").is_some() {
            std::fs::copy(&made, &kept).unwrap();
        }
        let same = std::fs::read(&kept).unwrap_or_default() == std::fs::read(&made).unwrap();
        assert!(
            same,
            "examples/{name} is old: run `WRITE_EXAMPLE=1 cargo test --test it example` and look at it"
        );
    }
}
