//! Exports of many kinds of body, each read without a word from the officer.

use super::tests::{load_bytes, summary};
use super::*;

fn read(label: &str, bytes: &[u8]) -> String {
    match load_bytes(label, bytes, &LoadOptions::default()) {
        Ok(loaded) => summary(&loaded),
        Err(error) => format!("unfit: {error}"),
    }
}

/// Text in Windows-1252, for characters up to U+00FF.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn exports_of_other_countries_are_read() {
    let cases: [(&str, Vec<u8>, &str); 10] = [
        (
            "Hungarian, which has no words in our tables",
            (1..9)
                .fold(String::from("Kelt;Szállító;Összeg;Tárgy\n"), |text, row| {
                    text + &format!("2026-04-0{row};Orrinmoor {row} Ltd;{row}.50;Munka\n")
                })
                .into_bytes(),
            "suppliers: header 1, Szállító, Összeg, [8, 8, 0, 0, 0, 0], 8 names, 40",
        ),
        (
            "German ledger",
            latin(
                "Buchungsdatum;Lieferant;Kreditorennummer;Betrag in EUR;Verwendungszweck\r\n03.04.2026;Orrinmoor GmbH;700001;1.234,50;Rechnung 1\r\n04.04.2026;Müller & Söhne OHG;700002;-34,50;Gutschrift\r\n05.04.2026;Stadtwerke Tessaryk;700003;2.000;Rechnung 2\r\n",
            ),
            "suppliers: header 1, Lieferant, Betrag in EUR, [3, 3, 0, 0, 0, 0], 3 names, 3200",
        ),
        (
            "French payments",
            "Date de paiement;Fournisseur;SIRET;Montant TTC (€);Objet\n03/04/2026;Orrinmoor SARL;12345678901234;1\u{a0}234,50;Travaux\n04/04/2026;Lycée Tessaryque;12345678901235;65,50;Subvention\n".as_bytes().to_vec(),
            "suppliers: header 1, Fournisseur, Montant TTC (€), [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "Spanish contracts",
            latin("Fecha;Adjudicatario;NIF;Importe;Objeto del contrato\n03/04/2026;Orrinmoor SL;B12345678;1.234,50 EUR;Obras\n04/04/2026;Tessaryk SA;A12345678;65,50 EUR;Servicios\n"),
            "suppliers: header 1, Adjudicatario, Importe, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "Italian payments",
            "Fornitore;Importo;Oggetto\nOrrinmoor SRL;1.234,50;Servizi\nTessaryk SPA;65,50;Servizi\n".as_bytes().to_vec(),
            "suppliers: header 1, Fornitore, Importo, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "Welsh council",
            "Enw'r Cyflenwr,Dyddiad,Swm (£),Gwasanaeth\nOrrinmoor Cyf,03/04/2026,\"1,234.50\",Priffyrdd\nTessaryk Ltd,04/04/2026,65.50,Gofal\n".as_bytes().to_vec(),
            "suppliers: header 1, Enw'r Cyflenwr, Swm (£), [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "US state payments",
            b"Fiscal Year,Agency Name,Vendor Name,Check Date,Check Amount,Fund Description\n2026,\"DEPARTMENT OF ROADS\",ORRINMOOR INC,4/13/2026,\"$1,234.50\",General Fund\n2026,\"DEPARTMENT OF ROADS\",TESSARYK LLC,4/30/2026,\"($34.50)\",General Fund\n".to_vec(),
            "suppliers: header 1, Vendor Name, Check Amount, [2, 2, 0, 0, 0, 0], 2 names, 1200",
        ),
        (
            "US state contracts",
            b"Contract Number,Contract Title,Contractor,Vendor Number,Begin Date,End Date,Total Contract Amount,Buyer Name\nK1,Janitorial,\"Orrinmoor, Inc.\",V1,07/01/2026,06/30/2027,\"$1,200.00\",Joan Plainname\nK2,Paving,Tessaryk Corp,V2,07/01/2026,06/30/2027,$100,Joan Plainname\n".to_vec(),
            "contracts: header 1, Contractor, Total Contract Amount, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "Australian contracts",
            b"Contract Notice ID,Agency,Publish Date,Category,Contract Period Start,Contract Period End,Contract Value (AUD),Supplier Name,Supplier ABN,Supplier Country\nCN1,Department of Roads,3-Mar-2026,IT,1-Mar-2026,30-Jun-2027,\"1,234.50\",Orrinmoor Pty Ltd,11111111111,AUSTRALIA\nCN2,Department of Roads,4-Mar-2026,IT,1-Mar-2026,30-Jun-2027,65.50,Tessaryk Pty Ltd,11111111112,AUSTRALIA\n".to_vec(),
            "contracts: header 1, Supplier Name, Contract Value (AUD), [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "Dutch payments in UTF-16 with tabs",
            wide("Leverancier\tBetaaldatum\tBedrag excl. BTW\r\nOrrinmoor BV\t03-04-2026\t€ 1.234,50\r\nGemeente Tessaryk\t04-04-2026\t€ -34,50\r\n"),
            "suppliers: header 1, Leverancier, Bedrag excl. BTW, [2, 2, 0, 0, 0, 0], 2 names, 1200",
        ),
    ];
    for (label, bytes, expected) in cases {
        assert_eq!(read(label, &bytes), expected, "{label}");
    }
}

/// Files in the manner of some hundred publishers lie beside what is read of them: adding one needs no Rust.
#[test]
fn exports_on_file_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports");
    let expected: Vec<(String, String)> = csv::Reader::from_path(folder.join("EXPECTED.csv"))
        .unwrap()
        .into_deserialize()
        .collect::<Result<_, _>>()
        .unwrap();
    let found: Vec<(String, String)> = expected
        .iter()
        .map(|(file, _)| (file.clone(), read(file, &std::fs::read(folder.join(file)).unwrap())))
        .collect();
    let wrong: Vec<_> = expected.iter().zip(&found).filter(|(expected, found)| expected != found).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        expected.len() + 1,
        "a file is not in EXPECTED.csv"
    );
}

/// An export of which only the names are kept is a list of names still, and not taken for a text.
#[test]
fn the_names_of_every_export_alone_are_a_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports");
    let mut read = 0;
    for file in std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap();
        let Ok(loaded) = load_bytes("a", &bytes, &LoadOptions::default()) else { continue };
        let names = loaded.subjects.iter().map(|subject| subject.name.as_str());
        let mut alone = csv::Writer::from_writer(Vec::new());
        for name in std::iter::once("Supplier Name").chain(names) {
            alone.write_record([name]).unwrap();
        }
        let alone = load_bytes("a.csv", &alone.into_inner().unwrap(), &LoadOptions::default());
        assert!(alone.is_ok(), "{file:?}: {alone:?}");
        read += 1;
    }
    assert!(read > 90, "{read}");
}

/// An `OpenDocument` spreadsheet of these sheets, each of rows of cells; a cell that begins with `=` is a number.
pub(super) fn ods(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    use std::io::Write as _;
    let cell = |text: &&str| match text.strip_prefix('=') {
        Some(number) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
        ),
        None if text.is_empty() => "<table:table-cell/>".to_owned(),
        None => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        ),
    };
    let joined = |parts: Vec<String>| parts.concat();
    let row = |cells: &&[&str]| {
        format!("<table:table-row>{}</table:table-row>", joined(cells.iter().map(cell).collect()))
    };
    let table = |(name, rows): &(&str, &[&[&str]])| {
        format!("<table:table table:name=\"{name}\">{}</table:table>", joined(rows.iter().map(row).collect()))
    };
    let tables = joined(sheets.iter().map(table).collect());
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\">\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/></manifest:manifest>"
    );
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("mimetype", kind), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)]
    {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn open_document_spreadsheets_are_read() {
    let rows: &[&[&str]] = &[
        &["Payments over £500"],
        &[],
        &["Supplier", "Paid", "Amount"],
        &["Orrinmoor Ltd", "2026-04-03", "=1234.5"],
        &["Ruddlecombe plc", "2026-04-04", "=65.5"],
        &["Total", "", "=1300"],
    ];
    let book = ods(&[("Notes", &[&["About this file"]]), ("April", rows)]);
    let loaded = load_bytes("a.ods", &book, &LoadOptions::default()).unwrap();
    assert_eq!(summary(&loaded), "suppliers: header 3, Supplier, Amount, [3, 2, 0, 0, 1, 0], 2 names, 1300");
    let input = loaded.inputs.first().unwrap();
    assert_eq!((input.format.as_str(), input.sheet.as_deref()), ("ods", Some("April")));
}

#[test]
fn ledgers_of_every_shape_are_read() {
    let cases: [(&str, Vec<u8>, &str); 12] = [
        (
            "the account's name for the payee",
            b"Account Name,Account Code,Transaction Date,Value,Nominal\nOrrinmoor Ltd,A1,03/04/2026,1234.50,Roads\nTessaryk plc,A2,04/04/2026,65.50,Roads\n".to_vec(),
            "suppliers: header 1, Account Name, Value, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "credits and debits in words",
            b"Payee,Amount,Narrative\nOrrinmoor Ltd,\"1,234.50 DR\",Payment\nTessaryk plc,34.50 CR,Refund\n".to_vec(),
            "suppliers: header 1, Payee, Amount, [2, 2, 0, 0, 0, 0], 2 names, 1200",
        ),
        (
            "header in record 12",
            latin("Tessaryk Council\nPayments to suppliers over £500\n\nPeriod: April 2026\nContact: finance@example.org,,\nNotes:,,\n1. Amounts exclude VAT,,\n2. Names of people are left out,,\n,,\n,,\nPrepared by Finance,,\nSupplier Name,Date Paid,Amount £\nOrrinmoor Ltd,03/04/2026,1234.50\nTessaryk plc,04/04/2026,65.50\n"),
            "suppliers: header 12, Supplier Name, Amount £, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "number before name",
            b"Supplier Number,Supplier,Doc Date,Doc No,Amount\n100001,Orrinmoor Ltd,03.04.2026,5100001,1234.50\n100002,Tessaryk plc,04.04.2026,5100002,65.50\n".to_vec(),
            "suppliers: header 1, Supplier, Amount, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "the body in every row",
            b"Body,Body Name,Service,Beneficiary,Amount (GBP),Irrecoverable VAT,Purpose\nX1,Tessaryk Borough Council,Roads,Orrinmoor Ltd,1234.50,0.00,Kerbs\nX1,Tessaryk Borough Council,Roads,Ruddlecombe plc,65.50,0.00,Kerbs\n".to_vec(),
            "suppliers: header 1, Beneficiary, Amount (GBP), [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "purchase cards",
            b"Cardholder,Directorate,Transaction Date,Merchant Name,Merchant Category,Billing Amount,Original Currency\nJ Plainname,Resources,03/04/2026,ORRINMOOR STORES 3021,HOTELS,12.50,GBP\nJ Plainname,Resources,04/04/2026,SUMUP *TESSARYK,TAXI,7.50,GBP\n".to_vec(),
            "suppliers: header 1, Merchant Name, Billing Amount, [2, 2, 0, 0, 0, 0], 2 names, 20",
        ),
        (
            "transparency of a department",
            latin("Department family,Entity,Date,Expense type,Expense area,Supplier,Transaction number,AP Amount (£),VAT registration number,Supplier postcode,Contract number\nDepartment of Kerbs,Kerb Agency,03/04/2026,Consultancy,Policy,Orrinmoor Ltd,9001,\"1,234.50\",,AB1 2CD,\nDepartment of Kerbs,Kerb Agency,04/04/2026,Consultancy,Policy,Tessaryk plc,9002,65.50,,AB1 2CD,\n"),
            "suppliers: header 1, Supplier, AP Amount (£), [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "codes for headers, bars between cells",
            b"CREDITOR_NAME|INV_DT|PAY_AMT|COST_CENTRE_DESC\nORRINMOOR LTD|20260403|1234.50|ROADS\nTESSARYK PLC|20260404|65.50|ROADS\n".to_vec(),
            "suppliers: header 1, CREDITOR_NAME, PAY_AMT, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "debit and credit columns",
            b"Posting Date,Payee Name,Debit,Credit\n03/04/2026,Orrinmoor Ltd,1234.50,\n04/04/2026,Tessaryk plc,65.50,\n".to_vec(),
            "suppliers: header 1, Payee Name, Debit, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "a name column without a title",
            (0..12)
                .fold(String::from("Date,,,Amount\n"), |text, row| {
                    text + &format!("{:02}/04/2026,Orrinmoor {} Ltd,Roads,{row}.50\n", row + 1, row % 7)
                })
                .into_bytes(),
            "suppliers: header 1, #2, Amount, [12, 12, 0, 0, 0, 0], 7 names, 72",
        ),
        (
            "minus behind",
            b"Clearing Date;Vendor;Vendor Name 1;Amt in loc.cur.;LCurr\n2026-04-03;200001;Orrinmoor Ltd;1.234,50-;GBP\n2026-04-04;200002;Tessaryk plc;65,50-;GBP\n".to_vec(),
            "suppliers: header 1, Vendor Name 1, Amt in loc.cur., [2, 2, 0, 0, 0, 0], 2 names, -1300",
        ),
        (
            "one column of names",
            b"Suppliers\nOrrinmoor Ltd\nTessaryk plc\n".to_vec(),
            "suppliers: header 1, Suppliers, -, [2, 2, 0, 0, 0, 0], 2 names, -",
        ),
    ];
    for (label, bytes, expected) in cases {
        assert_eq!(read(label, &bytes), expected, "{label}");
    }
}

#[test]
fn lists_of_holdings_and_notices_are_read() {
    let cases: [(&str, &str, &str); 7] = [
        (
            "a custodian's report",
            "Portfolio Name,Asset Class,Security Description,SEDOL,ISIN,Quantity,Market Price (Local),Market Value (GBP),% of Fund\nTessaryk PF,Equity,ORRINMOOR PLC ORD GBP0.25,0263494,GB0002634946,12,1.5,\"1,234.50\",0.1%\nTessaryk PF,Equity,TESSARYK CORP COM USD0.01,0263494,GB0002634946,9,7.5,65.50,0.1%\n",
            "holdings: header 1, Security Description, Market Value (GBP), [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "assets with their bid value",
            "Asset Name,Asset Type,Country,Holding,Bid Value £\nORRINMOOR PLC ORD GBP0.25,Equities,United Kingdom,12,\"1,234.50\"\nTESSARYK CORP,Equities,United States,9,65.50\n",
            "holdings: header 1, Asset Name, Bid Value £, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "investments in millions below a title",
            "Tessaryk Pension Fund,,\nHoldings as at 31 March 2026,,\n,,\nInvestment,Manager,Market Value £m\nOrrinmoor plc,Big Asset Management Ltd,12.3\nTessaryk Corp,Other Investors plc,0.7\n",
            "holdings: header 4, Investment, Market Value £m, [2, 2, 0, 0, 0, 0], 2 names, 13",
        ),
        (
            "units and values",
            "Holding,Units,Value,Percentage\nORRINMOOR PLC ORD,12,1234.50,0.9\nTESSARYK CORP COM,9,65.50,0.1\n",
            "holdings: header 1, Holding, Value, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "totals by class of asset",
            "Security Name,Sector,Shares,Market Value\nORRINMOOR PLC ORD,Industrials,12,1234.50\nTotal UK Equities,,,1234.50\nTESSARYK CORP COM,Industrials,9,65.50\nTotal Overseas Equities,,,65.50\nGrand Total,,,1300.00\n",
            "holdings: header 1, Security Name, Market Value, [5, 2, 0, 0, 3, 0], 2 names, 1300",
        ),
        (
            "a tender portal, flattened",
            "ocid,releases/0/id,releases/0/date,releases/0/tender/title,releases/0/buyer/name,releases/0/awards/0/suppliers/0/name,releases/0/awards/0/value/amount,releases/0/awards/0/value/currency\nocds-x-1,1,2026-03-01T00:00:00Z,Kerbs,Tessaryk Council,Orrinmoor Ltd,1234.50,GBP\nocds-x-2,2,2026-03-02T00:00:00Z,Kerbs,Tessaryk Council,Ruddlecombe plc,65.50,GBP\n",
            "contracts: header 1, releases/0/awards/0/suppliers/0/name, releases/0/awards/0/value/amount, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
        (
            "grants",
            "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,Recipient Org:Name,Recipient Org:Charity Number,Funding Org:Name\n360G-1,Kerbs,Good works,GBP,1234.50,2026-01-02,GB-CHC-200001,Orrinmoor Trust,200001,Tessaryk Foundation Ltd\n360G-2,Roads,Good works,GBP,65.50,2026-01-03,GB-CHC-200002,Ruddlecombe Society,200002,Tessaryk Foundation Ltd\n",
            "contracts: header 1, Recipient Org:Name, Amount Awarded, [2, 2, 0, 0, 0, 0], 2 names, 1300",
        ),
    ];
    for (label, text, expected) in cases {
        assert_eq!(read(label, text.as_bytes()), expected, "{label}");
    }
}
