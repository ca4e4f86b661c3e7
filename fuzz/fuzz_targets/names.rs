//! Names: any text, as a subject, an entry and a security. Folding twice changes nothing, and the name stays as written.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger::normalise::{Name, fold};
use wharfinger::vocab::EntityKind;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let folded = fold::fold(&text);
    assert_eq!(fold::fold(&folded), folded, "folding twice changes nothing");
    let names = [
        Name::subject(&text, EntityKind::Organisation),
        Name::subject(&text, EntityKind::Person),
        Name::entry(&text, EntityKind::Organisation),
        Name::entry(&text, EntityKind::Person),
        Name::security(&text),
    ];
    for name in names {
        assert_eq!(name.raw(), text);
        for form in name.forms() {
            assert!(form.total.is_finite() && form.total >= 0.0, "{form:?}");
            assert!(!form.tokens.is_empty() && !form.joined.is_empty(), "{form:?}");
        }
    }
});
