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
}
