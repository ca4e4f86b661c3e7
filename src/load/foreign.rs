//! Header words of other languages, as the English words that mean the same.
//!
//! Exports of German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Finnish, Polish and Welsh bodies; Welsh
//! councils write both languages into one header. Left out are words that are English too (`data`, `land`). The words are
//! those of public payment and contract registers, gathered by hand.

/// The English words for a foreign one, given in lower case and without a plural `s`.
pub(super) fn english(word: &str) -> Option<&'static str> {
    let at = WORDS.binary_search_by(|(foreign, _)| (*foreign).cmp(word)).ok()?;
    WORDS.get(at).map(|(_, english)| *english)
}

/// In the order of their bytes.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("acheteur", "buyer"), ("acreedor", "creditor"), ("adjudicatario", "contractor"), ("adjudicatária", "contractor"),
    ("adjudicatário", "contractor"), ("adran", "department"), ("adresse", "address"), ("aggiudicatario", "contractor"), ("anschrift", "address"),
    ("anzahl", "quantity"), ("attributaire", "contractor"), ("auftraggeber", "buyer"), ("auftragnehmer", "contractor"),
    ("auftragssumme", "contract value"), ("auftragswert", "contract value"), ("bedrag", "amount"), ("bedrijf", "company"),
    ("bedrijfsnaam", "company name"), ("begunstigde", "beneficiary"), ("begünstigte", "beneficiary"), ("begünstigter", "beneficiary"),
    ("behörde", "authority"), ("belegdatum", "document date"), ("belopp", "amount"), ("beløb", "amount"), ("beløp", "amount"),
    ("beneficiaire", "beneficiary"), ("beneficiario", "beneficiary"), ("beneficiário", "beneficiary"), ("beschreibung", "description"),
    ("beskrivelse", "description"), ("beskrivning", "description"), ("betaaldatum", "payment date"), ("betaldatum", "payment date"),
    ("betaling", "payment"), ("betalingsdato", "payment date"), ("betrag", "amount"), ("bezeichnung", "description"), ("boekdatum", "posting date"),
    ("bogføringsdato", "posting date"), ("bokföringsdatum", "posting date"), ("brutto", "gross"), ("bruttobetrag", "gross amount"), ("btw", "vat"),
    ("buchungsdatum", "posting date"), ("buchungstext", "narrative"), ("bénéficiaire", "beneficiary"), ("categoría", "category"),
    ("catégorie", "category"), ("causale", "description"), ("collectivité", "authority"), ("concepto", "description"), ("contratista", "contractor"),
    ("crediteur", "creditor"), ("crediteurnaam", "creditor name"), ("creditore", "creditor"), ("credor", "creditor"), ("créancier", "creditor"),
    ("cwmni", "company"), ("cyflenwr", "supplier"), ("cyflenwyr", "supplier"), ("dato", "date"), ("datum", "date"), ("denominazione", "name"),
    ("descripcion", "description"), ("descripción", "description"), ("descrizione", "description"), ("descrição", "description"),
    ("devise", "currency"), ("dienstleister", "provider"), ("dienststelle", "department"), ("dirección", "address"), ("disgrifiad", "description"),
    ("ditta", "company"), ("dostawca", "supplier"), ("dyddiad", "date"), ("désignation", "description"), ("emisor", "issuer"), ("emittent", "issuer"),
    ("emittente", "issuer"), ("empfänger", "recipient"), ("empresa", "company"), ("endereço", "address"), ("entreprise", "company"), ("enw", "name"),
    ("factura", "invoice"), ("facture", "invoice"), ("factuur", "invoice"), ("factuurbedrag", "invoice amount"), ("factuurdatum", "invoice date"),
    ("fakturabelopp", "invoice amount"), ("fakturabeløb", "invoice amount"), ("fakturabeløp", "invoice amount"), ("fakturadato", "invoice date"),
    ("fakturadatum", "invoice date"), ("fattura", "invoice"), ("fatura", "invoice"), ("fecha", "date"), ("firma", "company"),
    ("firmenname", "company name"), ("fornecedor", "supplier"), ("fornecedores", "supplier"), ("fornitore", "supplier"), ("fornitori", "supplier"),
    ("fournisseur", "supplier"), ("gegenstand", "description"), ("gemeente", "council"), ("gemeinde", "council"), ("gesamtbetrag", "total amount"),
    ("gläubiger", "creditor"), ("gwasanaeth", "service"), ("gwerth", "value"), ("ht", "net"), ("importe", "amount"), ("importo", "amount"),
    ("impresa", "company"), ("indirizzo", "address"), ("iva", "vat"), ("kategorie", "category"), ("kontrahent", "contractor"),
    ("kreditor", "creditor"), ("kreditoren", "creditor"), ("kreditorenname", "creditor name"), ("kreditorennummer", "creditor number"),
    ("kreditorname", "creditor name"), ("kreditornummer", "creditor number"), ("kurswert", "market value"), ("kwota", "amount"), ("köpare", "buyer"),
    ("leverancier", "supplier"), ("leveranciersnaam", "supplier name"), ("leverandør", "supplier"), ("leverandørnavn", "supplier name"),
    ("leverantör", "supplier"), ("leverantörsnamn", "supplier name"), ("leverantörsnummer", "supplier number"), ("libelle", "description"),
    ("libellé", "description"), ("lieferant", "supplier"), ("lieferanten", "supplier"), ("lieferantenname", "supplier name"),
    ("lieferantennr", "supplier number"), ("lieferantennummer", "supplier number"), ("markedsverdi", "market value"),
    ("marknadsvärde", "market value"), ("marktwaarde", "market value"), ("marktwert", "market value"), ("moeda", "currency"), ("moneda", "currency"),
    ("montant", "amount"), ("montante", "amount"), ("monto", "amount"), ("mwst", "vat"), ("määrä", "amount"), ("naam", "name"), ("namn", "name"),
    ("navn", "name"), ("nazwa", "name"), ("netto", "net"), ("nettobetrag", "net amount"), ("nimi", "name"), ("nom", "name"), ("nombre", "name"),
    ("nome", "name"), ("nr", "no"), ("numero", "number"), ("nummer", "number"), ("numéro", "number"), ("número", "number"), ("objet", "description"),
    ("objeto", "description"), ("oggetto", "description"), ("omschrijving", "description"), ("opdrachtgever", "buyer"),
    ("opdrachtnemer", "contractor"), ("opis", "description"), ("organismo", "authority"), ("ort", "town"), ("paese", "country"),
    ("pagamento", "payment"), ("pago", "payment"), ("paiement", "payment"), ("país", "country"), ("plz", "postcode"), ("postleitzahl", "postcode"),
    ("prestataire", "provider"), ("proveedor", "supplier"), ("proveedores", "supplier"), ("päivämäärä", "date"), ("ragione", "company"),
    ("raison", "company"), ("razón", "company"), ("rechnung", "invoice"), ("rechnungsbetrag", "invoice amount"), ("rechnungsdatum", "invoice date"),
    ("rechnungsnummer", "invoice number"), ("règlement", "payment"), ("selskap", "company"), ("sociale", "name"), ("société", "company"),
    ("stazione", "buyer"), ("stück", "quantity"), ("summa", "amount"), ("summe", "sum"), ("swm", "amount"), ("taliad", "payment"), ("talwyd", "paid"),
    ("titulaire", "contractor"), ("toimittaja", "supplier"), ("toimittajan", "supplier"), ("toimittajannimi", "supplier name"),
    ("tositepvm", "posting date"), ("ttc", "gross"), ("tva", "vat"), ("unternehmen", "company"), ("unternehmensname", "company name"), ("ust", "vat"),
    ("valeur", "value"), ("valor", "value"), ("valore", "value"), ("valuta", "currency"), ("valutakod", "currency"), ("verdi", "value"),
    ("verwendungszweck", "description"), ("värde", "value"), ("waarde", "value"), ("waluta", "currency"), ("wartość", "value"), ("wert", "value"),
    ("wertpapier", "security"), ("wertpapierbezeichnung", "security description"), ("wertpapiername", "security name"), ("wykonawca", "contractor"),
    ("währung", "currency"), ("zahlbetrag", "payment amount"), ("zahltag", "payment date"), ("zahlung", "payment"),
    ("zahlungsbetrag", "payment amount"), ("zahlungsdatum", "payment date"), ("zahlungsempfänger", "payee"), ("émetteur", "issuer"),
    ("órgano", "authority"),
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
