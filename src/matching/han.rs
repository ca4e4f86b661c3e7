//! Chinese names against Chinese names, as characters.

use crate::normalise::latinise::HanCore;

/// What two Chinese names say, in log-odds; `None` where their names proper share no two neighbouring characters (or are not one
/// character that is the same).
pub(crate) fn weigh(subject: &HanCore, entry: &HanCore) -> Option<f64> {
    let (ours, theirs) = (&subject.core, &entry.core);
    // Of a name that is nothing but a legal form no character is left: that is no name in common.
    if ours.is_empty() || theirs.is_empty() {
        return None;
    }
    let shared = shared(ours, theirs);
    if !share_neighbours(ours, theirs) {
        return None;
    }
    let places = place_cost(subject, entry);
    if subject.whole == entry.whole {
        return Some(4.0);
    }
    if ours == theirs {
        return Some(3.0 + places);
    }
    let (short, long) =
        (ours.chars().count().min(theirs.chars().count()), ours.chars().count().max(theirs.chars().count()));
    // The name proper decides: one other character in it is another company.
    let same_own = !subject.own.is_empty() && subject.own == entry.own;
    let contained = short >= 2 && (ours.contains(theirs.as_str()) || theirs.contains(ours.as_str()));
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let alike = shared as f64 / long as f64;
    let base = if contained {
        0.5
    } else if same_own {
        0.0
    } else {
        -4.0
    };
    Some(base + 1.5 * alike + places)
}

/// Both name a place and none is the same: two companies of one name in two towns.
fn place_cost(subject: &HanCore, entry: &HanCore) -> f64 {
    let any_same = subject.places.iter().any(|place| entry.places.contains(place));
    match (subject.places.is_empty(), entry.places.is_empty()) {
        (false, false) if !any_same => -2.5,
        (true, true) | (false, false) => 0.0,
        _ => -0.3,
    }
}

/// The length of the longest common subsequence of characters.
fn shared(a: &str, b: &str) -> usize {
    let indel = rapidfuzz::distance::indel::distance(a.chars(), b.chars());
    (a.chars().count() + b.chars().count() - indel) / 2
}

fn share_neighbours(ours: &str, theirs: &str) -> bool {
    if ours == theirs {
        return true;
    }
    let (ours, theirs): (Vec<char>, Vec<char>) = (ours.chars().collect(), theirs.chars().collect());
    ours.windows(2).any(|pair| theirs.windows(2).any(|other| other == pair))
}

#[cfg(test)]
mod tests {
    use crate::normalise::latinise::han_core;

    fn weigh(subject: &str, entry: &str) -> Option<f64> {
        super::weigh(&han_core(subject).unwrap(), &han_core(entry).unwrap())
    }

    #[test]
    fn a_bare_legal_form_is_no_name_in_common() {
        for (subject, entry) in
            [("有限公司", "有限公司"), ("有限公司", "股份有限公司"), ("梅罗比有限公司", "有限公司")]
        {
            assert_eq!(weigh(subject, entry), None, "{subject}, {entry}");
        }
        assert_eq!(weigh("梅罗比有限公司", "梅罗比股份有限公司"), Some(4.0));
    }
}
