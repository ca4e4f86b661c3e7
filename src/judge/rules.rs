//! The rules R01 to R16 as one table: what each does, why, when not, and an example.
//!
//! `docs/rules.md` is written from this table, and a test keeps it so.

use crate::judge::RuleId;
use crate::judge::caps::{self, Condition};

/// One rule of the ladder.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its number, as every report prints it.
    pub id: RuleId,
    /// A short title.
    pub title: &'static str,
    /// What it does.
    pub what: &'static str,
    /// Why: the law, clause or principle behind it.
    pub why: &'static str,
    /// When it does not apply.
    pub not_when: &'static str,
    /// An example.
    pub example: &'static str,
    /// Which readings of a finding it may change.
    pub reads: Reads,
    /// When it speaks, and what it says.
    pub(super) condition: Condition,
}

/// The two readings of one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// The flag and the next step: it is about the listing.
    Both,
    /// The next step only: it waits for a person, or for a run that is fit.
    NextStep,
}

impl Rule {
    /// The rule with a number, if there is one.
    pub fn find(id: RuleId) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.id == id)
    }
}

/// Every rule, in order. Each looks at the step that the rules before it left; R14 is asked first, since it stands beside the ladder.
pub const RULES: &[Rule] = &[
    Rule {
        id: RuleId(1),
        title: "A name alone",
        what: "Keeps the next step at 2 (ask the party) where only the name agrees: a possible match, or a probable one without a second agreeing fact.",
        why: "Defamation and fairness: repeating an allegation about the wrong company is publishing it. Most matches of names alone are of other parties.",
        not_when: "A person has confirmed the identity, or an identifier, country or address agrees as well. It does not hold back a legal check, which asks and does not assert.",
        example: "`Northgate Textiles` is paid; `Northgate Textiles Co., Ltd.` is listed, and the file has neither country nor number: confirm identity.",
        reads: Reads::NextStep,
        condition: caps::name_only,
    },
    Rule {
        id: RuleId(2),
        title: "Identity not confirmed by a person",
        what: "Keeps the next step at 3 (enhanced due diligence, engage) until a named person has decided that the subject is the listed entity.",
        why: "A candidate is not a finding. A public body must be able to show who decided, when and why.",
        not_when: "A standing decision says `same`. It does not hold back a legal check.",
        example: "Even an equal LEI leads to `confirm identity` on the first run.",
        reads: Reads::NextStep,
        condition: caps::identity_open,
    },
    Rule {
        id: RuleId(3),
        title: "Peers, campaigners, press or the party itself",
        what: "Keeps what rests on authority D, E or F alone at 3. Two independent sources of authority D or E, which are of different publishers, may reach 5 where a person has assessed the severity as 3.",
        why: "Such sources inform and do not bind: Procurement Act 2023, Schedules 6 and 7, asks for convictions, orders or sufficient evidence; an investor needs its own reasons.",
        not_when: "The list is of authority A, B or C.",
        example: "Another fund's exclusion list names a company that the fund holds: engage, not divest.",
        reads: Reads::Both,
        condition: caps::soft_source,
    },
    Rule {
        id: RuleId(4),
        title: "Ground out of scope",
        what: "Sets the step to 0, with a note, where the ground is not one that the policy is about.",
        why: "Product and climate exclusions are not human-rights grounds; showing them here would say of a company what its listing does not.",
        not_when: "The policy names the ground in `grounds`, or the list is of UK sanctions (R14).",
        example: "A brewer of tobacco products on an ethics council's list: nothing to do on this ground.",
        reads: Reads::Both,
        condition: caps::out_of_scope,
    },
    Rule {
        id: RuleId(5),
        title: "Listing removed or expired",
        what: "Keeps the step at 1 (monitor) and shows the history, where the listing has ended by the day of the run.",
        why: "Exclusion needs circumstances that continue or are likely to recur (Procurement Act 2023, sections 57 and 58); an old listing must not outlive its end.",
        not_when: "The entity was listed again.",
        example: "An import order was revoked in 2023 after the workers were repaid: monitor.",
        reads: Reads::Both,
        condition: caps::listing_ended,
    },
    Rule {
        id: RuleId(6),
        title: "Listing suspended or under appeal",
        what: "Keeps the step at 3 while the listing is suspended or its appeal is open.",
        why: "Fairness: the determination is not final.",
        not_when: "The appeal has been decided and the list says so.",
        example: "An employer's entry in a register is suspended by a court: due diligence, no exclusion assessment.",
        reads: Reads::Both,
        condition: caps::listing_contested,
    },
    Rule {
        id: RuleId(7),
        title: "Place or product of a supplier",
        what: "On the supplier and contract track, an entry that names a country, region or product never raises a step above 1, and never makes a candidate by itself.",
        why: "Local Government Act 1988, section 17(5)(e): a council decides without reference to the country or territory of origin of supplies or the location of a contractor's business.",
        not_when: "Investments. Country may still support or contradict an identity, and order due-diligence work.",
        example: "`Cotton of the region` is listed, and a supplier's name has the region in it: no candidate.",
        reads: Reads::Both,
        condition: caps::place_of_supplier,
    },
    Rule {
        id: RuleId(8),
        title: "Related, not the listed party itself",
        what: "Keeps the step at 3 where the subject is a parent, subsidiary or sister of the listed party, is reached only by `and subsidiaries`, or is another kind of thing than the entry (a ship, a person, a product), until the share held is on record.",
        why: "Ownership or control is what sanctions and exclusion law ask for: report the percentage and its source, do not conclude from a name.",
        not_when: "A decision records the share held, in per cent, with its source.",
        example: "`Northgate Textiles (UK) Ltd` is paid, its likely parent is listed: due diligence on the ownership.",
        reads: Reads::Both,
        condition: caps::related_only,
    },
    Rule {
        id: RuleId(9),
        title: "A fact disagrees",
        what: "Keeps the next step at 2 where the names agree and a number, country, kind or date does not; a person must look at it.",
        why: "Contradictions must be shown and weighed, neither hidden nor overruled by a program.",
        not_when: "A person has confirmed the identity in spite of it.",
        example: "Same name, company numbers of one register differ: confirm identity, facts disagree.",
        reads: Reads::NextStep,
        condition: caps::contradicted,
    },
    Rule {
        id: RuleId(10),
        title: "Severity not assessed",
        what: "Keeps the next step at 4 until a person has assessed scale, scope and irremediable character.",
        why: "UN Guiding Principles, principles 14 and 24: severity decides what comes first and how far to go. The default per ground orders the work; it is no assessment.",
        not_when: "The decision records a severity.",
        example: "Identity confirmed and checked: assess severity.",
        reads: Reads::NextStep,
        condition: caps::severity_open,
    },
    Rule {
        id: RuleId(11),
        title: "No event inside five years",
        what: "On the supplier track, keeps the step at 5 where no date of the event is known, or it lies more than five years before the run. A bare month or year counts only where its first day lies inside.",
        why: "Procurement Act 2023, Schedules 6 and 7: the look-back is five years from the decision. Lists date the listing, not the event, and an event cannot be later than its listing; so the listing date opens the assessment, in which the event's own date, and for the grounds that are new in the Act its commencement on 24 February 2025, must be looked up.",
        not_when: "Investments: the look-back is a rule of procurement.",
        example: "A final decision of 2012 that is still listed: statutory assessment before new awards, no exclusion candidate.",
        reads: Reads::Both,
        condition: caps::undated,
    },
    Rule {
        id: RuleId(12),
        title: "Four eyes",
        what: "Keeps the next step at 3 until a second person has checked a decision that would lead to step 4 or higher, with a reason and a review date.",
        why: "A serious step against a company must not rest on one person; a report must show both.",
        not_when: "`checked_by` names somebody else than `decided_by`.",
        example: "One officer has confirmed the identity: second reviewer.",
        reads: Reads::NextStep,
        condition: caps::one_pair_of_eyes,
    },
    Rule {
        id: RuleId(13),
        title: "What must be on record before the last step",
        what: "Keeps the next step at 5 until the supplier's representations are on record, or, for an investment, both tests: no significant risk of financial detriment, and good reason to think that members would support it. A pooled investment is raised with the pool.",
        why: "Suppliers: a reasonable opportunity to make representations and self-cleaning, Procurement Act 2023, section 58. Investments: the two tests of the statutory guidance, see [2020] UKSC 16.",
        not_when: "They are recorded, with text, name and date.",
        example: "Both tests recorded for a pooled holding: raise with the pool.",
        reads: Reads::NextStep,
        condition: caps::not_on_record,
    },
    Rule {
        id: RuleId(14),
        title: "UK sanctions",
        what: "A probable, strong or confirmed match to a UK sanctions entry is a legal check: on top of every report, for suppliers, holdings and owners alike. No baseline hides it, and one person cannot dismiss it.",
        why: "Sanctions and Anti-Money Laundering Act 2018 and its regulations bind everyone in the UK: dealing with a designated party is an offence.",
        not_when: "The designation has ended (R05), the match is only possible or contradicted, or the entry is a place or product.",
        example: "A supplier's name equals a designated entity's: stop and ask legal.",
        reads: Reads::Both,
        condition: caps::uk_sanctions,
    },
    Rule {
        id: RuleId(15),
        title: "Run not fit",
        what: "No next step may read 0 where a critical list or an input was unfit; the run is `not completed`.",
        why: "No candidate is not clearance, and an unfit screening is never a pass.",
        not_when: "Every critical list and every input was fit.",
        example: "A list is two years old: an out-of-scope candidate reads `screen again with fit lists`.",
        reads: Reads::NextStep,
        condition: caps::unfit,
    },
    Rule {
        id: RuleId(16),
        title: "A reminder, not a ban",
        what: "Words step 5 of a supplier as a reminder to run the statutory assessment.",
        why: "Procurement Act 2023: a council that quietly stops inviting a supplier without a ground of Schedule 6 or 7 acts unlawfully.",
        not_when: "Investments.",
        example: "`run the statutory exclusion assessment before new awards`.",
        reads: Reads::NextStep,
        condition: caps::reminder,
    },
];
