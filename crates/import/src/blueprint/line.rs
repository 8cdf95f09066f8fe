//! The grammar of one line: lead, share of the exam, number, words, in the order in which they stand.
//!
//! A line says nothing about its place among others; what it stands for is seen by [`super::domains`] and
//! [`super::nesting`] from all lines together.

use super::bullet::{bullet, is_bullet};
use super::code::{Code, Company, Style};
use super::share::{self, Share};

/// What a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lead {
    /// Markdown's `##`, with the number of signs.
    Heading(u8),
    /// A row of a table of domains.
    Row,
    /// An objective in such a row.
    RowItem,
    /// A line wholly in Markdown's bold.
    Bold,
    /// A bullet sign.
    Bullet(char),
    /// Nothing.
    Bare,
}

/// A line taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Line number, from 1.
    pub(super) line: u32,
    /// Column of its first character, from 0.
    pub(super) column: usize,
    /// The same, from where its column of the page begins.
    pub(super) indent: usize,
    /// Whether a blank line stands before it.
    pub(super) after_blank: bool,
    pub(super) lead: Lead,
    pub(super) code: Option<Code>,
    pub(super) share: Option<Share>,
    /// The words without number and share: a domain's title.
    pub(super) words: String,
    /// The words with the share: a statement that is no domain keeps its figures.
    pub(super) full: String,
}

impl Line {
    /// Takes a line apart.
    pub(super) fn read(place: (u32, usize), after_blank: bool, text: &str, company: &Company) -> Self {
        let (lead, rest) = lead(text.trim());
        let bulleted = matches!(lead, Lead::Bullet(_));
        let (code, share, words, full) = parts(&rest, bulleted, company);
        Self { line: place.0, column: place.1, indent: place.1, after_blank, lead, code, share, words, full }
    }

    /// The column at which it ends, nearly: a number's own width is left out.
    pub(super) fn end(&self) -> usize {
        self.indent + self.full.chars().count()
    }

    /// Whether another point stands in the same line, so that a column of the page was not seen.
    pub(super) fn holds_another(&self) -> bool {
        let after = |at: usize| self.full[..at].ends_with("  ") && !self.full[..at].trim().is_empty();
        self.full.char_indices().any(|(at, letter)| is_bullet(letter) && after(at))
    }

    /// The share of a line that says nothing else.
    pub(super) fn share_alone(&self) -> Option<Share> {
        if self.lead == Lead::Row { None } else { share::alone(&self.full) }
    }

    /// Whether the line has a mark of its own: a lead or a number.
    pub(super) const fn is_marked(&self) -> bool {
        !matches!(self.lead, Lead::Bare) || self.code.is_some()
    }

    /// Whether it is a total below a table of weights.
    pub(super) fn is_total(&self) -> bool {
        let words = self.words.trim_end_matches([':', '.']).trim().to_lowercase();
        self.share.is_some() && matches!(words.as_str(), "total" | "totals" | "grand total" | "sum" | "overall total")
    }
}

fn lead(text: &str) -> (Lead, String) {
    let signs = text.chars().take_while(|letter| *letter == '#').count();
    if (1..=6).contains(&signs) && text[signs..].starts_with(' ') {
        let words = text[signs..].trim().trim_end_matches('#').trim_end();
        return (Lead::Heading(u8::try_from(signs).unwrap_or(6)), words.replace("**", ""));
    }
    if let Some((sign, rest)) = bullet(text) {
        return (Lead::Bullet(sign), rest.replace("**", ""));
    }
    if let Some((bold, after)) = text.strip_prefix("**").and_then(|rest| rest.split_once("**"))
        && (after.trim().is_empty() || share::alone(after.trim()).is_some())
    {
        return (Lead::Bold, format!("{bold}{after}"));
    }
    (Lead::Bare, text.replace("**", ""))
}

fn parts(text: &str, bulleted: bool, company: &Company) -> (Option<Code>, Option<Share>, String, String) {
    if let Some((after, share)) = share::first(text) {
        let (code, words) = split(company.read(&after, bulleted, true), after);
        return (code, Some(share), words, text.to_owned());
    }
    let weighted = share::last(text).is_some();
    let (code, rest) = split(company.read(text, bulleted, weighted), text.to_owned());
    let heads = code.as_ref().is_some_and(|code| !matches!(code.style, Style::Path | Style::Tag));
    match share::last(&rest).or_else(|| share::first(&rest).filter(|_| heads)) {
        Some((words, share)) => (code, Some(share), words, rest),
        None => (code, None, rest.clone(), rest),
    }
}

fn split(found: Option<(Code, String)>, text: String) -> (Option<Code>, String) {
    found.map_or((None, text), |(code, words)| (Some(code), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lead: Lead, code: Option<&str>, words: &str, share: Option<&str>) {
        let company = Company::of(["1.1 One"].into_iter());
        let line = Line::read((1, 0), false, text, &company);
        let found = (
            line.lead,
            line.code.as_ref().map(|code| code.written.as_str()),
            line.words.as_str(),
            line.share.as_ref().map(|share| share.low.as_str()),
        );
        assert_eq!(found, (lead, code, words, share), "{text}");
    }

    #[test]
    fn lines_are_taken_apart() {
        check("24% - Safe mooring", Lead::Bare, None, "Safe mooring", Some("24"));
        check("20%  1.0 Safe mooring", Lead::Bare, Some("1"), "Safe mooring", Some("20"));
        check("Domain 1: Safe mooring (20%)", Lead::Bare, Some("1"), "Safe mooring", Some("20"));
        check("1.0 Safe mooring 12.5%", Lead::Bare, Some("1"), "Safe mooring", Some("12.5"));
        check("### 2. Cargo (40%)", Lead::Heading(3), Some("2"), "Cargo", Some("40"));
        check("**Mooring — 40%**", Lead::Bold, None, "Mooring", Some("40"));
        check("- **Mooring (40%)**", Lead::Bullet('-'), None, "Mooring", Some("40"));
        check("- 1.3 Choose lines", Lead::Bullet('-'), Some("1.3"), "Choose lines", None);
        check(
            "1.2 Choose lines with 95% of the load",
            Lead::Bare,
            Some("1.2"),
            "Choose lines with 95% of the load",
            None,
        );
        check("of the load", Lead::Bare, None, "of the load", None);
    }
}
