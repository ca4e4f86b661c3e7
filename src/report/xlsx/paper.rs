//! A worksheet written from top to bottom, with text that Excel can never take for a formula.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::super::columns::Cell;
use super::super::escape::{one_line, reads_as_formula, web_address};

/// Excel's longest cell is 32,767 UTF-16 units; this leaves room for the mark of the cut.
pub(in crate::report) const LONGEST: usize = 32_000;
/// Excel's longest link.
const LONGEST_LINK: usize = 2_000;
/// Past this row, links stay text: Excel takes 65,530 of them in a sheet.
const LAST_LINK_ROW: u32 = 60_000;

/// The paper and the ink of a sheet.
pub(super) struct Paper<'a> {
    /// The sheet.
    pub(super) sheet: &'a mut Worksheet,
    /// The row that is written next.
    pub(super) row: u32,
    pub(super) text: Format,
    pub(super) header: Format,
    title: Format,
    amount: Format,
    score: Format,
    day: Format,
    count: Format,
    link: Format,
}

/// The grey of rules and the blue of headers: the colours of the HTML report.
const RULE: u32 = 0x00C8_CDD3;
const HEADER: u32 = 0x001F_3A4D;

impl<'a> Paper<'a> {
    /// A sheet under a name.
    pub(super) fn new(sheet: &'a mut Worksheet, name: &str) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet.set_screen_gridlines(false);
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&L&A&RPage &P of &N");
        let base = || {
            Format::new()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Hair)
                .set_border_bottom_color(RULE)
        };
        Ok(Self {
            sheet,
            row: 0,
            text: base().set_text_wrap(),
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_font_color(0x00FF_FFFF)
                .set_background_color(HEADER),
            title: Format::new().set_bold().set_font_size(16.0).set_font_color(HEADER),
            amount: base().set_num_format("#,##0.00;[Red]-#,##0.00"),
            score: base().set_num_format("0.0000"),
            day: base().set_num_format("d mmm yyyy").set_align(FormatAlign::Left),
            count: base().set_num_format("#,##0"),
            link: base().set_font_color(0x001A_5FB4).set_text_wrap(),
        })
    }

    /// A line in large letters.
    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, &*safe(text), &self.title)?;
        self.row += 1;
        Ok(())
    }

    /// A line of plain text.
    pub(super) fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, 0, &*safe(text))?;
        self.row += 1;
        Ok(())
    }

    /// A row of headers, from the first column on.
    pub(super) fn headers(&mut self, names: &[&str]) -> Result<(), XlsxError> {
        for (column, name) in (0_u16..).zip(names) {
            self.sheet.write_string_with_format(self.row, column, *name, &self.header)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A row of cells, from the first column on.
    pub(super) fn cells(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        for (column, cell) in (0_u16..).zip(cells) {
            self.cell(column, cell, None)?;
        }
        self.row += 1;
        Ok(())
    }

    /// One cell of the row; `tint` takes the place of the usual format of text and days.
    pub(super) fn cell(
        &mut self,
        column: u16,
        cell: &Cell<'_>,
        tint: Option<&Format>,
    ) -> Result<(), XlsxError> {
        let row = self.row;
        match cell {
            Cell::Text(text) => self.text_cell(column, text, tint),
            Cell::Count(count) => self.number(column, &count.to_string(), &self.count.clone()),
            Cell::Amount(sum) => self.number(column, &sum.to_string(), &self.amount.clone()),
            Cell::Number(digits) => self.number(column, digits, &self.score.clone()),
            Cell::Day(day) => match excel_day(*day) {
                Some(date) => {
                    let format = tint.map(|t| t.clone().set_num_format("d mmm yyyy"));
                    let format = format.as_ref().unwrap_or(&self.day);
                    self.sheet.write_datetime_with_format(row, column, &date, format).map(|_| ())
                }
                None => self.text_cell(column, &day.to_string(), tint),
            },
            Cell::Empty => self.sheet.write_blank(row, column, tint.unwrap_or(&self.text)).map(|_| ()),
        }
    }

    fn text_cell(&mut self, column: u16, text: &str, tint: Option<&Format>) -> Result<(), XlsxError> {
        let (row, format) = (self.row, tint.unwrap_or(&self.text));
        let shown = safe(text);
        if let Some(address) = web_address(text).filter(|a| a.len() < LONGEST_LINK && row < LAST_LINK_ROW) {
            return self.sheet.write_url_with_format(row, column, address, &self.link).map(|_| ());
        }
        if reads_as_formula(text) {
            // Kept as text also when the file is saved as CSV and opened again.
            let quoted = format.clone().set_quote_prefix();
            return self.sheet.write_string_with_format(row, column, &*shown, &quoted).map(|_| ());
        }
        self.sheet.write_string_with_format(row, column, &*shown, format).map(|_| ())
    }

    /// A number as a number where Excel's 15 digits hold it, else as text.
    fn number(&mut self, column: u16, digits: &str, format: &Format) -> Result<(), XlsxError> {
        match exact_number(digits) {
            Some(value) => self.sheet.write_number_with_format(self.row, column, value, format).map(|_| ()),
            None => self.sheet.write_string_with_format(self.row, column, digits, format).map(|_| ()),
        }
    }
}

/// Text on one line and short enough for a cell.
pub(in crate::report) fn safe(text: &str) -> Cow<'_, str> {
    let line = one_line(text);
    if line.encode_utf16().count() <= LONGEST {
        return line;
    }
    let mut units = 0;
    let kept = line.chars().take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST
    });
    Cow::Owned(kept.chain(['…']).collect())
}

/// The number where a double holds all its digits.
fn exact_number(digits: &str) -> Option<f64> {
    let decimal: Decimal = digits.parse().ok()?;
    let significant = decimal.normalize().mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    (significant <= 15).then(|| digits.parse().ok())?
}

/// A day as Excel keeps it, which begins in 1900.
pub(in crate::report) fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_numbers_are_numbers() {
        assert_eq!(exact_number("1234.50"), Some(1234.5));
        assert_eq!(exact_number("0"), Some(0.0));
        assert_eq!(exact_number("-0.01"), Some(-0.01));
        assert_eq!(exact_number("12345678901234567.89"), None);
    }

    #[test]
    fn days_before_excel_stay_text() {
        assert!(excel_day(Date::constant(2026, 11, 24)).is_some());
        assert!(excel_day(Date::constant(1850, 1, 1)).is_none());
    }
}
