//! The words of the reports: one place for how a flag, a band or a sum is said, so that all formats say the same.
//!
//! The words never assert what a person has not confirmed: a finding is a *possible match*, a subject with none
//! has *no candidate on these list versions*.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Report, SECTIONS};
use crate::judge::decision::Fate;
use crate::load::NotScreenedReason;
use crate::record::{Currency, Exposure};
use crate::screen::Screening;
use crate::vocab::{Authority, Band, Flag, Ground, ListingStatus, Proof, State};

/// The heading under which findings of a flag stand.
pub(super) const fn heading(flag: Flag) -> &'static str {
    match flag {
        Flag::LegalCheck => "Ask legal now",
        Flag::Divest => "Candidates for divestment",
        Flag::Exclude => "Candidates for exclusion",
        Flag::Engage => "Investments to engage with",
        Flag::DueDiligence => "Suppliers for due diligence",
        Flag::Monitor => "To monitor",
        Flag::None => "Out of scope, for the record",
    }
}

/// What the heading means, in one sentence.
pub(super) const fn meaning(flag: Flag) -> &'static str {
    match flag {
        Flag::LegalCheck => {
            "UK sanctions or a mandatory debarment may apply: take legal advice before any payment, award or trade."
        }
        Flag::Divest => {
            "Where this leads if the identity is confirmed. No holding should be sold on this report alone."
        }
        Flag::Exclude => {
            "Where this leads if the identity is confirmed. No supplier may be excluded on this report alone."
        }
        Flag::Engage => "If the identity is confirmed, ask the company or the pool before anything else.",
        Flag::DueDiligence => "If the identity is confirmed, enhanced due diligence is the next thing to do.",
        Flag::Monitor => "Nothing to do now but watch.",
        Flag::None => "The ground of the listing is outside the policy's scope.",
    }
}

/// The identity band in words.
pub(super) const fn band(band: Band) -> &'static str {
    match band {
        Band::ConfirmedId => "same identifier",
        Band::Strong => "strong",
        Band::Probable => "probable",
        Band::Possible => "possible",
        Band::Weak => "weak",
        Band::Contradicted => "contradicted",
    }
}

/// The ground of a listing in words.
pub(super) const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::ForcedLabour => "forced labour",
        Ground::StateImposedForcedLabour => "forced labour imposed by a state",
        Ground::DebtBondage => "debt bondage",
        Ground::Trafficking => "trafficking in persons",
        Ground::ChildLabourWorstForms => "worst forms of child labour",
        Ground::LabourMarketOffence => "labour-market offence",
        Ground::FreedomOfAssociation => "freedom of association",
        Ground::ConflictAbuse => "abuse in conflict",
        Ground::SurveillanceRepression => "surveillance and repression",
        Ground::LandIndigenous => "land and indigenous peoples' rights",
        Ground::OtherHumanRights => "other human rights",
        Ground::Environment => "environment",
        Ground::Corruption => "corruption",
        Ground::Weapons => "weapons",
        Ground::TobaccoProduct => "tobacco",
        Ground::Climate => "climate",
        Ground::Tax => "tax",
        Ground::Other => "other",
    }
}

/// Who an authority of this tier is.
pub(super) const fn authority(authority: Authority) -> &'static str {
    match authority {
        Authority::A1 => "binding on UK bodies",
        Authority::A2 => "UK court, order or discretionary debarment",
        Authority::B => "foreign government or development bank",
        Authority::C => "UN or OECD body, or an ethics council with published reasons",
        Authority::D => "another investor's exclusion",
        Authority::E => "NGO, academic, press or benchmark",
        Authority::F => "self-declared or internal",
    }
}

/// How sure the authority had to be, in words.
pub(super) const fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Conviction => "conviction",
        Proof::CourtOrTribunal => "court or tribunal",
        Proof::AdministrativeFinal => "final administrative decision",
        Proof::ReasonableCause => "reasonable cause to believe",
        Proof::SuspicionOrder => "order on suspicion",
        Proof::ReasonedOpinion => "reasoned opinion",
        Proof::Allegation => "allegation",
        Proof::Disclosure => "the party's own disclosure",
        Proof::None => "none stated",
    }
}

/// Whether a listing stands, in words.
pub(super) const fn status(status: ListingStatus) -> &'static str {
    match status {
        ListingStatus::Current => "current",
        ListingStatus::Removed => "removed",
        ListingStatus::Expired => "expired",
        ListingStatus::Suspended => "suspended",
        ListingStatus::UnderAppeal => "under appeal",
        ListingStatus::Relisted => "listed again",
        ListingStatus::Unknown => "status not known",
    }
}

/// What became of a candidate since the last run, in words.
pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Reopened => "reopened",
        State::Changed => "changed",
        State::Standing => "standing",
        State::ExpiredDecision => "decision expired",
        State::Gone => "gone",
    }
}

/// Why rows were not screened, in words.
pub(super) const fn not_screened(reason: NotScreenedReason) -> &'static str {
    match reason {
        NotScreenedReason::Redacted => "name redacted by the publisher",
        NotScreenedReason::Person => "natural person, persons are not screened",
        NotScreenedReason::BlankOrTotal => "blank, total, or no name",
        NotScreenedReason::Rejected => "could not be read",
    }
}

/// `1 candidate`, `1,204 candidates`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(&count.to_string()), if count == 1 { one } else { many })
}

/// The length of a slice as a number that formats take.
pub(super) fn length<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

/// Digits in groups of three: `1234567.5` becomes `1,234,567.5`.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut text = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A sum as people write it: `£1,234.50`, `-£3.00`, `USD 1,234.50`; rounded to hundredths, halves to even.
pub(super) fn money(currency: Currency, amount: Decimal) -> String {
    let rounded = amount.round_dp(2);
    // A sum that rounds to nothing has no sign.
    let number = grouped(&format!("{:.2}", if rounded.is_zero() { Decimal::ZERO } else { rounded }));
    if currency != Currency::GBP {
        return format!("{currency} {number}");
    }
    number.strip_prefix('-').map_or_else(|| format!("£{number}"), |positive| format!("-£{positive}"))
}

/// A sum in a few characters, for a headline: `£1.25m`, `£18,250`, `USD 3.1bn`.
pub(super) fn short_money(currency: Currency, amount: Decimal) -> String {
    let sign = if currency == Currency::GBP { "£".to_owned() } else { format!("{currency} ") };
    let (divisor, unit, places) = match amount.abs().round_dp(0) {
        sum if sum >= Decimal::from(1_000_000_000) => (1_000_000_000, "bn", 2),
        sum if sum >= Decimal::from(1_000_000) => (1_000_000, "m", 2),
        _ => (1, "", 0),
    };
    let short = amount.checked_div(Decimal::from(divisor)).unwrap_or(amount).round_dp(places).normalize();
    let number = grouped(&short.abs().to_string());
    format!("{}{sign}{number}{unit}", if short.is_sign_negative() && !short.is_zero() { "-" } else { "" })
}

/// Every sum of an exposure, sterling first; empty where there is none.
pub(super) fn exposure(exposure: &Exposure) -> String {
    let main = exposure.main();
    let rest = exposure.iter().filter(|sum| Some(*sum) != main);
    main.into_iter().chain(rest).map(|(c, a)| money(c, a)).collect::<Vec<_>>().join(" + ")
}

/// A day as a British reader writes it: `24 November 2026`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// What a subject without a candidate may be told.
pub(super) const NO_CANDIDATE: &str = "no candidate on these list versions";

/// The heading of a run that may not be relied on.
pub(super) const NOT_COMPLETE: &str = "SCREENING NOT COMPLETE";

/// Whom to ask for a correction, in one sentence; where the policy names nobody, the body that made the report.
pub(super) fn corrections(contact: Option<&str>) -> String {
    contact.map_or_else(
        || {
            "Whoever is named here may ask the body that made this report to correct it, and to record a response \
             beside the listing."
                .to_owned()
        },
        |contact| {
            format!(
                "Whoever is named here may ask for a correction, or for a response to be recorded beside the \
                 listing: {contact}"
            )
        },
    )
}

/// What an option of the run is called in a report: its own name, but where a reader would not know it.
pub(super) fn option(name: &str) -> &str {
    match name {
        "min_score" => "lowest score reported",
        "policy.report.min_band" => "weakest identity reported",
        "policy.persons.lawful_basis" => "lawful basis for screening persons",
        "policy.retention.days" => "days that reports are kept",
        other => other,
    }
}

/// What a report is and is not: said in each.
pub(super) const CAUTION: &str = "A candidate is a possible match to a listed name that a named person still has to \
    confirm or dismiss. It says nothing about what a company has done.";

/// The run in one sentence: who was screened, against what, with how many candidates.
pub(super) fn summary(screening: &Screening) -> String {
    let entries: u64 = screening.lists.iter().map(|list| length(&list.entries)).sum();
    format!(
        "{} from {} screened against {} on {} as of {}.",
        counted(length(&screening.subjects), "subject", "subjects"),
        counted(length(&screening.inputs), "file or sheet", "files or sheets"),
        counted(entries, "entry", "entries"),
        counted(length(&screening.lists), "list", "lists"),
        day(screening.as_of),
    )
}

/// The heading of [`changes`].
pub(super) const CHANGES: &str = "Decisions to look at, and candidates that are gone";

/// Earlier decisions that did not simply stand, and candidates of the baseline that are gone, one sentence each.
pub(super) fn changes(screening: &Screening) -> Vec<String> {
    let decisions = screening.decisions.iter().map(|note| {
        let fate = match note.fate {
            Fate::Expired => "Decision expired",
            Fate::Reopened => "Decision reopened",
            Fate::Orphaned => "Decision without an entry",
            Fate::Unused => "Decision not used",
        };
        format!("{fate}: {} / {}. {}", note.subject_name, note.listed_name, note.text)
    });
    let gone = screening.gone.iter().map(|gone| {
        format!(
            "No longer a candidate: {} / {} on {} ({}).",
            gone.subject_name, gone.listed_name, gone.list, gone.flag
        )
    });
    decisions.chain(gone).collect()
}

/// What was found in one sentence: `9 candidates about 7 subjects: 4 for divestment, 5 for due diligence.`
pub(super) fn outcome(report: &Report<'_>) -> String {
    let figures = &report.figures;
    let parts = SECTIONS.iter().filter_map(|flag| {
        let count = figures.flags.get(flag)?.findings;
        let what = match flag {
            Flag::LegalCheck => "to ask legal about",
            Flag::Divest => "for divestment",
            Flag::Exclude => "for exclusion",
            Flag::Engage => "to engage with",
            Flag::DueDiligence => "for due diligence",
            Flag::Monitor => "to monitor",
            Flag::None => "out of scope",
        };
        Some(format!("{} {what}", grouped(&count.to_string())))
    });
    format!(
        "{} about {}: {}.",
        counted(figures.all.findings, "candidate", "candidates"),
        counted(figures.all.subjects(), "subject", "subjects"),
        parts.collect::<Vec<_>>().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_short() {
        for (amount, shown) in [
            ("1250000", "£1.25m"),
            ("18250.40", "£18,250"),
            ("3100000000", "£3.1bn"),
            ("-12", "-£12"),
            ("999999.9", "£1m"),
            ("0", "£0"),
        ] {
            assert_eq!(short_money(Currency::GBP, amount.parse().unwrap()), shown);
        }
    }

    #[test]
    fn sums_read_as_money() {
        for (amount, shown) in [
            ("0", "£0.00"),
            ("999", "£999.00"),
            ("1234567.895", "£1,234,567.90"),
            ("-1000", "-£1,000.00"),
            ("-0.001", "£0.00"),
        ] {
            assert_eq!(money(Currency::GBP, amount.parse().unwrap()), shown);
        }
        assert_eq!(money(Currency::parse("usd").unwrap(), "12".parse().unwrap()), "USD 12.00");
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(counted(12_345, "row", "rows"), "12,345 rows");
    }
}
