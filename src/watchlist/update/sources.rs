//! Where publishers keep their official files. Addresses change: a list's own TOML goes before this table.

use crate::watchlist::import::Format;

/// A list that can be fetched without further word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The short name it is written under.
    pub slug: &'static str,
    /// Its format.
    pub format: Format,
    /// The addresses of its parts.
    pub addresses: &'static [&'static str],
}

/// The lists whose publishers serve one file, or a set of files, to everybody.
pub const KNOWN: &[Known] = &[
    Known {
        slug: "uk-sanctions",
        format: Format::UkSanctions,
        addresses: &["https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"],
    },
    Known {
        slug: "us-ofac-sdn",
        format: Format::OfacSdn,
        addresses: &["https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML"],
    },
    Known {
        slug: "us-ofac-consolidated",
        format: Format::OfacSdn,
        addresses: &[
            "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONSOLIDATED.XML",
        ],
    },
    Known {
        slug: "un-sc",
        format: Format::UnSc,
        addresses: &["https://scsanctions.un.org/resources/xml/en/consolidated.xml"],
    },
    Known {
        slug: "us-csl",
        format: Format::Csl,
        addresses: &["https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv"],
    },
    Known { slug: "us-uflpa", format: Format::Uflpa, addresses: &["https://www.dhs.gov/uflpa-entity-list"] },
];
