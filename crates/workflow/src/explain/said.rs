//! How a statement is read, in words that stand in it.

use credway_align::{Abbreviations, ListKind, ScopeKind, Understanding};
use credway_model::Span;
use serde::Serialize;

/// A statement as it is read.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// The statement.
    pub text: String,
    /// What it asks for, one by one; one where it is simple, none where it holds no telling word.
    pub parts: Vec<String>,
    /// Its verbs.
    pub verbs: Vec<VerbLine>,
    /// The deepest level its verbs show.
    pub level: Option<String>,
    /// Its lists.
    pub lists: Vec<ListLine>,
    /// What it leaves out or takes lightly.
    pub scope: Vec<ScopeLine>,
    /// Abbreviations in it that the course or the blueprint spells out elsewhere.
    pub abbreviations: Vec<AbbreviationLine>,
}

/// A verb, or a noun that stands for one.
#[derive(Clone, Debug, Serialize)]
pub struct VerbLine {
    /// As it stands in the text.
    pub word: String,
    /// The depth it shows.
    pub level: String,
    /// Whether it is a noun that stands for a verb.
    pub nominal: bool,
}

/// A list.
#[derive(Clone, Debug, Serialize)]
pub struct ListLine {
    /// `examples`, `contents` or `bullets`.
    pub kind: &'static str,
    /// Its members.
    pub members: Vec<String>,
}

/// A phrase of scope.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeLine {
    /// `leaves_out` or `limits`.
    pub kind: &'static str,
    /// The phrase.
    pub phrase: String,
    /// What it leaves out.
    pub what: Option<String>,
}

/// An abbreviation spelled out.
#[derive(Clone, Debug, Serialize)]
pub struct AbbreviationLine {
    /// As it stands in the text.
    pub short: String,
    /// What it stands for.
    pub long: String,
}

impl Said {
    pub(crate) fn of(text: &str, known: &Abbreviations) -> Self {
        let said = Understanding::of(text);
        let piece = |span: Span| span.of(text).unwrap_or_default().to_owned();
        let verbs = said.verbs.iter().map(|verb| VerbLine {
            word: piece(verb.span),
            level: verb.level.word().to_owned(),
            nominal: verb.nominal,
        });
        let lists = said.lists.iter().map(|list| ListLine {
            kind: match list.kind {
                ListKind::Examples => "examples",
                ListKind::Contents => "contents",
                ListKind::Bullets => "bullets",
            },
            members: list.members.iter().map(|member| piece(*member)).collect(),
        });
        let scope = said.scope.iter().map(|scope| ScopeLine {
            kind: match scope.kind {
                ScopeKind::LeavesOut => "leaves_out",
                ScopeKind::Limits => "limits",
            },
            phrase: piece(scope.phrase),
            what: scope.what.map(piece),
        });
        let mentions = known.mentions(text).into_iter();
        Self {
            text: text.to_owned(),
            parts: said.parts.iter().map(|part| part.words(text)).collect(),
            verbs: verbs.collect(),
            level: said.level().map(|(level, _)| level.word().to_owned()),
            lists: lists.collect(),
            scope: scope.collect(),
            abbreviations: mentions
                .map(|mention| AbbreviationLine { short: piece(mention.span), long: mention.long })
                .collect(),
        }
    }

    /// The same in one line for a list of statements: its verbs with the depth they show, and how much it asks for; `None` where it shows
    /// no depth and is simple.
    fn in_short(&self) -> Option<String> {
        let verbs: Vec<String> = self.verbs.iter().map(|verb| format!("“{}” {}", verb.word, verb.level)).collect();
        let mut pieces = Vec::new();
        if !verbs.is_empty() {
            pieces.push(verbs.join(", "));
        }
        if self.parts.len() > 1 {
            pieces.push(format!("asks for {} things", self.parts.len()));
        }
        let left_out: Vec<&str> = self.scope.iter().filter_map(|scope| scope.what.as_deref()).collect();
        if !left_out.is_empty() {
            pieces.push(format!("leaves out {}", left_out.join(", ")));
        }
        (!pieces.is_empty()).then(|| pieces.join("; "))
    }
}

/// How a statement that stands alone is read, in one line.
pub(crate) fn reads_as(text: &str) -> Option<String> {
    Said::of(text, &Abbreviations::default()).in_short()
}

#[cfg(test)]
mod tests {
    use super::reads_as;

    #[test]
    fn a_statement_is_read_in_one_line() {
        let compound = reads_as("Analyze network traffic and mitigate attacks").unwrap();
        assert_eq!(compound, "“Analyze” analyze, “mitigate” apply; asks for 2 things");
        assert_eq!(reads_as("Firewalls"), None);
        assert!(reads_as("Describe databases except old ones").unwrap().ends_with("leaves out old ones"));
    }
}
