//! HTML: what a reader of the page sees, block by block; scripts, styles, navigation and what is hidden are left out.

use credway_model::Place;
use scraper::{ElementRef, Html, Node};

use crate::document::{Cell, Document, Form, GoOn, Kind, Line, Unread};

/// What is never text of the document.
const SILENT: &[&str] = &[
    "script", "style", "template", "noscript", "nav", "footer", "head", "iframe", "object", "svg", "math", "canvas",
    "form", "button", "select", "textarea", "audio", "video",
];
/// What begins and ends a block.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// How deep elements may be nested.
const DEEPEST: usize = 400;
/// The most elements and texts.
const MOST_NODES: usize = 5_000_000;

/// Reads a page.
///
/// # Errors
/// [`Unread`].
pub fn read(text: &str, go_on: GoOn<'_>) -> Result<Document, Unread> {
    let too_large = |why: String| Unread::TooLarge { form: Form::Html, why };
    if nesting(text) > 4 * DEEPEST {
        return Err(too_large(format!("its elements are nested more than {DEEPEST} deep")));
    }
    let page = Html::parse_document(text);
    let total = page.tree.values().len();
    if total > MOST_NODES {
        return Err(too_large(format!("it has more than {MOST_NODES} elements and texts")));
    }
    let mut reading = Reading::default();
    walk(page.root_element(), 0, &mut reading, &mut |done| go_on(done.min(total) as u64, total as u64))?;
    reading.flush();
    if reading.lines.is_empty() {
        return Err(Unread::NoText { form: Form::Html, pages: 0 });
    }
    Ok(Document { lines: reading.lines, ..Document::empty(Form::Html) })
}

/// An upper bound of how deep elements are nested, told before the page is parsed, since parsing deep ones is slow.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let bytes = text.as_bytes();
    for at in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(next) if next.is_ascii_alphabetic() && !is_void(&bytes[at + 1..]) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Whether an element has no end of its own, or one that writers leave out.
fn is_void(name: &[u8]) -> bool {
    const VOID: [&[u8]; 16] = [
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"p", b"td", b"th",
        b"tr", b"li", b"source",
    ];
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    VOID.iter().any(|void| name[..end].eq_ignore_ascii_case(void))
}

#[derive(Default)]
struct Reading {
    lines: Vec<Line>,
    words: String,
    bold: usize,
    paragraphs: u32,
    tables: u32,
    kind: Option<Kind>,
    in_bold: u32,
    visited: usize,
}

impl Reading {
    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            let letter = if letter.is_whitespace() || letter == '\u{a0}' { ' ' } else { letter };
            // A soft hyphen is a place where a word may be broken; a page shows none within a line.
            let unseen = matches!(letter, '\u{200b}' | '\u{ad}');
            if unseen || letter == ' ' && (self.words.is_empty() || self.words.ends_with(' ')) {
                continue;
            }
            if self.bold == self.words.len() && (self.in_bold > 0 || letter == ' ' && self.bold > 0) {
                self.bold += letter.len_utf8();
            }
            self.words.push(letter);
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.words).trim_end().to_owned();
        let bold = std::mem::take(&mut self.bold).min(text.len());
        if text.is_empty() {
            return;
        }
        self.paragraphs += 1;
        let place = Place::Paragraph { paragraph: self.paragraphs };
        let kind = self.kind.clone().unwrap_or(Kind::Text);
        self.lines.push(Line { kind, bold, ..Line::plain(text, place, true) });
    }
}

/// Reads an element's children. `go_on` is asked now and then.
fn walk(
    element: ElementRef<'_>,
    depth: usize,
    reading: &mut Reading,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), Unread> {
    if depth > DEEPEST {
        return Err(Unread::TooLarge {
            form: Form::Html,
            why: format!("its elements are nested more than {DEEPEST} deep"),
        });
    }
    for child in element.children() {
        reading.visited += 1;
        if reading.visited.is_multiple_of(4096) && !go_on(reading.visited) {
            return Err(Unread::Stopped);
        }
        match child.value() {
            Node::Text(text) => reading.push(text),
            Node::Element(_) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                if !is_silent(child) {
                    enter(child, depth + 1, reading, go_on)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn enter(
    element: ElementRef<'_>,
    depth: usize,
    reading: &mut Reading,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), Unread> {
    let name = element.value().name();
    if name == "br" {
        reading.flush();
        return Ok(());
    }
    if name == "table" && is_data(element) {
        reading.flush();
        table(element, reading);
        return Ok(());
    }
    let block = BLOCKS.contains(&name);
    let bold = matches!(name, "b" | "strong" | "dt" | "th");
    let before = reading.kind.clone();
    if block {
        reading.flush();
        let heading = name.strip_prefix('h').and_then(|level| level.parse().ok()).map(Kind::Heading);
        reading.kind = heading.or_else(|| (name == "li").then(|| Kind::Item(list_depth(element)))).or(before.clone());
    }
    reading.in_bold += u32::from(bold);
    let walked = walk(element, depth, reading, go_on);
    reading.in_bold -= u32::from(bold);
    if block {
        reading.flush();
        reading.kind = before;
    }
    walked
}

fn is_silent(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let hidden = value.attr("hidden").is_some()
        || value.attr("aria-hidden") == Some("true")
        || value.attr("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
    SILENT.contains(&value.name()) || hidden
}

fn list_depth(element: ElementRef<'_>) -> u8 {
    let lists = element
        .ancestors()
        .filter(|node| node.value().as_element().is_some_and(|one| matches!(one.name(), "ul" | "ol")));
    u8::try_from(lists.count().saturating_sub(1)).unwrap_or(u8::MAX)
}

/// Whether a table holds figures and words rather than the layout of a page.
fn is_data(table: ElementRef<'_>) -> bool {
    let layout = |node: &ElementRef<'_>| matches!(node.value().name(), "table" | "h1" | "h2" | "h3" | "h4" | "form");
    let rows = table.descendants().filter_map(ElementRef::wrap).filter(|node| node.value().name() == "tr").count();
    rows > 1 && !table.descendants().skip(1).filter_map(ElementRef::wrap).any(|node| layout(&node))
}

fn table(table: ElementRef<'_>, reading: &mut Reading) {
    reading.tables += 1;
    let rows = table.descendants().filter_map(ElementRef::wrap).filter(|node| node.value().name() == "tr");
    for (index, row) in rows.enumerate() {
        let row_number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let place = Place::TableRow { table: reading.tables, row: row_number, column: None };
        let (mut cells, mut heads) = (Vec::new(), true);
        for cell in row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
            heads &= cell.value().name() == "th";
            cells.push(Cell { text: cell_text(cell), place: place.clone() });
            let span: usize = cell.value().attr("colspan").and_then(|span| span.parse().ok()).unwrap_or(1);
            cells.extend((1..span.clamp(1, 64)).map(|_| Cell { text: String::new(), place: place.clone() }));
        }
        if cells.iter().any(|cell| !cell.text.is_empty()) {
            let text = cells.iter().map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join("\t");
            let bold = if heads { text.len() } else { 0 };
            let kind = Kind::Row(cells);
            reading.lines.push(Line { kind, bold, table: reading.tables, ..Line::plain(text, place, true) });
        }
    }
}

/// The words of a cell, its blocks on lines of their own.
fn cell_text(cell: ElementRef<'_>) -> String {
    let mut inner = Reading::default();
    // A cell that is nested too deep keeps the words up to there; the page as a whole was measured before.
    let _ = walk(cell, 0, &mut inner, &mut |_| true);
    inner.flush();
    inner.lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[&str]) {
        let document = read(page, &|_, _| true).unwrap();
        let shown = |line: &Line| match &line.kind {
            Kind::Heading(level) => format!("h{level} {}", line.text),
            Kind::Item(depth) => format!("-{depth} {}", line.text),
            Kind::Row(cells) => cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join("|"),
            _ if line.bold > 0 => format!("*{}*{}", &line.text[..line.bold], &line.text[line.bold..]),
            _ => line.text.clone(),
        };
        assert_eq!(document.lines.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_page_is_what_its_reader_sees() {
        check(
            "<html><head><title>t</title><style>x</style></head><body><nav>menu</nav><h2>ITSY 1300</h2>\
             <p><b>Credits:</b> 3<br>Lab&nbsp;hours: 0. Lec&shy;ture</p><script>alert(1)</script><div hidden>no</div>\
             <ul><li>one<ul><li>two</li></ul></li></ul>\
             <table><tr><th>A<th>B<tr><td colspan=2>x<tr><td>1<td>2<br>3</table></body></html>",
            &["h2 ITSY 1300", "*Credits: *3", "Lab hours: 0. Lecture", "-0 one", "-1 two", "A|B", "x|", "1|2\n3"],
        );
    }

    #[test]
    fn too_deep_a_page_is_refused() {
        let page = format!("<html>{}x", "<div>".repeat(100_000));
        assert!(matches!(read(&page, &|_, _| true), Err(Unread::TooLarge { .. })));
    }
}
