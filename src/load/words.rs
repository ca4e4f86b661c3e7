//! What the words of a header say about its column, as points.
//!
//! 80 and more: the header names the field outright (`Supplier Name`, `Amount Paid`). 40 to 79: it may be meant
//! (`Name`, `Total`). Below 40: only if nothing better is there. [`VETO`]: it is certainly another thing
//! (`Supplier ID` is no name, `Irrecoverable VAT` no amount). The words were gathered from the published exports of
//! councils, NHS bodies, pension funds, fund managers and contract registers.

use super::{Field, foreign};

/// The header says that the column is something else.
pub(super) const VETO: i32 = -100;

/// The words of a header: lower case, without what stands in square brackets, plural endings cut, `£` and `%` kept.
pub(super) fn split(header: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut depth = 0_u32;
    let mut before = ' ';
    let mut chars = header.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        // `SupplierName`, `VATReg`: a capital after a small letter, or before one at the end of a run of capitals.
        let hump = c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_is_lower));
        if depth > 0 || !c.is_alphanumeric() || hump {
            // An apostrophe does not end a word: `supplier's`.
            if !matches!(c, '\'' | '’') || depth > 0 {
                close(&mut word, &mut words);
            }
        }
        if depth == 0 && c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if depth == 0 && matches!(c, '£' | '%' | '$' | '€') {
            words.push(c.to_string());
        }
        before = c;
    }
    close(&mut word, &mut words);
    words
}

fn close(word: &mut String, words: &mut Vec<String>) {
    if word.is_empty() {
        return;
    }
    // `tiers` is French before it is the plural of an English word.
    let plural = word.len() > 3
        && foreign::english(word).is_none()
        && word.ends_with('s')
        && !["ss", "us", "is", "gas", "ies"].iter().any(|end| word.ends_with(end));
    if plural {
        word.pop();
    }
    let word = std::mem::take(word);
    match foreign::english(&word) {
        Some(english) => words.extend(english.split(' ').map(str::to_owned)),
        None => words.push(word),
    }
}

/// The words of one header, ready for questions.
struct Header<'a>(&'a [String]);

impl Header<'_> {
    fn has(&self, word: &str) -> bool {
        self.0.iter().any(|w| w == word)
    }

    fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// Whether the words stand one after the other.
    fn phrase(&self, phrase: &str) -> bool {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        self.0.windows(phrase.len()).any(|window| window.iter().zip(&phrase).all(|(w, p)| w == p))
    }

    fn is(&self, phrase: &str) -> bool {
        self.0.len() == phrase.split(' ').count() && self.phrase(phrase)
    }

    /// The highest points among the phrases found, 0 if there is none.
    fn best(&self, table: &[(&str, i32)]) -> i32 {
        table.iter().filter(|(phrase, _)| self.phrase(phrase)).map(|(_, points)| *points).max().unwrap_or(0)
    }
}

/// How strongly a header says that its column holds the field.
pub(super) fn score(field: Field, words: &[String]) -> i32 {
    let header = Header(words);
    if words.is_empty() {
        return 0;
    }
    match field {
        Field::Name => name(&header),
        Field::Amount => amount(&header),
        Field::Date => date(&header),
        Field::Id => id(&header),
        Field::Aliases => {
            if header.any(&["number", "no", "id"]) {
                0
            } else {
                header.best(&[
                    ("alias", 85),
                    ("aliase", 85),
                    ("trading name", 75),
                    ("other name", 80),
                    ("also known as", 85),
                    ("aka", 85),
                    ("trading as", 80),
                    ("former name", 80),
                    ("previous name", 75),
                ])
            }
        }
        Field::Kind => {
            if header.is("kind") || header.is("entity type") || header.is("entity kind") {
                80
            } else {
                0
            }
        }
        Field::Country => country(&header),
        Field::Address => {
            if header.any(&["email", "book", "postcode", "name"]) {
                0
            } else {
                header.best(&[("address", 80), ("street", 60)])
            }
        }
        Field::Postcode => header.best(&[
            ("postcode", 85),
            ("post code", 85),
            ("postal code", 80),
            ("zip", 70),
            ("zipcode", 75),
        ]),
        Field::CompanyNumber => company_number(&header),
        Field::Lei => header.best(&[("lei", 90), ("legal entity identifier", 90)]),
        Field::Isin => header.best(&[("isin", 90)]),
        Field::Sedol => header.best(&[("sedol", 90)]),
        Field::Vat => vat(&header),
        Field::CharityNumber => {
            if header.has("charity")
                && header.any(&["number", "no", "num", "id", "ref", "registration", "reg"])
            {
                85
            } else {
                0
            }
        }
        Field::Currency => currency(&header),
        Field::Description => {
            if header.any(&["code", "supplier", "vendor"]) {
                0
            } else {
                header.best(&[
                    ("description", 70),
                    ("narrative", 75),
                    ("detail", 60),
                    ("purpose", 60),
                    ("contract title", 75),
                    ("title", 65),
                    ("summary", 40),
                    ("subject", 45),
                ])
            }
        }
        Field::Category => category(&header),
        Field::Cpv => header.best(&[("cpv", 90)]),
        Field::ContractId => contract_id(&header),
        Field::ContractStart => contract_day(&header, &["start", "commencement", "commence", "begin"]),
        Field::ContractEnd => {
            contract_day(&header, &["end", "expiry", "expire", "expiration", "completion", "finish"])
        }
    }
}

/// Words for the other side of a payment or contract.
const PARTIES: [(&str, i32); 44] = [
    ("supplier", 90),
    ("vendor", 90),
    ("payee", 90),
    ("creditor", 88),
    ("beneficiary", 88),
    ("merchant", 86),
    ("contractor", 88),
    ("contracted party", 85),
    ("contract holder", 82),
    ("paid to", 85),
    ("payable to", 85),
    ("payment to", 84),
    ("awarded to", 88),
    ("successful tenderer", 88),
    ("successful bidder", 88),
    ("provider", 82),
    ("recipient", 76),
    ("grantee", 76),
    ("counterparty", 76),
    ("manufacturer", 74),
    ("subcontractor", 60),
    ("factory", 78),
    ("facility", 66),
    ("mill", 50),
    ("company", 72),
    ("firm", 66),
    ("trader", 56),
    ("retailer", 50),
    ("party", 52),
    ("partnership", 58),
    ("tenderer", 56),
    ("bidder", 56),
    ("organisation", 48),
    ("organization", 48),
    ("employer", 46),
    ("issuer", 90),
    ("investee", 84),
    ("constituent", 80),
    ("legal name", 88),
    ("legal entity", 54),
    ("third party", 60),
    ("consultant", 60),
    ("agency", 30),
    ("entity", 30),
];

/// Words for a thing held.
const HOLDINGS: [(&str, i32); 34] = [
    ("description of holding", 96),
    ("name of holding", 96),
    ("holding name", 95),
    ("holding description", 95),
    ("security name", 94),
    ("security description", 93),
    ("security long name", 94),
    ("name of security", 94),
    ("investment name", 92),
    ("name of investment", 92),
    ("investment description", 92),
    ("asset name", 92),
    ("asset description", 92),
    ("stock name", 92),
    ("stock description", 92),
    ("instrument name", 92),
    ("instrument description", 92),
    ("instrument long name", 92),
    ("issue name", 88),
    ("property name", 90),
    ("name of property", 90),
    ("partnership name", 90),
    ("limited partnership", 84),
    ("pooled fund", 80),
    ("pooled vehicle", 80),
    ("investment item", 90),
    ("investment vehicle", 82),
    ("security", 82),
    ("holding", 76),
    ("stock", 78),
    ("investment", 72),
    ("asset", 74),
    ("instrument", 74),
    ("position", 56),
];

/// Words that make of a party one of its attributes: `Supplier ID`, `Vendor Group`.
const ATTRIBUTES: [&str; 88] = [
    "id",
    "identifier",
    "no",
    "num",
    "number",
    "code",
    "ref",
    "reference",
    "type",
    "group",
    "grouping",
    "classification",
    "category",
    "subcategory",
    "class",
    "address",
    "postcode",
    "zip",
    "status",
    "country",
    "region",
    "town",
    "city",
    "county",
    "email",
    "telephone",
    "tel",
    "phone",
    "fax",
    "contact",
    "date",
    "vat",
    "registration",
    "sme",
    "vcse",
    "vcs",
    "vco",
    "size",
    "sector",
    "industry",
    "url",
    "website",
    "link",
    "account",
    "invoice",
    "count",
    "amount",
    "value",
    "valuation",
    "spend",
    "cost",
    "price",
    "percent",
    "percentage",
    "%",
    "£",
    "whether",
    "key",
    "duns",
    "lei",
    "isin",
    "sedol",
    "cusip",
    "ticker",
    "symbol",
    "location",
    "currency",
    "ccy",
    "tier",
    "rank",
    "score",
    "worker",
    "turnover",
    "expenditure",
    "quantity",
    "unit",
    "share",
    "weight",
    "weighting",
    "local",
    "comment",
    "note",
    "response",
    "parent",
    "relationship",
    "manager",
    "style",
    "identification",
];

/// Words for the body whose file it is, and for other people in it.
const PAYERS: [&str; 34] = [
    "body",
    "authority",
    "council",
    "department",
    "dept",
    "directorate",
    "buyer",
    "purchaser",
    "purchasing",
    "customer",
    "client",
    "payer",
    "publisher",
    "pension",
    "officer",
    "cardholder",
    "portfolio",
    "budget",
    "centre",
    "division",
    "service",
    "school",
    "project",
    "scheme",
    "contract",
    "product",
    "item",
    "file",
    "sheet",
    "contracting",
    "trust",
    "ccg",
    "owner",
    "lead",
];

fn name(header: &Header<'_>) -> i32 {
    let party = header.best(&PARTIES);
    let holding = header.best(&HOLDINGS);
    let named = header.any(&["name", "named"]);
    let attribute = header.0.iter().filter(|word| ATTRIBUTES.contains(&word.as_str())).count();
    let payer = header.any(&PAYERS) || header.phrase("cost element");
    if holding >= 90 {
        return holding;
    }
    if party > 0 || holding > 0 {
        let base = party.max(holding);
        if attribute > 0 && !named {
            return VETO;
        }
        // `Supplier name and address` still begins with the name.
        let person = header.any(&["contact", "officer", "manager", "director"]);
        let base = if person { base - 60 } else { base };
        let base = if named { base + 9 - 20 * i32::try_from(attribute).unwrap_or(0) } else { base };
        // `Awarded supplier` and `Contract supplier` are suppliers; `Service provider name` too. `Customer company` is not.
        let base = if payer && base < 80 { base - 60 } else { base };
        return if header.any(&["description", "other", "previous", "original", "short", "sub"]) {
            base - 20
        } else {
            base
        };
    }
    // Who is paid in one ledger, what for in another: the values decide.
    if header.is("account name") || header.is("contact") || header.is("contact name") {
        return 42;
    }
    if attribute > 0 {
        return VETO;
    }
    if named || header.has("fullname") {
        return match (payer, header.0.len()) {
            (true, _) => VETO,
            (false, 1) => 68,
            (false, _)
                if header.phrase("full name")
                    || header.phrase("long name")
                    || header.phrase("trading name") =>
            {
                68
            }
            (false, _) if header.any(&["first", "last", "fore", "sur", "forename", "surname"]) => 25,
            (false, _) => 45,
        };
    }
    if payer {
        return VETO;
    }
    if header.is("fund") || header.is("property") {
        return 24;
    }
    if header.0.len() <= 2 {
        header.best(&[
            ("title", 32),
            ("description", 34),
            ("detail", 24),
            ("payment detail", 30),
            ("narrative", 20),
        ])
    } else {
        0
    }
}

const CURRENCY_WORDS: [&str; 14] =
    ["£", "$", "€", "gbp", "usd", "eur", "sterling", "pound", "nok", "in", "000", "million", "m", "k"];

fn amount(header: &Header<'_>) -> i32 {
    let taxless = [
        "exc",
        "ex",
        "excl",
        "excluding",
        "exclude",
        "net",
        "inc",
        "incl",
        "including",
        "less",
        "without",
        "before",
        "gross",
        "exclusive",
        "inclusive",
        "plus",
        // As other languages have it: `sin IVA`, `bez DPH`, `s DPH`, `exkl moms`, `hors TVA`.
        "sin",
        "con",
        "bez",
        "včetně",
        "vrátane",
        "s",
        "exkl",
        "inkl",
        "hors",
        "sans",
        "avec",
        "senza",
        "sem",
        "ohne",
        "ekskl",
    ];
    let tax = header.any(&["vat", "gst", "hst", "qst"]);
    if tax && !header.any(&taxless) || header.has("irrecoverable") || header.phrase("not recovered") {
        return VETO;
    }
    // `Amount in Local Currency` is the amount, `Invoice Currency` is none.
    let in_currency = header.has("in")
        && header.any(&["local", "transaction", "document", "company", "base", "reporting"])
        && header.any(&["amount", "amt", "value"])
        || header.is("currency amount");
    if header.any(&["currency", "ccy"]) && !in_currency {
        return VETO;
    }
    if header.any(&[
        "id",
        "code",
        "date",
        "rate",
        "type",
        "%",
        "percent",
        "percentage",
        "weight",
        "weighting",
        "quantity",
        "qty",
        "share",
        "fossil",
        "number",
        "no",
        "ref",
        "reference",
        "category",
        "centre",
        "center",
        "element",
        "description",
        "narrative",
        "area",
        "unit",
        "yield",
        "coupon",
        "duration",
        "voting",
        "ownership",
        "threshold",
        "band",
        "class",
        "status",
        "reason",
        "name",
        "worker",
        "turnover",
        "classification",
        "group",
        "method",
        "terms",
        "frequency",
        "family",
        "account",
        "count",
        "latitude",
        "longitude",
        "maturity",
        "postcode",
        "telephone",
        "phone",
        "hyperlink",
        "award notice",
        "card",
        "location",
        "budget",
        "cap",
    ]) {
        return VETO;
    }
    if header.has("capital") && !header.phrase("capital value") {
        return VETO;
    }
    if header.0.iter().all(|word| CURRENCY_WORDS.contains(&word.as_str()))
        && !header.is("in")
        && !header.is("m")
        && !header.is("k")
    {
        return 72;
    }
    if header.is("debit") {
        return 60;
    }
    let base = header.best(&[
        ("amount", 82),
        ("amt", 80),
        ("net amount", 84),
        ("amount paid", 86),
        ("paid amount", 86),
        ("payment amount", 85),
        ("total amount", 85),
        ("all amount", 86),
        ("market value", 88),
        ("market val", 86),
        ("mkt value", 86),
        ("mkt val", 86),
        ("nav", 76),
        ("net asset value", 84),
        ("winning bid", 76),
        ("bid amount", 76),
        ("tender sum", 74),
        ("tendered sum", 74),
        ("capital value", 76),
        ("fair value", 84),
        ("holding value", 82),
        ("total contract value", 87),
        ("contract value", 85),
        ("value of contract", 85),
        ("awarded value", 85),
        ("award value", 85),
        ("contract award value", 86),
        ("total value", 76),
        ("net value", 76),
        ("invoiced value", 82),
        ("invoice value", 82),
        ("transaction value", 82),
        ("payment value", 82),
        ("line value", 78),
        ("value", 68),
        ("valuation", 70),
        ("spend", 76),
        ("total spend", 78),
        ("net", 66),
        ("gross", 60),
        ("exposure", 58),
        ("total", 50),
        ("sum", 54),
        ("expenditure", 52),
        ("cost", 48),
        ("total cost", 58),
        // Beside `price` as such, which is that of one piece.
        ("contract price", 104),
        ("total price", 100),
        ("payment", 44),
        ("paid", 44),
        ("invoice total", 66),
        ("line total", 66),
        ("obligation", 74),
        ("debit", 30),
        ("balance", 30),
        ("actual", 54),
        ("charge", 44),
    ]);
    if base == 0 {
        return 0;
    }
    let mut points = base;
    for (word, change) in [
        ("gbp", 4),
        ("£", 2),
        ("sterling", 4),
        ("base", 3),
        ("bid", 2),
        ("mid", 1),
        ("net", 1),
        ("local", -18),
        ("book", -30),
        ("nominal", -34),
        ("par", -34),
        ("price", -44),
        ("notional", -30),
        ("cost", -6),
        ("low", -28),
        ("min", -28),
        ("minimum", -28),
        ("high", -22),
        ("max", -22),
        ("maximum", -20),
        ("extension", -18),
        ("remaining", -22),
        ("annual", -10),
        ("average", -24),
        ("unit", -30),
        ("usd", -1),
        ("estimated", -4),
        ("est", -2),
        ("country", -40),
        ("tax", -60),
        ("discount", -50),
        ("saving", -40),
        ("previous", -20),
        ("original", -14),
        ("opening", -12),
        ("start", -10),
        ("gain", -40),
        ("loss", -40),
        ("accrued", -30),
        ("income", -20),
        ("grant", -6),
        ("gross", -1),
    ] {
        if header.has(word) {
            points += change;
        }
    }
    points
}

fn date(header: &Header<'_>) -> i32 {
    if header.any(&[
        "start",
        "end",
        "expiry",
        "expire",
        "commencement",
        "review",
        "closing",
        "birth",
        "renewal",
        "maturity",
        "extension",
        "published",
    ]) {
        return if header.any(&["published"]) { 30 } else { 0 };
    }
    if !header.any(&["date", "day", "paid", "period", "month"]) {
        return 0;
    }
    header.best(&[
        ("payment date", 92),
        ("date paid", 92),
        ("paid date", 92),
        ("date of payment", 92),
        ("clearing date", 90),
        ("date", 84),
        ("transaction date", 82),
        ("posting date", 82),
        ("gl date", 80),
        ("invoice date", 78),
        ("awarded date", 78),
        ("award date", 78),
        ("effective date", 55),
        ("paid on", 80),
        ("period", 24),
        ("month", 30),
    ])
}

const NUMBERS: [&str; 10] =
    ["id", "no", "num", "number", "code", "ref", "reference", "key", "identifier", "ids"];

fn id(header: &Header<'_>) -> i32 {
    if header.any(&[
        "vat",
        "company",
        "charity",
        "registered",
        "registration",
        "reg",
        "companies",
        "sme",
        "type",
    ]) {
        return 0;
    }
    if header.any(&NUMBERS)
        && header.any(&["supplier", "vendor", "creditor", "payee", "beneficiary", "contractor"])
    {
        return 86;
    }
    if header.is("id") || header.is("subject id") { 60 } else { 0 }
}

fn country(header: &Header<'_>) -> i32 {
    if header.any(&["total", "value", "code2"]) {
        return 0;
    }
    header.best(&[
        ("incorporation country", 92),
        ("country of incorporation", 92),
        ("country of domicile", 88),
        ("country of risk", 84),
        ("country", 86),
        ("legal jurisdiction", 60),
        ("domicile", 70),
        ("location", 40),
        ("nationality", 50),
    ])
}

fn company_number(header: &Header<'_>) -> i32 {
    if header.any(&["vat", "charity", "name", "contract"]) {
        return 0;
    }
    if header.phrase("companies house") || header.is("crn") {
        return 88;
    }
    let number = header.any(&["number", "no", "num", "registration", "reg", "id"]);
    if number && header.any(&["company", "companies"]) && !header.any(&["group", "buyer"]) {
        return 88;
    }
    if header.phrase("registered number")
        || header.phrase("registration number")
        || header.phrase("registration no")
    {
        60
    } else {
        0
    }
}

fn vat(header: &Header<'_>) -> i32 {
    let number = header.any(&["number", "no", "num", "registration", "reg", "registered", "id"]);
    if header.has("vat") && number && !header.any(&["amount", "value", "irrecoverable"]) { 88 } else { 0 }
}

fn currency(header: &Header<'_>) -> i32 {
    // The currency in which a share is listed is not the one in which a fund values it.
    if header.any(&["market", "local", "trading", "amount", "value", "price", "listing", "native"]) {
        return 0;
    }
    header.best(&[("currency", 86), ("ccy", 86), ("curr", 70), ("currency code", 86)])
}

fn category(header: &Header<'_>) -> i32 {
    if header.any(&["date", "number", "no", "amount"]) {
        return 0;
    }
    let points = header.best(&[
        ("expense type", 84),
        ("expenditure category", 84),
        ("expense area", 60),
        ("category", 80),
        ("service area", 58),
        ("asset class", 84),
        ("sector", 76),
        ("industry", 76),
        ("cost element", 50),
        ("account description", 78),
        ("account code description", 80),
        ("account detail", 76),
        ("cost centre", 48),
        ("directorate", 40),
        ("department", 34),
        ("classification", 70),
        ("expenditure type", 78),
        ("subjective", 56),
        ("service", 40),
        ("purpose", 50),
        ("procurement classification", 78),
    ]);
    if header.has("code") && points > 0 && !header.has("description") { points - 30 } else { points }
}

fn contract_id(header: &Header<'_>) -> i32 {
    if header.is("ocid") || header.phrase("notice identifier") {
        return 80;
    }
    if header.any(&["contract", "agreement", "procurement"]) && header.any(&NUMBERS) && !header.has("type") {
        84
    } else {
        0
    }
}

fn contract_day(header: &Header<'_>, words: &[&str]) -> i32 {
    if header.any(&["review", "extension", "invoice"]) || !header.any(words) {
        return 0;
    }
    match (header.has("contract"), header.has("date") || header.0.len() == 1) {
        (true, _) => 88,
        (false, true) => 80,
        (false, false) => 50,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(field: Field, header: &str) -> i32 {
        score(field, &split(header))
    }

    #[test]
    fn headers_are_split_into_words() {
        let cases = [
            ("SupplierName", "supplier name"),
            (" NetAmount ", "net amount"),
            ("Supplier(Beneficiary) Name", "supplier beneficiary name"),
            ("Supplier [Name|Address|Ref type]", "supplier"),
            ("Amount (£GBP)", "amount £ gbp"),
            ("VATRegNo", "vat reg no"),
            ("Supplier's Details", "supplier detail"),
            ("Entity.LegalName", "entity legal name"),
            ("Rechnungsbetrag (EUR)", "invoice amount eur"),
            ("Enw'r Cyflenwr / Supplier Name", "enwr supplier supplier name"),
        ];
        for (header, words) in cases {
            assert_eq!(split(header).join(" "), words, "{header}");
        }
    }

    #[test]
    fn names_are_told_from_what_looks_like_them() {
        for header in [
            "Supplier Name",
            "Vendor",
            "Payee",
            "Creditor Name",
            "Beneficiary Name",
            "Supplier(Beneficiary) Name",
            "Merchant Name",
            "Awarded supplier",
            "Contractor/\nProvider",
            "Description of holding - equity, gilts, government bonds, non govt bonds etc",
            "Security Name",
            "Issuer",
            "Stock Description",
            "Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]",
            "Name of Supplier",
            "Supplier name and address",
            "Entity.LegalName",
            "Service Provider",
        ] {
            assert!(of(Field::Name, header) >= 76, "{header}: {}", of(Field::Name, header));
        }
        for header in [
            "Supplier ID",
            "Supplier Classification",
            "Supplier Group",
            "Body Name",
            "Name of Body",
            "Name of Local Authority Pension Fund",
            "Vendor No",
            "Company Reg No",
            "Amount",
            "Supplier Registered Company Number",
            "Department",
            "Total Workers",
            "Contract Title",
            "Creditor type",
            "Supplier's contact name",
        ] {
            assert!(of(Field::Name, header) < 40, "{header}: {}", of(Field::Name, header));
        }
        assert!(of(Field::Name, "Supplier Name") > of(Field::Name, "Name"));
        assert!(of(Field::Name, "Name") > of(Field::Name, "Organisation Name") - 20);
    }

    #[test]
    fn amounts_are_told_from_what_looks_like_them() {
        for header in [
            "Amount",
            "Net Amount(£)",
            "Amount in Sterling £",
            "Spend",
            "Invoiced Value",
            "Market Value(NOK)",
            "Bid Market Value",
            "Value £",
            "Total Contract Value",
            "Amount excl VAT",
            "£",
            "Awarded Value",
            "Net",
        ] {
            assert!(of(Field::Amount, header) >= 60, "{header}: {}", of(Field::Amount, header));
        }
        for header in [
            "Fossil Fuel Amounts",
            "Irrecoverable VAT Amount",
            "VAT",
            "Weight (%)",
            "Shares",
            "VAT not recovered",
            "Cost Centre",
            "Expenditure Category",
            "Price",
            "Line",
            "Supplier Name",
            "Payment Date",
        ] {
            assert!(of(Field::Amount, header) < 40, "{header}: {}", of(Field::Amount, header));
        }
        assert!(of(Field::Amount, "Market Value") > of(Field::Amount, "Notional Value"));
        assert!(of(Field::Amount, "Net") > of(Field::Amount, "Gross"));
        assert!(of(Field::Amount, "Awarded Value") > of(Field::Amount, "Value High"));
    }
}
