//! For every rule a case on each side of it.

use super::*;
use crate::judge::{Decided, Policy, Source, samples};
use crate::matching::Evidence;
use crate::record::Subject;
use crate::vocab::{
    Authority, EntityKind, Ground, ListingStatus, Outcome, Proof, ReasonCode, Relation, Track,
};
use crate::watchlist::{Entry, ListFacts, PartialDate};

/// A supplier, confirmed and with everything on record, against a final decision of a foreign government: no rule lowers it.
fn settled() -> Case {
    Case {
        investment: false,
        ground: Ground::ForcedLabour,
        in_scope: true,
        authority: Authority::B,
        proof: Proof::AdministrativeFinal,
        status: ListingStatus::Current,
        place_or_product: false,
        other_kind: false,
        relation: Relation::Same,
        band: Band::Strong,
        second_fact: true,
        uk_sanctions: false,
        dated_within_five_years: true,
        second_abc_source: false,
        second_de_source: false,
        pooled: true,
        fit: true,
        decided: all_on_record(),
    }
}

fn all_on_record() -> Decided {
    Decided {
        same: true,
        dismissed: false,
        four_eyes: true,
        severity: Some(3),
        ownership: true,
        evidence: true,
        representations: true,
        both_tests: true,
    }
}

fn told(case: &Case) -> (Flag, Option<u8>, String, String) {
    let Judgement { flag, next_step, rules } = decide(case, "the pool");
    let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
    (flag, next_step.step, next_step.text.into_owned(), rules.join(" "))
}

#[track_caller]
fn expect(case: &Case, flag: Flag, step: Option<u8>, text: &str, rules: &str) {
    assert_eq!(told(case), (flag, step, text.to_owned(), rules.to_owned()), "{case:#?}");
}

#[test]
fn nothing_lowers_a_settled_case() {
    expect(&settled(), Flag::Exclude, Some(6), "assess exclusion or termination", "");
    let investment = Case { investment: true, ..settled() };
    expect(&investment, Flag::Divest, Some(6), "raise with the pool", "");
    let own = Case { pooled: false, ..investment };
    expect(&own, Flag::Divest, Some(6), "decide on divestment", "");
}

#[test]
fn r01_a_name_alone_asks_first() {
    let open = Decided { same: false, ..all_on_record() };
    for (band, second_fact, step, rules) in [
        (Band::Weak, true, 2, "R01 R02"),
        (Band::Possible, true, 2, "R01 R02"),
        (Band::Probable, false, 2, "R01 R02"),
        (Band::Probable, true, 3, "R02"),
        (Band::Strong, false, 3, "R02"),
    ] {
        let case = Case { band, second_fact, decided: open, ..settled() };
        expect(&case, Flag::Exclude, Some(step), "confirm identity", rules);
    }
    let confirmed = Case { band: Band::Possible, ..settled() };
    assert_eq!(told(&confirmed).1, Some(6), "a person has confirmed it");
}

#[test]
fn r02_nobody_has_confirmed_the_identity() {
    let open = Case { band: Band::ConfirmedId, decided: Decided::default(), ..settled() };
    expect(&open, Flag::Exclude, Some(3), "confirm identity", "R02 R10");
    assert_eq!(told(&settled()).1, Some(6));
}

#[test]
fn r03_peers_and_campaigners_lead_to_engagement() {
    for authority in [Authority::D, Authority::E] {
        let case = Case { authority, ..settled() };
        expect(&case, Flag::DueDiligence, Some(3), "enhanced due diligence", "R03");
        let two = Case { second_de_source: true, ..case };
        expect(
            &two,
            Flag::DueDiligence,
            Some(5),
            "run the statutory exclusion assessment before new awards",
            "R03 R16",
        );
        let mild = Case { decided: Decided { severity: Some(2), ..all_on_record() }, ..two };
        assert_eq!(told(&mild).1, Some(3), "two sources on a harm that is not of the gravest");
    }
    let own = Case { authority: Authority::F, ..settled() };
    expect(&own, Flag::Monitor, Some(2), "ask the party", "");
    assert_eq!(told(&Case { authority: Authority::C, investment: true, ..settled() }).3, "");
}

#[test]
fn r04_out_of_scope_is_nothing_to_do() {
    let case = Case { in_scope: false, ..settled() };
    expect(&case, Flag::None, Some(0), "none: ground out of scope", "R04");
}

#[test]
fn r05_an_ended_listing_is_watched() {
    for status in [ListingStatus::Removed, ListingStatus::Expired] {
        expect(&Case { status, ..settled() }, Flag::Monitor, Some(1), "monitor: listing ended", "R05");
    }
    for status in [ListingStatus::Current, ListingStatus::Relisted, ListingStatus::Unknown] {
        assert_eq!(told(&Case { status, ..settled() }).0, Flag::Exclude, "{status}");
    }
}

#[test]
fn r06_a_contested_listing_is_looked_into() {
    for status in [ListingStatus::Suspended, ListingStatus::UnderAppeal] {
        expect(&Case { status, ..settled() }, Flag::DueDiligence, Some(3), "enhanced due diligence", "R06");
    }
}

#[test]
fn r07_a_place_or_product_never_raises_a_supplier() {
    let case = Case { place_or_product: true, ..settled() };
    expect(&case, Flag::Monitor, Some(1), "monitor", "R07");
    let investment = Case { investment: true, ..case };
    assert_eq!(told(&investment).0, Flag::Divest, "section 17 is about suppliers");
}

#[test]
fn r08_related_parties_wait_for_the_ownership() {
    let unowned = Decided { ownership: false, ..all_on_record() };
    for relation in [
        Relation::Parent,
        Relation::Subsidiary,
        Relation::Sister,
        Relation::NamedScope,
        Relation::ProductOrRegion,
    ] {
        let case = Case { relation, decided: unowned, ..settled() };
        expect(&case, Flag::DueDiligence, Some(3), "record the ownership", "R08");
        let owned = Case { relation, ..settled() };
        assert_eq!(told(&owned).0, Flag::Exclude, "{relation} with a percentage on record");
    }
    let ship = Case { other_kind: true, decided: unowned, investment: true, ..settled() };
    expect(&ship, Flag::Engage, Some(3), "record the ownership", "R08");
    assert_eq!(told(&Case { relation: Relation::Same, decided: unowned, ..settled() }).0, Flag::Exclude);
}

#[test]
fn r09_a_disagreeing_fact_is_looked_at() {
    let case = Case { band: Band::Contradicted, decided: Decided::default(), ..settled() };
    expect(&case, Flag::Exclude, Some(2), "confirm identity: facts disagree", "R02 R09 R10");
    let confirmed = Case { band: Band::Contradicted, ..settled() };
    expect(&confirmed, Flag::Exclude, Some(6), "assess exclusion or termination", "");
}

#[test]
fn r10_severity_is_assessed_before_a_hold_point() {
    let case = Case { decided: Decided { severity: None, ..all_on_record() }, ..settled() };
    expect(&case, Flag::Exclude, Some(4), "assess severity", "R10");
}

#[test]
fn r11_an_undated_event_is_no_exclusion() {
    let case = Case { dated_within_five_years: false, ..settled() };
    expect(
        &case,
        Flag::DueDiligence,
        Some(5),
        "run the statutory exclusion assessment before new awards",
        "R11 R16",
    );
    assert_eq!(
        told(&Case { investment: true, ..case }).0,
        Flag::Divest,
        "procurement looks back, funds do not"
    );
}

#[test]
fn r12_a_serious_step_takes_two() {
    let case = Case { decided: Decided { four_eyes: false, ..all_on_record() }, ..settled() };
    expect(&case, Flag::Exclude, Some(3), "second reviewer", "R12");
    let small = Case { status: ListingStatus::Suspended, ..case };
    assert!(!told(&small).3.contains("R12"), "step 3 takes one");
}

#[test]
fn r13_the_last_step_waits_for_the_record() {
    let bare = Decided { representations: false, both_tests: false, ..all_on_record() };
    let supplier = Case { decided: bare, ..settled() };
    expect(&supplier, Flag::Exclude, Some(5), "ask the supplier for representations", "R13 R16");
    expect(&Case { investment: true, ..supplier }, Flag::Divest, Some(5), "record both tests", "R13");
    let wrong = Decided { both_tests: true, ..bare };
    assert_eq!(told(&Case { decided: wrong, ..settled() }).1, Some(5), "tests are for investments");
}

#[test]
fn r14_uk_sanctions_are_asked_of_legal() {
    let case = Case {
        authority: Authority::A1,
        uk_sanctions: true,
        in_scope: false,
        band: Band::Probable,
        decided: Decided::default(),
        ..settled()
    };
    expect(&case, Flag::LegalCheck, None, "ask legal", "R14");
    expect(
        &Case { investment: true, band: Band::ConfirmedId, ..case },
        Flag::LegalCheck,
        None,
        "ask legal",
        "R14",
    );
    for lower in [
        Case { band: Band::Possible, in_scope: true, ..case },
        Case { band: Band::Contradicted, in_scope: true, ..case },
        Case { status: ListingStatus::Removed, ..case },
        Case { uk_sanctions: false, ..case },
        Case { place_or_product: true, ..case },
    ] {
        assert_ne!(told(&lower).0, Flag::LegalCheck, "{lower:?}");
    }
    let one = Case { decided: Decided { dismissed: true, ..Decided::default() }, ..case };
    expect(&one, Flag::LegalCheck, None, "ask legal; second reviewer", "R14");
    let two = Case { decided: Decided { dismissed: true, four_eyes: true, ..Decided::default() }, ..case };
    expect(&two, Flag::LegalCheck, Some(0), "none: dismissed by decision", "R14");
}

#[test]
fn r15_an_unfit_run_clears_nobody() {
    let case = Case { in_scope: false, fit: false, ..settled() };
    expect(&case, Flag::None, Some(1), "screen again with fit lists", "R04 R15");
    let dismissed = Decided { dismissed: true, same: false, ..all_on_record() };
    expect(
        &Case { decided: dismissed, fit: false, ..settled() },
        Flag::Exclude,
        Some(1),
        "screen again with fit lists",
        "R15",
    );
    expect(
        &Case { decided: dismissed, ..settled() },
        Flag::Exclude,
        Some(0),
        "none: dismissed by decision",
        "",
    );
}

#[test]
fn r16_step_five_of_a_supplier_is_a_reminder() {
    let cause = Case {
        proof: Proof::ReasonableCause,
        decided: Decided { evidence: false, ..all_on_record() },
        ..settled()
    };
    expect(
        &cause,
        Flag::DueDiligence,
        Some(5),
        "run the statutory exclusion assessment before new awards",
        "R16",
    );
    expect(
        &Case { investment: true, pooled: false, ..cause },
        Flag::Engage,
        Some(5),
        "put no new money in",
        "",
    );
}

#[test]
fn a_second_independent_source_lifts_reasonable_cause_to_the_top() {
    let cause = Case { proof: Proof::ReasonableCause, decided: Decided::default(), ..settled() };
    assert_eq!(told(&cause).0, Flag::DueDiligence);
    assert_eq!(told(&Case { second_abc_source: true, ..cause }).0, Flag::Exclude);
    let council = Case { authority: Authority::C, proof: Proof::ReasonedOpinion, ..cause };
    assert_eq!(told(&council).0, Flag::DueDiligence);
    assert_eq!(told(&Case { second_abc_source: true, ..council }).0, Flag::Exclude);
    assert_eq!(told(&Case { investment: true, ..council }).0, Flag::Divest);
}

struct World {
    subject: Subject,
    facts: ListFacts,
    entry: Entry,
    matched: crate::matching::Match,
}

fn world() -> World {
    World {
        subject: samples::subject("Northgate Textiles"),
        facts: samples::facts(Authority::B, Proof::ReasonableCause),
        entry: samples::entry("e1", "Northgate Textiles"),
        matched: samples::matched("Northgate Textiles", "Northgate Textiles", Band::Probable),
    }
}

fn judged(world: &World, others: &[Source<'_>]) -> Option<Judgement> {
    judge(&JudgeInput {
        subject: &world.subject,
        facts: &world.facts,
        entry: &world.entry,
        matched: &world.matched,
        decision: None,
        others,
        policy: &Policy::default(),
        as_of: samples::date("2026-11-24"),
        fit: true,
    })
}

#[test]
fn section_17_a_place_or_product_makes_no_candidate_of_a_supplier() {
    for track in Track::ALL.iter().copied() {
        for kind in [EntityKind::Region, EntityKind::Product] {
            let mut place = world();
            place.subject.track = track;
            place.entry.kind = kind;
            place.matched.band = Band::Contradicted;
            assert_eq!(judged(&place, &[]).is_some(), track.is_investment(), "{track} {kind}");
            let party = world();
            let beside = Source { facts: &party.facts, entry: &party.entry, band: Band::Probable };
            let flag = judged(&place, &[beside]).unwrap().flag;
            assert_eq!(
                flag,
                if track.is_investment() { Flag::Engage } else { Flag::Monitor },
                "{track} {kind}"
            );
        }
    }
}

#[test]
fn a_place_is_still_alone_beside_a_party_that_is_not_reported_or_contradicted() {
    let (mut place, party) = (world(), world());
    place.entry.kind = EntityKind::Region;
    for (band, shown) in [(Band::Possible, true), (Band::Weak, false), (Band::Contradicted, false)] {
        let beside = Source { facts: &party.facts, entry: &party.entry, band };
        assert_eq!(judged(&place, &[beside]).is_some(), shown, "{band}");
    }
    let mut policy = Policy::default();
    policy.report.min_band = Some(Band::Probable);
    let beside = Source { facts: &party.facts, entry: &party.entry, band: Band::Possible };
    let input = JudgeInput {
        subject: &place.subject,
        facts: &place.facts,
        entry: &place.entry,
        matched: &place.matched,
        decision: None,
        others: &[beside],
        policy: &policy,
        as_of: samples::date("2026-11-24"),
        fit: true,
    };
    assert_eq!(judge(&input), None, "the party is not in the report");
}

#[test]
fn the_relation_to_a_product_or_region_is_guarded_as_well() {
    let mut place = world();
    place.matched.relation = Relation::ProductOrRegion;
    assert_eq!(judged(&place, &[]), None);
}

#[test]
fn countries_never_raise_a_supplier() {
    let mut with_country = world();
    with_country.subject.countries = with_country.entry.countries.clone();
    assert_eq!(judged(&with_country, &[]).unwrap().flag, judged(&world(), &[]).unwrap().flag);
}

#[test]
fn sources_of_one_government_are_one_source() {
    let ours = world();
    let other = World { facts: ListFacts { jurisdiction: "EU".to_owned(), ..ours.facts.clone() }, ..world() };
    let cases: &[(&str, ListFacts, Entry, Band, Flag)] = &[
        ("another government", other.facts.clone(), other.entry.clone(), Band::Probable, Flag::Exclude),
        ("the same government", ours.facts.clone(), other.entry.clone(), Band::Probable, Flag::DueDiligence),
        ("only possible", other.facts.clone(), other.entry.clone(), Band::Possible, Flag::DueDiligence),
        (
            "ended",
            other.facts.clone(),
            Entry { status: ListingStatus::Removed, ..other.entry.clone() },
            Band::Probable,
            Flag::DueDiligence,
        ),
        (
            "out of scope",
            other.facts.clone(),
            Entry { ground: Ground::Climate, ..other.entry.clone() },
            Band::Probable,
            Flag::DueDiligence,
        ),
        (
            "a peer",
            ListFacts { authority: Authority::D, ..other.facts.clone() },
            other.entry.clone(),
            Band::Probable,
            Flag::DueDiligence,
        ),
    ];
    for (what, facts, entry, band, flag) in cases {
        let source = Source { facts, entry, band: *band };
        assert_eq!(judged(&ours, &[source]).unwrap().flag, *flag, "{what}");
    }
}

#[test]
fn two_peers_of_one_country_are_two_sources_and_one_peer_is_one() {
    let mut ours = world();
    ours.facts.authority = Authority::E;
    let source = |publisher: &str, jurisdiction: &str, authority| ListFacts {
        publisher: publisher.to_owned(),
        jurisdiction: jurisdiction.to_owned(),
        authority,
        ..ours.facts.clone()
    };
    for (what, facts, supported) in [
        ("another campaigner of the country", source("Others", "US", Authority::E), true),
        ("another investor abroad", source("Others", "NO", Authority::D), true),
        ("the same campaigner", source(&ours.facts.publisher, "NO", Authority::E), false),
        ("the party itself", source("Others", "NO", Authority::F), false),
    ] {
        let others = [Source { facts: &facts, entry: &ours.entry, band: Band::Probable }];
        let case = Case::of(&JudgeInput {
            subject: &ours.subject,
            facts: &ours.facts,
            entry: &ours.entry,
            matched: &ours.matched,
            decision: None,
            others: &others,
            policy: &Policy::default(),
            as_of: samples::date("2026-11-24"),
            fit: true,
        });
        assert_eq!(case.second_de_source, supported, "{what}");
    }
}

#[test]
fn the_five_years_end_to_the_day() {
    for (listed_on, flag) in [
        ("2021-11-24", Flag::Exclude),
        ("2021-11-23", Flag::DueDiligence),
        ("2021", Flag::DueDiligence),
        ("2021-12", Flag::Exclude),
        ("2026-11-24", Flag::Exclude),
        ("2026-11-25", Flag::DueDiligence),
        ("", Flag::DueDiligence),
    ] {
        let mut dated = world();
        dated.facts.proof = Proof::AdministrativeFinal;
        dated.entry.listed_on = PartialDate::parse(listed_on);
        assert_eq!(judged(&dated, &[]).unwrap().flag, flag, "{listed_on}");
    }
}

#[test]
fn a_listing_is_over_on_its_last_day() {
    for (delisted_on, status, flag) in [
        ("2026-11-24", ListingStatus::Current, Flag::Monitor),
        ("2026-11-25", ListingStatus::Current, Flag::DueDiligence),
        ("2026-11", ListingStatus::Current, Flag::DueDiligence),
        ("2026-11-24", ListingStatus::Suspended, Flag::Monitor),
        ("2026-11-24", ListingStatus::UnderAppeal, Flag::Monitor),
        ("", ListingStatus::Suspended, Flag::DueDiligence),
        ("2020-01-01", ListingStatus::Relisted, Flag::DueDiligence),
    ] {
        let mut ended = world();
        ended.entry.delisted_on = PartialDate::parse(delisted_on);
        ended.entry.status = status;
        assert_eq!(judged(&ended, &[]).unwrap().flag, flag, "{delisted_on} {status}");
    }
}

#[test]
fn a_debarment_binds_and_is_no_sanction() {
    let mut debarred = world();
    debarred.facts = samples::facts(Authority::A1, Proof::AdministrativeFinal);
    assert_eq!(judged(&debarred, &[]).unwrap().flag, Flag::LegalCheck);
    debarred.entry.measure = "mandatory debarment".to_owned();
    assert_eq!(judged(&debarred, &[]).unwrap().flag, Flag::Exclude);
}

#[test]
fn an_agreeing_country_is_a_second_fact_and_a_disagreeing_one_is_not() {
    for (weight, step) in [(2.0, 3), (-2.0, 2)] {
        let mut fact = world();
        fact.matched.evidence =
            vec![Evidence { kind: "country", subject: "CN".into(), entry: "CN".into(), weight }];
        assert_eq!(judged(&fact, &[]).unwrap().next_step.step, Some(step));
    }
}

#[test]
fn four_eyes_are_of_two_people() {
    let decision = |checked_by: Option<&str>, reason: &str| crate::judge::Decision {
        outcome: Outcome::Same,
        reason_code: ReasonCode::Other,
        reason: reason.to_owned(),
        decided_by: "A. Clerk".to_owned(),
        checked_by: checked_by.map(str::to_owned),
        decided_on: samples::date("2026-11-01"),
        review_by: samples::date("2027-11-01"),
        on_record: crate::judge::OnRecord::default(),
    };
    assert!(decision(Some("B. Keeper"), "same number").has_four_eyes());
    for (checker, reason) in
        [(None, "x"), (Some(""), "x"), (Some(" a. clerk "), "x"), (Some("B. Keeper"), " ")]
    {
        assert!(!decision(checker, reason).has_four_eyes(), "{checker:?} {reason:?}");
    }
}
