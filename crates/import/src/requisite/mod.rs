//! The words of a catalogue about what a course requires, as a tree.
//!
//! A text is read in sentences, a sentence in clauses (semicolons), a clause by the rules of [`join`]. Clauses and
//! sentences are all required, unless one begins with "or": then it stands against everything before it in its
//! sentence. The course description that many catalogues let follow is set apart, never read as a requisite. What is
//! not understood stays text; where a word denies or excepts something, the clause's courses are not read.
//! Pure, in linear time, at most [`LONGEST`] characters of requisites.

mod chunk;
mod clause;
mod condition;
mod item;
mod join;
mod sentence;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use credway_model::{ConditionKind, Grade, RequiredCourse, RequiredWhen, Requisite, Text};
use regex::Regex;

use item::{Item, Kind};

/// Longer texts are kept unread.
const LONGEST: usize = 4_000;

/// What a text about requisites says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequisiteReading {
    /// The tree; absent where the text holds no requisite at all.
    pub tree: Option<Requisite>,
    /// Words behind the requisites that are about something else, mostly the course's description.
    pub prose: Option<String>,
    /// "and" and "or" stand so that the text can be read in two ways; the tree follows the documented rule.
    pub ambiguous: bool,
}

/// Words after which a course in the same clause may not be required at all.
static DENIES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:not|except|unless|waived?|cannot|without|instead|rather than|no credit|if|substituted?|prior to fall|before fall)\b|\b(?:majors?|minors?|students?|option|track)\b[^;:]*:").ok()
});

/// A choice among courses by hours, which a list of them does not say.
static FROM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:credits?|hours?|courses?)\b.*\b(?:from|among)\b|following courses").ok());

/// Advice, wherever in a clause.
static ADVICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:recommended|suggested|advised|encouraged|preferred|desirable|helpful)\b").ok()
});

/// Reads the words of a prerequisite field, or with `corequisite` those of a corequisite field, whose courses are
/// taken at the same time where it does not say otherwise.
#[must_use]
pub fn read_requisite(words: &str, corequisite: bool) -> RequisiteReading {
    let usual = if corequisite { RequiredWhen::With } else { RequiredWhen::Before };
    let text = sentence::plain(words);
    let mut reading = RequisiteReading { tree: None, prose: None, ambiguous: false };
    let split = sentence::split(&text);
    if text.len() > LONGEST {
        reading.tree = Text::new(&text).ok().map(Requisite::NotUnderstood);
        return reading;
    }
    let (mut parts, mut for_all, mut none) = (Vec::new(), None, false);
    for (index, words) in split.iter().enumerate() {
        if index == 0 && sentence::is_none(words) {
            none = true;
            continue;
        }
        let mut ambiguous = false;
        let tree = one_sentence(words, usual, &mut for_all, &mut ambiguous);
        if index > 0 && !sentence::goes_on(words, tree.as_ref()) {
            let rest = split[index..].join(" ");
            parts.extend(
                sentence::hints(&split[index..]).filter_map(|hint| Text::new(hint).ok().map(Requisite::NotUnderstood)),
            );
            reading.prose = Some(rest);
            break;
        }
        reading.ambiguous |= ambiguous;
        parts.extend(tree);
    }
    reading.tree = match Requisite::all(advice_last(parts)) {
        Ok(tree) => Some(for_all.map_or(tree.clone(), |(grade, words)| grade_for_all(tree, grade, &words))),
        Err(_) if none => Some(Requisite::None),
        Err(_) => None,
    };
    if reading.tree.is_none() && reading.prose.is_none() {
        reading.tree = Text::new(&text).ok().map(Requisite::NotUnderstood);
    }
    reading
}

/// Advice binds nobody, so it comes last.
fn advice_last(parts: Vec<Requisite>) -> Vec<Requisite> {
    let advice = |part: &Requisite| matches!(part, Requisite::Condition { kind: ConditionKind::Advice, .. });
    let (last, mut first): (Vec<_>, Vec<_>) = parts.into_iter().partition(advice);
    first.extend(last);
    first
}

fn one_sentence(
    text: &str,
    usual: RequiredWhen,
    for_all: &mut Option<(Grade, String)>,
    ambiguous: &mut bool,
) -> Option<Requisite> {
    let items: Vec<Item> = item::items(text)
        .into_iter()
        .filter(|item| match item.kind {
            Kind::GradeForAll(grade) => {
                *for_all = Some((grade, text[item.from..item.to].to_owned()));
                false
            }
            _ => true,
        })
        .collect();
    let mut alternatives: Vec<Vec<Requisite>> = vec![Vec::new()];
    for (index, clause) in items.split(|item| item.kind == Kind::Semicolon).enumerate() {
        let clause = trimmed(clause);
        let Some((first, last)) = clause.first().zip(clause.last()) else { continue };
        if index > 0 && first.kind == Kind::Or && !(clause.len() == 2 && clause[1].kind == Kind::Word) {
            alternatives.push(Vec::new());
        }
        let words = &text[first.from..last.to];
        let tree = odd_clause(words, clause, index).or_else(|| clause::read(text, clause, usual, ambiguous));
        let tree = tree.or_else(|| not_understood(words, clause));
        if let Some(group) = alternatives.last_mut() {
            group.extend(tree.map(merged));
        }
    }
    let groups: Vec<Requisite> =
        alternatives.into_iter().filter_map(|group| Requisite::all(advice_last(group)).ok()).collect();
    Requisite::any(groups).ok()
}

/// A clause without joints at its ends, except an "or" at its beginning.
fn trimmed(mut clause: &[Item]) -> &[Item] {
    while let Some((first, rest)) = clause.split_first()
        && matches!(first.kind, Kind::And | Kind::Comma | Kind::Colon)
    {
        clause = rest;
    }
    while let Some((last, rest)) = clause.split_last()
        && matches!(last.kind, Kind::And | Kind::Or | Kind::Comma | Kind::Colon)
    {
        clause = rest;
    }
    clause
}

/// A clause of advice, or one whose courses must not be read because something in it is denied.
fn odd_clause(words: &str, clause: &[Item], index: usize) -> Option<Requisite> {
    let coded = clause.iter().any(|item| matches!(item.kind, Kind::Code(_)));
    let is = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().and_then(|pattern| pattern.find(words));
    let text = || Text::new(words.trim_matches([' ', ',', '.', ';', ':'])).ok();
    if let Some(advice) = is(&ADVICE) {
        let joints = clause.iter().filter(|item| matches!(item.kind, Kind::And | Kind::Or | Kind::Comma)).count();
        let begins = advice.start() < 20 && !coded_before(clause, advice.start() + clause[0].from);
        let ends = words[advice.end()..].trim_matches([' ', '.', ')']).is_empty();
        return text().map(|words| {
            if joints == 0 || begins || (ends && index > 0) {
                Requisite::Condition { kind: ConditionKind::Advice, words }
            } else {
                Requisite::NotUnderstood(words)
            }
        });
    }
    let counted = clause.iter().any(|item| matches!(item.kind, Kind::Count(_)));
    let denied = is(&DENIES).is_some() || (!counted && is(&FROM).is_some());
    if coded && denied { text().map(Requisite::NotUnderstood) } else { None }
}

fn coded_before(clause: &[Item], at: usize) -> bool {
    clause.iter().any(|item| item.from < at && matches!(item.kind, Kind::Code(_)))
}

/// The words of a clause that gave nothing, unless they were only phrases.
fn not_understood(words: &str, clause: &[Item]) -> Option<Requisite> {
    let said = clause.iter().any(|item| !matches!(item.kind, Kind::Filler | Kind::Word | Kind::Open | Kind::Close));
    let long = words.split_whitespace().count() > 2;
    Text::new(words).ok().filter(|_| said || long).map(Requisite::NotUnderstood)
}

/// "A before, or A at the same time" is A with concurrent enrolment allowed.
fn merged(tree: Requisite) -> Requisite {
    let Requisite::Any(parts) = &tree else { return tree };
    let [Requisite::Course(one), Requisite::Course(other)] = parts.as_slice() else { return tree };
    if one.code == other.code && one.when != other.when {
        let grade = one.grade.or(other.grade);
        return Requisite::Course(RequiredCourse { code: one.code.clone(), grade, when: RequiredWhen::BeforeOrWith });
    }
    tree
}

/// The grade for every course; where there is none to have it, its words stay beside the tree.
fn grade_for_all(tree: Requisite, grade: Grade, words: &str) -> Requisite {
    let graded = with_grade(tree.clone(), grade);
    if graded != tree || has_grade(&tree) {
        return graded;
    }
    let beside = Text::new(words).ok().map(Requisite::NotUnderstood);
    Requisite::all([tree.clone()].into_iter().chain(beside).collect()).unwrap_or(tree)
}

fn has_grade(tree: &Requisite) -> bool {
    matches!(tree, Requisite::Course(course) if course.grade.is_some()) || tree.parts().iter().any(has_grade)
}

/// The grade for every course that has none of its own.
fn with_grade(tree: Requisite, grade: Grade) -> Requisite {
    let each = |parts: &[Requisite]| parts.iter().map(|part| with_grade(part.clone(), grade)).collect::<Vec<_>>();
    let graded = match &tree {
        Requisite::Course(course) => {
            Ok(Requisite::Course(RequiredCourse { grade: course.grade.or(Some(grade)), ..course.clone() }))
        }
        Requisite::All(parts) => Requisite::all(each(parts.as_slice())),
        Requisite::Any(parts) => Requisite::any(each(parts.as_slice())),
        Requisite::AtLeast(choice) => Requisite::at_least(choice.number(), each(choice.of())),
        _ => return tree,
    };
    graded.unwrap_or(tree)
}
