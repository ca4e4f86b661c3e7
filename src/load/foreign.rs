//! Header words of other languages, as the English words that mean the same.
//!
//! Exports of German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Finnish, Polish, Czech, Slovak and Welsh
//! bodies, and the commonest words of a dozen other languages; Welsh councils write both languages into one header. Left
//! out are words that are English too (`data`, `land`). English words that exports run together or misspell are here too. The words are
//! those of public payment and contract registers, gathered by hand.

/// The English words for a foreign one, given in lower case and without a plural `s`.
pub(super) fn english(word: &str) -> Option<&'static str> {
    let at = WORDS.binary_search_by(|(foreign, _)| (*foreign).cmp(word)).ok()?;
    WORDS.get(at).map(|(_, english)| *english)
}

/// In the order of their bytes.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("acheteur", "buyer"), ("acreedor", "creditor"), ("adjudicacion", "award"), ("adjudicación", "award"), ("adjudicante", "buyer"),
    ("adjudicatari", "contractor"), ("adjudicatario", "contractor"), ("adjudicatária", "contractor"), ("adjudicatário", "contractor"),
    ("adran", "department"), ("adresse", "address"), ("aggiudicatario", "contractor"), ("aggiudicazione", "award"), ("ammount", "amount"),
    ("amont", "amount"), ("amoumt", "amount"), ("amountpaid", "amount paid"), ("amout", "amount"), ("amtpaid", "amount paid"),
    ("anschrift", "address"), ("anzahl", "quantity"), ("assetname", "asset name"), ("attributaire", "contractor"), ("attributaires", "contractor"),
    ("auftraggeber", "buyer"), ("auftragnehmer", "contractor"), ("auftragssumme", "contract value"), ("auftragsvolumen", "contract value"),
    ("auftragswert", "contract value"), ("auszahlungsbetrag", "payment amount"), ("awardvalue", "award value"), ("bedrag", "amount"),
    ("bedrijf", "company"), ("bedrijfsnaam", "company name"), ("begunstigde", "beneficiary"), ("begünstigte", "beneficiary"),
    ("begünstigter", "beneficiary"), ("behörde", "authority"), ("belegdatum", "document date"), ("belopp", "amount"), ("beløb", "amount"),
    ("beløp", "amount"), ("beneficary", "beneficiary"), ("beneficiaire", "beneficiary"), ("beneficiaires", "beneficiary"),
    ("beneficiario", "beneficiary"), ("beneficiaryname", "beneficiary name"), ("beneficiário", "beneficiary"), ("benificiary", "beneficiary"),
    ("beschreibung", "description"), ("beskrivelse", "description"), ("beskrivning", "description"), ("betaaldatum", "payment date"),
    ("betaldatum", "payment date"), ("betaling", "payment"), ("betalingsdato", "payment date"), ("betrag", "amount"), ("bewilligungssumme", "amount"),
    ("bezeichnung", "description"), ("bieter", "bidder"), ("boekdatum", "posting date"), ("bogføringsdato", "posting date"),
    ("bokföringsdatum", "posting date"), ("bolag", "company"), ("bolagsnamn", "company name"), ("brutto", "gross"), ("bruttobetrag", "gross amount"),
    ("bruttowert", "gross value"), ("btw", "vat"), ("buchungsdatum", "posting date"), ("buchungstext", "narrative"), ("bénéficiaire", "beneficiary"),
    ("castka", "amount"), ("categoría", "category"), ("catergory", "category"), ("catégorie", "category"), ("causale", "description"),
    ("cena", "value"), ("cocontractant", "contractor"), ("collectivité", "authority"), ("committente", "buyer"), ("companyname", "company name"),
    ("concepto", "description"), ("contractista", "contractor"), ("contractvalue", "contract value"), ("contratada", "contractor"),
    ("contratado", "contractor"), ("contratante", "buyer"), ("contratista", "contractor"), ("crediteur", "creditor"),
    ("crediteurnaam", "creditor name"), ("creditore", "creditor"), ("creditorname", "creditor name"), ("credor", "creditor"),
    ("créancier", "creditor"), ("cuantia", "amount"), ("cuantía", "amount"), ("cwmni", "company"), ("cyflenwr", "supplier"),
    ("cyflenwyr", "supplier"), ("datepaid", "date paid"), ("dato", "date"), ("datum", "date"), ("ddv", "vat"), ("denominacion", "name"),
    ("denominación", "name"), ("denominazione", "name"), ("descricao", "description"), ("descripcion", "description"),
    ("descripción", "description"), ("descrizione", "description"), ("descrição", "description"), ("despesa", "expenditure"),
    ("devise", "currency"), ("dienstleister", "provider"), ("dienststelle", "department"), ("dirección", "address"), ("disgrifiad", "description"),
    ("ditta", "company"), ("dobavitelj", "supplier"), ("dobavljač", "supplier"), ("dodavatel", "supplier"), ("dodavatele", "supplier"),
    ("dodávateľ", "supplier"), ("dodávateľa", "supplier"), ("dostawca", "supplier"), ("dph", "vat"), ("dyddiad", "date"), ("dátum", "date"),
    ("dépense", "expenditure"), ("dépenses", "expenditure"), ("désignation", "description"), ("emisor", "issuer"), ("emittent", "issuer"),
    ("emittente", "issuer"), ("empfänger", "recipient"), ("empfängername", "recipient name"), ("empresa", "company"), ("endereço", "address"),
    ("entreprise", "company"), ("enw", "name"), ("factura", "invoice"), ("facture", "invoice"), ("factuur", "invoice"),
    ("factuurbedrag", "invoice amount"), ("factuurdatum", "invoice date"), ("fakturabelopp", "invoice amount"), ("fakturabeløb", "invoice amount"),
    ("fakturabeløp", "invoice amount"), ("fakturadato", "invoice date"), ("fakturadatum", "invoice date"), ("fattura", "invoice"),
    ("fatura", "invoice"), ("favorecida", "beneficiary"), ("favorecido", "beneficiary"), ("fecha", "date"), ("firma", "company"),
    ("firmenname", "company name"), ("fornavn", "first name"), ("fornecedor", "supplier"), ("fornecedores", "supplier"), ("fornitore", "supplier"),
    ("fornitori", "supplier"), ("fournisseur", "supplier"), ("fpa", "vat"), ("furnizor", "supplier"), ("furnizorul", "supplier"),
    ("gasto", "expenditure"), ("gegenstand", "description"), ("gemeente", "council"), ("gemeinde", "council"), ("gesamtbetrag", "total amount"),
    ("gesamtsumme", "total amount"), ("gläubiger", "creditor"), ("grossamount", "gross amount"), ("gwasanaeth", "service"), ("gwerth", "value"),
    ("hodnota", "value"), ("ht", "net"), ("importe", "amount"), ("importo", "amount"), ("impresa", "company"), ("indirizzo", "address"),
    ("innehav", "holding"), ("invoiceamount", "invoice amount"), ("invoicedate", "invoice date"), ("invoicevalue", "invoice value"),
    ("issuername", "issuer name"), ("iva", "vat"), ("iznos", "amount"), ("kategorie", "category"), ("kontrahent", "contractor"),
    ("kreditor", "creditor"), ("kreditorbezeichnung", "creditor name"), ("kreditoren", "creditor"), ("kreditorenname", "creditor name"),
    ("kreditorennummer", "creditor number"), ("kreditorname", "creditor name"), ("kreditornavn", "creditor name"),
    ("kreditornummer", "creditor number"), ("kurswert", "market value"), ("kwota", "amount"), ("köpare", "buyer"), ("leverancier", "supplier"),
    ("leveranciersnaam", "supplier name"), ("leverandør", "supplier"), ("leverandørens", "supplier"), ("leverandørnavn", "supplier name"),
    ("leverantör", "supplier"), ("leverantörsnamn", "supplier name"), ("leverantörsnummer", "supplier number"), ("libelle", "description"),
    ("libellé", "description"), ("licitador", "bidder"), ("licitante", "bidder"), ("lieferant", "supplier"), ("lieferanten", "supplier"),
    ("lieferantenbezeichnung", "supplier name"), ("lieferantenname", "supplier name"), ("lieferantennamen", "supplier name"),
    ("lieferantennr", "supplier number"), ("lieferantennummer", "supplier number"), ("lordo", "gross"), ("mandataire", "contractor"),
    ("markedsverdi", "market value"), ("marketvalue", "market value"), ("marknadsvärde", "market value"), ("marktwaarde", "market value"),
    ("marktwert", "market value"), ("modtager", "recipient"), ("modtagernavn", "recipient name"), ("moeda", "currency"), ("moms", "vat"),
    ("moneda", "currency"), ("montant", "amount"), ("montante", "amount"), ("montants", "amount"), ("monto", "amount"), ("motpart", "counterparty"),
    ("mottagare", "recipient"), ("mottaker", "recipient"), ("mottakernavn", "recipient name"), ("mwst", "vat"), ("määrä", "amount"),
    ("méid", "amount"), ("naam", "name"), ("nabywca", "buyer"), ("namn", "name"), ("navn", "name"), ("naziv", "name"), ("nazwa", "name"),
    ("netamount", "net amount"), ("nett", "net"), ("netto", "net"), ("nettobetrag", "net amount"), ("nettowert", "net value"), ("nimi", "name"),
    ("nom", "name"), ("nombre", "name"), ("nome", "name"), ("nr", "no"), ("numero", "number"), ("nummer", "number"), ("numéro", "number"),
    ("název", "name"), ("názov", "name"), ("número", "number"), ("objednatel", "buyer"), ("objednávateľ", "buyer"), ("objet", "description"),
    ("objeto", "description"), ("odberateľ", "customer"), ("odbiorca", "recipient"), ("odběratel", "customer"), ("oggetto", "description"),
    ("omschrijving", "description"), ("ontvanger", "recipient"), ("opdrachtgever", "buyer"), ("opdrachtnemer", "contractor"),
    ("opdrachtwaarde", "contract value"), ("opis", "description"), ("organismo", "authority"), ("orgao", "authority"), ("ort", "town"),
    ("paese", "country"), ("pagamento", "payment"), ("pago", "payment"), ("paiddate", "paid date"), ("paiement", "payment"),
    ("payeename", "payee name"), ("paymentamount", "payment amount"), ("paymentdate", "payment date"), ("país", "country"), ("pdv", "vat"),
    ("piegādātājs", "supplier"), ("plz", "postcode"), ("postleitzahl", "postcode"), ("preco", "value"), ("predmet", "description"),
    ("prejemnik", "recipient"), ("prestataire", "provider"), ("prestataires", "provider"), ("preço", "value"), ("prijímateľ", "recipient"),
    ("primatelj", "recipient"), ("provedor", "supplier"), ("proveedor", "supplier"), ("proveedores", "supplier"), ("proveïdor", "supplier"),
    ("pvm", "vat"), ("päivämäärä", "date"), ("předmět", "description"), ("příjemce", "recipient"), ("ragione", "company"),
    ("raison", "company"), ("razao", "company"), ("razão", "company"), ("razón", "company"), ("rechnung", "invoice"),
    ("rechnungsbetrag", "invoice amount"), ("rechnungsdatum", "invoice date"), ("rechnungsnummer", "invoice number"),
    ("rechnungssteller", "supplier"), ("rechnungssumme", "invoice amount"), ("règlement", "payment"), ("saaja", "payee"), ("saajan", "payee"),
    ("securityname", "security name"), ("selskap", "company"), ("selskapsnavn", "company name"), ("smluvní", "contracted"), ("sociale", "name"),
    ("société", "company"), ("soláthraí", "supplier"), ("soláthróir", "supplier"), ("spesa", "expenditure"), ("sprzedawca", "supplier"),
    ("spółka", "company"), ("stazione", "buyer"), ("strana", "party"), ("stück", "quantity"), ("subsidiebedrag", "amount"),
    ("subsidieontvanger", "recipient"), ("suim", "amount"), ("suma", "sum"), ("summa", "amount"), ("summe", "sum"), ("suplier", "supplier"),
    ("supllier", "supplier"), ("supplierid", "supplier id"), ("suppliername", "supplier name"), ("supplierno", "supplier no"),
    ("suppliernumber", "supplier number"), ("swm", "amount"), ("taliad", "payment"), ("talwyd", "paid"), ("tarnija", "supplier"),
    ("tedarikçi", "supplier"), ("tercero", "payee"), ("tiekėjas", "supplier"), ("tiers", "payee"), ("titulaire", "contractor"), ("tkr", "000"),
    ("toimittaja", "supplier"), ("toimittajan", "supplier"), ("toimittajannimi", "supplier name"), ("tositepvm", "posting date"),
    ("totaalbedrag", "total amount"), ("totalamount", "total amount"), ("totalvalue", "total value"), ("transactionamount", "transaction amount"),
    ("ttc", "gross"), ("tutar", "amount"), ("tva", "vat"), ("uitgave", "expenditure"), ("unternehmen", "company"),
    ("unternehmensname", "company name"), ("ust", "vat"), ("utgift", "expenditure"), ("valeur", "value"), ("valoare", "value"), ("valoarea", "value"),
    ("valor", "value"), ("valore", "value"), ("valuta", "currency"), ("valutakod", "currency"), ("vatamount", "vat amount"), ("vatamt", "vat amount"),
    ("vencedor", "contractor"), ("vendorid", "vendor id"), ("vendorname", "vendor name"), ("vendornumber", "vendor number"), ("verdi", "value"),
    ("vergabestelle", "buyer"), ("verwendungszweck", "description"), ("värde", "value"), ("värdepapper", "security"), ("waarde", "value"),
    ("waluta", "currency"), ("wartość", "value"), ("wert", "value"), ("wertpapier", "security"), ("wertpapierbezeichnung", "security description"),
    ("wertpapiername", "security name"), ("wykonawca", "contractor"), ("währung", "currency"), ("yhtiö", "company"),
    ("zahlbetrag", "payment amount"), ("zahltag", "payment date"), ("zahlung", "payment"), ("zahlungsbetrag", "payment amount"),
    ("zahlungsdatum", "payment date"), ("zahlungsempfänger", "payee"), ("zamawiający", "buyer"), ("zhotovitel", "contractor"),
    ("zhotoviteľ", "contractor"), ("zleceniobiorca", "contractor"), ("zmluvná", "contracted"), ("znesek", "amount"), ("zuwendungsbetrag", "amount"),
    ("zuwendungsempfänger", "recipient"), ("émetteur", "issuer"), ("órgano", "authority"), ("órgão", "authority"), ("částka", "amount"),
    ("ανάδοχος", "contractor"), ("αξία", "value"), ("δικαιούχος", "beneficiary"), ("επωνυμία", "name"),
    ("ημερομηνία", "date"), ("ποσό", "amount"), ("προμηθευτής", "supplier"), ("поставщик", "supplier"),
    ("постачальник", "supplier"), ("сума", "amount"), ("сумма", "amount"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_and_found() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (foreign, meant) in [("lieferant", "supplier"), ("montant", "amount"), ("cyflenwr", "supplier")] {
            assert_eq!(english(foreign), Some(meant));
        }
        assert_eq!(english("supplier"), None);
    }
}
