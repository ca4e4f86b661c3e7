//! The words of a report explained, for readers who meet them for the first time: HTML and Excel end with these.

/// Each term with its meaning, in the order of the alphabet.
pub(super) const GLOSSARY: &[(&str, &str)] = &[
    (
        "Alias",
        "Another name of a listed entity. A weak alias is too common to stand alone and needs a second agreeing fact.",
    ),
    ("Authority", "Who says so, from A1 (binding on UK bodies) to F (self-declared or internal)."),
    ("Candidate", "A possible match of one of our parties to a listed name, waiting for a person to decide."),
    (
        "Connected person",
        "Directors, parent and subsidiary companies, persons with significant control and predecessors of a supplier (Procurement Act 2023).",
    ),
    (
        "Contradicted",
        "The names would do, but another fact disagrees: a register number, the country, a number in the name.",
    ),
    (
        "Debarment",
        "The central list of excluded and excludable suppliers (Procurement Act 2023, section 62).",
    ),
    (
        "Divestment",
        "Selling a holding for stated reasons. It needs proper advice, and for reasons that are not financial the two tests of the pension scheme.",
    ),
    (
        "Due diligence",
        "Finding, preventing, reducing and accounting for harm to people in operations and supply chains.",
    ),
    ("Engagement", "Structured dialogue with a company, with aims and a deadline."),
    (
        "Exclusion",
        "Leaving a supplier out of a procurement. Needs a statutory ground, a chance for the supplier to answer, and notice.",
    ),
    ("Exempt", "The part of a report that is not published (Local Government Act 1972, Schedule 12A)."),
    ("Exposure", "What was paid to a party or is held in it, in pounds unless another currency is named."),
    ("Ground", "What a listing is for, such as forced labour."),
    (
        "Identity band",
        "How well the identity is supported: same identifier, strong, probable, possible, weak, or contradicted.",
    ),
    ("LGPS", "Local Government Pension Scheme. Below the strategy, its pool company decides on investments."),
    ("List version", "A list as of one day. No candidate on these versions is not clearance."),
    ("Listed name", "The name as the list writes it."),
    ("Modern slavery", "Slavery, servitude, forced or compulsory labour, and human trafficking."),
    (
        "Next step",
        "What to do now, with what is known now; the flag says where it leads if the identity is confirmed.",
    ),
    (
        "Not screened",
        "Rows that could not be compared with the lists at all. Different from having no candidate.",
    ),
    ("Proof", "How sure the authority had to be, from a conviction to an allegation."),
    ("Review by", "The last day on which a decision stands."),
    ("Score", "How alike the two names are, from 0 to 1. It measures identity, never conduct."),
    (
        "Self-cleaning",
        "A supplier shows that the problem has been put right (Procurement Act 2023, section 58).",
    ),
    (
        "State",
        "What became of a candidate since the last run: new, changed, reopened, standing, or its decision expired.",
    ),
    ("Subject", "A party of ours as screened: rows that are certainly one party, taken together."),
    ("Watchlist", "Any list that our parties are compared with."),
];

#[cfg(test)]
mod tests {
    use super::GLOSSARY;

    #[test]
    fn terms_are_sorted_and_explained() {
        assert!(GLOSSARY.windows(2).all(|pair| pair[0].0.to_lowercase() < pair[1].0.to_lowercase()));
        assert!(GLOSSARY.iter().all(|(_, meaning)| meaning.ends_with('.')));
    }
}
