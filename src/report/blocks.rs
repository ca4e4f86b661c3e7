//! Candidates written side by side, a block each, and put together in their order.

use std::io::{self, Write};

use rayon::prelude::*;

use super::Candidate;

/// Candidates written by one thread at a time: enough that the hand-over does not show.
const BLOCK: usize = 500;

/// Blocks held in memory at a time, whatever the number of candidates.
const AT_ONCE: usize = 16;

/// Writes what `render` makes of each block of candidates, in their order.
///
/// # Errors
/// The first of `render` in the order of the candidates, or that of `out`.
pub(super) fn write(
    candidates: &[Candidate<'_>],
    out: &mut dyn Write,
    render: impl Fn(&[Candidate<'_>], &mut dyn Write) -> io::Result<()> + Sync,
) -> io::Result<()> {
    for some in candidates.chunks(BLOCK * AT_ONCE) {
        let rendered = some.par_chunks(BLOCK).map(|block| {
            let mut bytes = Vec::new();
            render(block, &mut bytes).map(|()| bytes)
        });
        let rendered: Vec<io::Result<Vec<u8>>> = rendered.collect();
        for bytes in rendered {
            out.write_all(&bytes?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Report, ReportOptions, fixture};
    use super::*;

    #[test]
    fn many_blocks_are_written_as_one() {
        let mut screening = fixture::screening();
        let few = screening.findings.clone();
        screening.findings = (0..BLOCK * (AT_ONCE + 1) + 7)
            .zip(few.iter().cycle())
            .map(|(at, finding)| crate::judge::Finding { id: at.to_string(), ..finding.clone() })
            .collect();
        let options = ReportOptions::default();
        let report = Report::new(&screening, &options);
        let mut ids = Vec::new();
        write(&report.candidates, &mut ids, |some, out| {
            some.iter().try_for_each(|candidate| writeln!(out, "{}", candidate.finding.id))
        })
        .unwrap();
        let expected: Vec<&str> = screening.findings.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(String::from_utf8(ids).unwrap().lines().collect::<Vec<_>>(), expected);
        for format in [Format::Csv, Format::Jsonl] {
            let text = String::from_utf8(fixture::bytes(&screening, format, &options)).unwrap();
            let lines = text.lines().count();
            assert_eq!(lines - usize::from(format == Format::Csv), screening.findings.len(), "{format}");
        }
    }

    #[test]
    fn the_first_failure_is_told() {
        let screening = fixture::screening();
        let options = ReportOptions::default();
        let report = Report::new(&screening, &options);
        let failed =
            write(&report.candidates, &mut Vec::new(), |_, _| Err(io::ErrorKind::StorageFull.into()));
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
