//! Large XML lists, one record at a time: each wanted element becomes a small tree, and is dropped when it is done with.
//!
//! Names are local names: publishers change their namespaces. Document type declarations are refused, since they can
//! make a small file fill the memory; nesting is capped for the same reason.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper than any published list, shallow enough to be dropped without a thought for the stack.
const DEPTH_LIMIT: usize = 64;

/// An element with all that is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    /// The value of an attribute; empty where there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// The element's own text, outer blanks removed.
    pub(super) fn own_text(&self) -> &str {
        self.text.trim()
    }

    /// The text in the element and in all that is in it.
    pub(super) fn full_text(&self) -> String {
        let inner = self.children.iter().map(Element::full_text);
        std::iter::once(self.text.clone()).chain(inner).collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    /// The first child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every child of that name.
    pub(super) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Every element of that name at any depth, in document order.
    pub(super) fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// The text of the first child of that name; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.child(name).map_or("", Element::own_text)
    }
}

/// What stands in the file, in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// An element that is not wanted whole: its name and attributes.
    Open(Element),
    /// A wanted element.
    Whole(Element),
}

/// Reads a file's elements.
pub(super) struct Elements<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    wanted: &'a [&'a str],
    /// Elements that are open outside wanted ones.
    depth: usize,
}

impl<'a> Elements<'a> {
    /// Starts at the top; `wanted` are the elements that are given whole.
    pub(super) fn new(text: &'a str, wanted: &'a [&'a str]) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, text, wanted, depth: 0 }
    }

    /// The next element, or `None` at the end of a well-formed file.
    ///
    /// # Errors
    /// What is wrong, with its line: the file is damaged, ends too early, or has a document type.
    pub(super) fn next(&mut self) -> Result<Option<Item>, String> {
        loop {
            match self.event()? {
                Event::Start(start) => {
                    let element = element(&start)?;
                    if self.wanted.contains(&element.name.as_str()) {
                        return self.whole(element).map(|element| Some(Item::Whole(element)));
                    }
                    self.depth += 1;
                    return Ok(Some(Item::Open(element)));
                }
                Event::End(_) => self.depth = self.depth.saturating_sub(1),
                Event::Eof if self.depth > 0 => {
                    return Err(self.at("the file ends before its last element is closed"));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn event(&mut self) -> Result<Event<'a>, String> {
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err(self.at("it has a document type declaration")),
            Ok(event) => Ok(event),
            Err(error) => Err(self.at(&error.to_string())),
        }
    }

    fn whole(&mut self, top: Element) -> Result<Element, String> {
        let mut open = vec![top];
        loop {
            match self.event()? {
                Event::Start(start) => {
                    if open.len() >= DEPTH_LIMIT {
                        return Err(self.at("its elements lie too deep in one another"));
                    }
                    open.push(element(&start)?);
                }
                Event::End(_) => {
                    let Some(done) = open.pop() else { return Err(self.at("an element is closed twice")) };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
                Event::Text(text) => push(&mut open, &text.xml10_content()),
                Event::CData(text) => push(&mut open, &text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => quick_xml::escape::resolve_predefined_entity(&name)
                            .map_or_else(|| format!("&{name};"), str::to_owned),
                    };
                    push(&mut open, &resolved);
                }
                Event::Eof => return Err(self.at("the file ends in the middle of an entry")),
                _ => {}
            }
        }
    }

    /// A message with the line where reading stands.
    fn at(&self, what: &str) -> String {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let read = self.text.as_bytes().get(..at.min(self.text.len())).unwrap_or_default();
        format!("{what}, line {}", 1 + memchr::memchr_iter(b'\n', read).count())
    }
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = start.local_name().into_inner().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = attribute.key.local_name().into_inner().to_owned();
        let value = quick_xml::escape::unescape(&attribute.value)
            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
        attributes.push((key, value));
    }
    Ok(Element { name, attributes, ..Element::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, wanted: &[&str]) -> Result<Vec<Item>, String> {
        let mut elements = Elements::new(text, wanted);
        let mut items = Vec::new();
        while let Some(item) = elements.next()? {
            items.push(item);
        }
        Ok(items)
    }

    #[test]
    fn records_become_trees_with_local_names() {
        let items = read(
            "<?xml version=\"1.0\"?>\n<x:list xmlns:x='u' date=\"2026 &amp; on\"><x:e id='1'> <x:n>A &amp; B&#39;s <![CDATA[<C>]]></x:n><n/></x:e><e id='2'/></x:list>",
            &["e"],
        )
        .unwrap();
        let [Item::Open(list), Item::Whole(one), Item::Whole(two)] = items.as_slice() else {
            panic!("{items:?}")
        };
        assert_eq!((list.name.as_str(), list.attribute("date")), ("list", "2026 & on"));
        assert_eq!((one.attribute("id"), one.text("n"), one.children("n").count()), ("1", "A & B's <C>", 2));
        assert_eq!((two.attribute("id"), two.text("n")), ("2", ""));
    }

    #[test]
    fn what_is_cut_or_dangerous_is_refused_with_its_line() {
        for (text, want) in [
            ("<l>\n<e><n>A", "the file ends in the middle of an entry, line 2"),
            ("<l>\n<e></e>\n", "the file ends before its last element is closed, line 3"),
            ("<!DOCTYPE l [<!ENTITY a 'b'>]>\n<l/>", "it has a document type declaration, line 1"),
        ] {
            assert_eq!(read(text, &["e"]).unwrap_err(), want, "{text}");
        }
        assert!(read("<l><e><n></e></l>", &["e"]).is_err());
        let deep = format!("<e>{}", "<a>".repeat(100));
        assert!(read(&deep, &["e"]).unwrap_err().contains("too deep"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_elements_or_an_error(text in "[<>/a&;!\\[\\] \"='?-]{0,80}") {
            let _ = read(&text, &["a"]);
        }
    }
}
