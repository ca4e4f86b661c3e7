//! The field's own words: every enumeration that a list, a policy or a report may carry.
//!
//! The values and their spelling are those of `docs/glossary.md`; a list, a policy
//! file and a report all use the same word for the same thing. Each enumeration knows all its values
//! ([`Ground::ALL`] and so on), prints as its word and parses from it; an unknown word is an [`UnknownWord`]
//! that names the nearest known one.

use std::fmt;

/// A word that is not in the vocabulary it was read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not {} {vocabulary}; {}", article(vocabulary), advice(nearest.as_deref(), known))]
pub struct UnknownWord {
    /// The word as found.
    pub found: String,
    /// What it was read as: `ground`, `authority` and so on.
    pub vocabulary: &'static str,
    /// The known word that is closest in spelling, if any is close.
    pub nearest: Option<String>,
    /// Every word of the vocabulary, in order.
    pub known: Vec<&'static str>,
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn advice(nearest: Option<&str>, known: &[&'static str]) -> String {
    nearest.map_or_else(|| format!("known: {}", known.join(", ")), |word| format!("did you mean `{word}`?"))
}

/// The known word that is most like `found`, if it is alike enough to be what was meant.
pub fn nearest_word<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Two edits in five letters: catches a typo and a dropped letter, not another word.
    let budget = (found.chars().count() * 2 / 5).max(1);
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(found, word), word))
        .filter(|(distance, _)| *distance <= budget)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

macro_rules! vocabulary {
    ($(#[$meta:meta])* $vis:vis enum $name:ident as $label:literal {
        $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of the glossary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as files and reports spell it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let found = text.trim();
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str().eq_ignore_ascii_case(found))
                    .ok_or_else(|| {
                        let known: Vec<&'static str> = Self::ALL.iter().map(|v| v.as_str()).collect();
                        UnknownWord {
                            found: found.to_owned(),
                            vocabulary: $label,
                            nearest: nearest_word(&found.to_lowercase(), known.iter().copied()).map(str::to_owned),
                            known,
                        }
                    })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

vocabulary! {
    /// What a listing is for.
    pub enum Ground as "ground" {
        /// Work exacted under menace of penalty, not offered voluntarily (ILO Convention 29, article 2).
        ForcedLabour = "forced_labour",
        /// Forced labour imposed by a state, as UFLPA and ILO Convention 105 have it.
        StateImposedForcedLabour = "state_imposed_forced_labour",
        /// Labour held by a debt.
        DebtBondage = "debt_bondage",
        /// Trafficking in persons.
        Trafficking = "trafficking",
        /// The worst forms of child labour (ILO Convention 182).
        ChildLabourWorstForms = "child_labour_worst_forms",
        /// A labour-market offence short of the above.
        LabourMarketOffence = "labour_market_offence",
        /// Denial of freedom of association.
        FreedomOfAssociation = "freedom_of_association",
        /// Abuse in war or occupation.
        ConflictAbuse = "conflict_abuse",
        /// Surveillance or repression.
        SurveillanceRepression = "surveillance_repression",
        /// Land rights or the rights of indigenous peoples.
        LandIndigenous = "land_indigenous",
        /// Another human-rights ground.
        OtherHumanRights = "other_human_rights",
        /// Environment: out of scope unless the policy says otherwise.
        Environment = "environment",
        /// Corruption: out of scope unless the policy says otherwise.
        Corruption = "corruption",
        /// Weapons: out of scope unless the policy says otherwise.
        Weapons = "weapons",
        /// Tobacco as a product: out of scope unless the policy says otherwise.
        TobaccoProduct = "tobacco_product",
        /// Climate: out of scope unless the policy says otherwise.
        Climate = "climate",
        /// Tax: out of scope unless the policy says otherwise.
        Tax = "tax",
        /// Anything else: out of scope unless the policy says otherwise.
        Other = "other",
    }
}

impl Ground {
    /// Whether the ground is about people's rights, and so in scope without a word from the policy.
    pub const fn is_human_rights(self) -> bool {
        !matches!(
            self,
            Self::Environment
                | Self::Corruption
                | Self::Weapons
                | Self::TobaccoProduct
                | Self::Climate
                | Self::Tax
                | Self::Other
        )
    }
}

vocabulary! {
    /// Who says so, from what binds a UK body to what merely informs it.
    pub enum Authority as "authority" {
        /// Binding on a UK body: sanctions, mandatory debarment.
        A1 = "A1",
        /// A UK court, order or conviction; discretionary debarment.
        A2 = "A2",
        /// A foreign government's or a development bank's determination.
        B = "B",
        /// A UN or OECD body, or a formal ethics council with published reasons.
        C = "C",
        /// Another investor's exclusion.
        D = "D",
        /// NGO, academic, press or benchmark.
        E = "E",
        /// Self-declared, internal, or the absence of a statement.
        F = "F",
    }
}

vocabulary! {
    /// How sure the authority had to be.
    pub enum Proof as "proof" {
        /// A conviction.
        Conviction = "conviction",
        /// A court or tribunal.
        CourtOrTribunal = "court_or_tribunal",
        /// A final administrative decision.
        AdministrativeFinal = "administrative_final",
        /// Reasonable cause to believe: a low bar.
        ReasonableCause = "reasonable_cause",
        /// An order on suspicion.
        SuspicionOrder = "suspicion_order",
        /// A reasoned, published opinion.
        ReasonedOpinion = "reasoned_opinion",
        /// An allegation.
        Allegation = "allegation",
        /// The party's own disclosure.
        Disclosure = "disclosure",
        /// None.
        None = "none",
    }
}

vocabulary! {
    /// Whether a listing stands.
    pub enum ListingStatus as "listing status" {
        /// On the list.
        Current = "current",
        /// Taken off.
        Removed = "removed",
        /// Ran out.
        Expired = "expired",
        /// Suspended.
        Suspended = "suspended",
        /// Under appeal.
        UnderAppeal = "under_appeal",
        /// Taken off and put on again.
        Relisted = "relisted",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What sort of thing a name belongs to.
    pub enum EntityKind as "kind" {
        /// A company, body or unit.
        Organisation = "organisation",
        /// A natural person.
        Person = "person",
        /// A ship or aircraft.
        Vessel = "vessel",
        /// A country, region or place: never a company.
        Region = "region",
        /// A product or crop: never a company.
        Product = "product",
    }
}

vocabulary! {
    /// How far a listing reaches beyond the named entity.
    pub enum Scope as "scope" {
        /// The named entity alone.
        Named = "",
        /// "and its subsidiaries".
        AndSubsidiaries = "and_subsidiaries",
    }
}

vocabulary! {
    /// Who is harmed, where the source says so.
    pub enum Affected as "affected group" {
        /// Workers.
        Workers = "workers",
        /// Women and girls.
        WomenAndGirls = "women_and_girls",
        /// Children.
        Children = "children",
        /// Migrants.
        Migrants = "migrants",
        /// Minorities.
        Minorities = "minorities",
        /// Indigenous peoples.
        IndigenousPeoples = "indigenous_peoples",
        /// Communities.
        Communities = "communities",
    }
}

vocabulary! {
    /// How the subject stands to the listed entity.
    pub enum Relation as "relation" {
        /// The same party.
        Same = "same",
        /// The subject's parent is listed.
        Parent = "parent",
        /// The subject looks like a subsidiary or branch of the listed entity.
        Subsidiary = "subsidiary",
        /// Both share a brand or parent.
        Sister = "sister",
        /// The listing says "and subsidiaries".
        NamedScope = "named_scope",
        /// A site or brand.
        SiteOrBrand = "site_or_brand",
        /// A director.
        Director = "director",
        /// A predecessor.
        Predecessor = "predecessor",
        /// A product or region entry.
        ProductOrRegion = "product_or_region",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How well the identity is supported, strongest first.
    pub enum Band as "identity band" {
        /// An identifier is equal and nothing contradicts.
        ConfirmedId = "confirmed_id",
        /// The core name agrees, with distinctive words, and a second fact agrees.
        Strong = "strong",
        /// The core name agrees and nothing contradicts.
        Probable = "probable",
        /// The most distinctive words agree.
        Possible = "possible",
        /// Kept for the certificate only.
        Weak = "weak",
        /// Would be possible or better, but a fact disagrees.
        Contradicted = "contradicted",
    }
}

vocabulary! {
    /// A fact that disagrees.
    pub enum Contradiction as "contradiction" {
        /// Different company numbers of one register.
        CompanyNumber = "company_number",
        /// Different LEIs or ISINs.
        LeiOrIsin = "lei_or_isin",
        /// Different countries.
        Country = "country",
        /// Different numbers in the names.
        NameNumber = "name_number",
        /// One is a company, the other a person, vessel or region.
        EntityType = "entity_type",
        /// The subject was formed after the event.
        FormedAfterEvent = "formed_after_event",
        /// The listing ended before the relationship.
        EndedBeforeRelationship = "ended_before_relationship",
    }
}

vocabulary! {
    /// What a named person decided.
    pub enum Outcome as "outcome" {
        /// Not the listed entity.
        NotSame = "not_same",
        /// The listed entity.
        Same = "same",
        /// Cannot tell.
        CannotTell = "cannot_tell",
        /// Passed on.
        Refer = "refer",
        /// Out of scope.
        OutOfScope = "out_of_scope",
        /// A duplicate of another candidate.
        Duplicate = "duplicate",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

vocabulary! {
    /// Why a named person decided so.
    pub enum ReasonCode as "reason code" {
        /// Another country.
        DifferentCountry = "different_country",
        /// Another register number.
        DifferentNumber = "different_number",
        /// Another line of business.
        DifferentBusiness = "different_business",
        /// Formed after the event.
        FormedAfter = "formed_after",
        /// The listing ended.
        ListingEnded = "listing_ended",
        /// A person, not a company.
        PersonNotCompany = "person_not_company",
        /// Another reason, given in words.
        Other = "other",
    }
}

vocabulary! {
    /// What became of a candidate since the last run.
    pub enum State as "state" {
        /// Seen for the first time.
        New = "new",
        /// Decided, but what it rested on has changed.
        Reopened = "reopened",
        /// Known, with changed facts.
        Changed = "changed",
        /// Known and unchanged.
        Standing = "standing",
        /// The decision ran out.
        ExpiredDecision = "expired_decision",
        /// No longer found.
        Gone = "gone",
    }
}

vocabulary! {
    /// Which law and which verbs apply to a row.
    pub enum Track as "kind of file" {
        /// Parties paid.
        Suppliers = "suppliers",
        /// Parties contracted.
        Contracts = "contracts",
        /// Investments held.
        Holdings = "holdings",
    }
}

impl Track {
    /// Whether the investment verbs (divest, engage) apply rather than the supplier ones.
    pub const fn is_investment(self) -> bool {
        matches!(self, Self::Holdings)
    }
}

vocabulary! {
    /// Where a finding leads if the identity is confirmed; greater is graver.
    pub enum Flag as "flag" {
        /// Out of scope: nothing to do, said for the record.
        None = "none",
        /// Watch.
        Monitor = "monitor",
        /// Supplier: enhanced due diligence.
        DueDiligence = "due-diligence",
        /// Investment: engage.
        Engage = "engage",
        /// Supplier: candidate for exclusion.
        Exclude = "exclude",
        /// Investment: candidate for divestment.
        Divest = "divest",
        /// Ask legal now.
        LegalCheck = "legal-check",
    }
}

impl Flag {
    /// The flag's place on the ladder: the supplier's and the investor's verb of one severity are equal.
    pub const fn severity(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Monitor => 1,
            Self::DueDiligence | Self::Engage => 2,
            Self::Exclude | Self::Divest => 3,
            Self::LegalCheck => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for ground in Ground::ALL {
            assert_eq!(ground.as_str().parse::<Ground>().as_ref(), Ok(ground));
        }
        for band in Band::ALL {
            assert_eq!(band.as_str().parse::<Band>().as_ref(), Ok(band));
        }
    }

    #[test]
    fn an_unknown_word_names_the_nearest() {
        let error = "forced_labor".parse::<Ground>().unwrap_err();
        assert_eq!(error.nearest.as_deref(), Some("forced_labour"));
        assert_eq!(error.to_string(), "`forced_labor` is not a ground; did you mean `forced_labour`?");
        assert!("slavery".parse::<Ground>().unwrap_err().to_string().contains("known: forced_labour"));
    }
}
