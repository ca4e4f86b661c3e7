//! The same inputs and the same day give the same bytes, whatever the number of threads.

use std::process::Command;

#[test]
fn the_same_bytes_for_one_two_and_eight_threads() {
    let run = |threads: &str, format: &str| {
        let files = ["examples/spend-2026-10.csv", "examples/holdings-2026-09.xlsx"];
        let output = Command::new(env!("CARGO_BIN_EXE_wharfinger"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args([
                "screen",
                files[0],
                files[1],
                "--as-of",
                "2026-11-24",
                "--format",
                format,
                "--threads",
                threads,
                "--min-score",
                "0.2",
            ])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    for format in ["json", "csv", "table", "md"] {
        let one = run("1", format);
        assert!(!one.is_empty());
        assert!(one == run("2", format) && one == run("8", format), "{format} differs");
    }
}
