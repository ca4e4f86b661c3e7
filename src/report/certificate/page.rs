//! A certificate's text, apart from how it is written down: Markdown for files and chats, HTML for print.

use std::io::{self, Write};

use askama::Template;

use super::super::escape::{markdown, one_line};
use super::super::html::{CSS, policy};

/// A piece of a certificate. Its text is raw; whoever writes it makes it safe.
pub(super) enum Piece {
    /// The heading of one party's certificate; `alarm` where nothing was compared.
    Title {
        /// What it says.
        text: String,
        /// Whether it must stand out as no certificate at all.
        alarm: bool,
    },
    /// A heading below that.
    Heading(&'static str),
    /// A sentence or two.
    Text(String),
    /// What the reader must not miss.
    Strong(String),
    /// Items in their order.
    List(Vec<String>),
    /// The lists that it rests on: name, day, entries, hash, health.
    Lists(Vec<[String; 5]>),
}

/// Writes the pieces as Markdown.
pub(super) fn write_markdown(pieces: &[Piece], out: &mut dyn Write) -> io::Result<()> {
    for piece in pieces {
        match piece {
            Piece::Title { text, .. } => writeln!(out, "# {}\n", markdown(text))?,
            Piece::Heading(text) => writeln!(out, "## {text}\n")?,
            Piece::Text(text) => writeln!(out, "{}\n", markdown(text))?,
            Piece::Strong(text) => writeln!(out, "**{}**\n", markdown(text))?,
            Piece::List(items) => {
                items.iter().try_for_each(|item| writeln!(out, "- {}", markdown(item)))?;
                writeln!(out)?;
            }
            Piece::Lists(rows) => {
                writeln!(out, "| List | As of | Entries | SHA-256 | Health |\n|:--|:--|--:|:--|:--|")?;
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| markdown(cell)).collect();
                    writeln!(out, "| {} |", cells.join(" | "))?;
                }
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "certificate.html", config = "src/report/html/askama.toml")]
struct Page<'a> {
    policy: String,
    css: &'static str,
    title: String,
    pieces: &'a [Piece],
}

impl Page<'_> {
    fn clean(text: &str) -> String {
        one_line(text).into_owned()
    }
}

/// Writes the pieces as one HTML page, which loads nothing and holds no script.
pub(super) fn write_html(pieces: &[Piece], out: &mut dyn Write) -> io::Result<()> {
    let title = pieces.iter().find_map(|piece| match piece {
        Piece::Title { text, .. } => Some(Page::clean(text)),
        _ => None,
    });
    let title = title.unwrap_or_default();
    Page { policy: policy(CSS, ""), css: CSS, title, pieces }
        .write_into(&mut *out)
        .map_err(io::Error::other)?;
    out.write_all(b"\n")
}
