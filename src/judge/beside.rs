//! The other entries found for one subject, as far as they can say anything about one of them.

use jiff::civil::Date;

use crate::judge::{Policy, Source};
use crate::record::Subject;

/// The place of an entry: its list, and its index there.
pub(super) type Place = (usize, usize);

/// Of all entries found for one subject, the few that matter to the others.
///
/// The rules only ask whether *any* other entry does something. So one entry of a list stands for all of that list that may
/// support others, since origin and authority are the list's; and of those that show a party, two are enough for each entry
/// to find one that is not itself. What is left is as long as there are lists, where a subject may have a thousand entries.
pub(super) struct Beside<'a>(Vec<(Place, Source<'a>)>);

impl<'a> Beside<'a> {
    /// Looks through all entries found for a subject.
    pub(super) fn of(
        found: impl Iterator<Item = (Place, Source<'a>)>,
        subject: &Subject,
        policy: &Policy,
        as_of: Date,
    ) -> Self {
        let mut telling = Vec::new();
        let mut supporting: Vec<usize> = Vec::new();
        let mut parties: Vec<Place> = Vec::with_capacity(2);
        for (place, source) in found {
            let supports = !supporting.contains(&place.0) && source.may_support(subject, policy, as_of);
            if supports {
                supporting.push(place.0);
            }
            let shows =
                parties.len() < 2 && !parties.contains(&place) && source.shows_a_party(subject, policy);
            if shows {
                parties.push(place);
            }
            if supports || shows {
                telling.push((place, source));
            }
        }
        Self(telling)
    }

    /// Those that are not the entry at this place.
    pub(super) fn others(&self, own: Place) -> impl Iterator<Item = Source<'a>> {
        self.0.iter().filter(move |(place, _)| *place != own).map(|(_, source)| *source)
    }
}
