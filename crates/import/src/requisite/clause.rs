//! One clause, the words between semicolons: its chunks become operands.
//!
//! A chunk is what stands between two joints. It is a course, a condition, or words that are not understood; a chunk
//! with a code and words that add something unknown is never read as the plain course. It refuses to look across the
//! clause's end.

mod said;
mod words;

use std::ops::Range;

use credway_model::{ConditionKind, CourseCode, Grade, RequiredCourse, RequiredWhen, Requisite, Text};

use super::chunk::{aside_end, between_codes, chunk_end, group_end, is_empty, is_title};
use super::item::{Item, Kind};
use super::join::{Joint, Operand, join};
use super::with_grade;
use words::set;

/// What one clause is being read into.
pub(super) struct Clause<'a> {
    text: &'a str,
    operands: Vec<(Operand, Range<usize>)>,
    subject: Option<String>,
    grade: Option<Grade>,
    when: Option<RequiredWhen>,
    /// Where the grade or time said of what follows begins: words that follow keep it, having no place of their own for it.
    said: Option<usize>,
    joint: Option<Joint>,
    holds: Option<bool>,
    /// The last course began a title, which the next words without code go on with.
    titled: bool,
    ambiguous: bool,
}

/// The tree of a clause; `usual` is when its courses are taken where the clause does not say.
pub(super) fn read(text: &str, items: &[Item], usual: RequiredWhen, ambiguous: &mut bool) -> Option<Requisite> {
    let mut subject = None;
    read_in(text, items, usual, &mut subject, ambiguous)
}

fn read_in(
    text: &str,
    items: &[Item],
    usual: RequiredWhen,
    subject: &mut Option<String>,
    ambiguous: &mut bool,
) -> Option<Requisite> {
    let mut clause = Clause {
        text,
        operands: Vec::new(),
        subject: subject.take(),
        grade: None,
        when: None,
        said: None,
        joint: None,
        holds: None,
        titled: false,
        ambiguous: false,
    };
    let mut at = 0;
    let mut count = None;
    while at < items.len() {
        let item = &items[at];
        match &item.kind {
            Kind::And => {
                clause.said = None;
                clause.set_joint(Joint::And);
            }
            Kind::Or => clause.set_joint(Joint::Or),
            Kind::Comma => clause.set_joint(Joint::Comma),
            Kind::Slash if between_codes(items, at) => clause.set_joint(Joint::Slash),
            Kind::Either => clause.holds = Some(false),
            Kind::Both => clause.holds = Some(true),
            Kind::Count(number) => {
                count = Some((*number, clause.operands.len()));
            }
            Kind::GradeFor(grade) if clause.is_said_of_before(&items[at + 1..]) => clause.give_grade(*grade, item),
            Kind::GradeFor(grade) => {
                (clause.grade, clause.when) = (Some(*grade), None);
                clause.said.get_or_insert(item.from);
            }
            Kind::WhenFor(when) => {
                clause.set_when(*when, &items[at + 1..]);
                clause.said.get_or_insert(item.from);
            }
            Kind::GradeOf(grade) => clause.give_grade(*grade, item),
            Kind::WhenOf => clause.may_be_taken_with(),
            Kind::Equivalent => clause.equivalent(item),
            Kind::Open if group_end(items, at).is_some() => {
                let end = group_end(items, at)?;
                let mut inner_subject = clause.subject.clone();
                let inner = read_in(
                    text,
                    &items[at + 1..end],
                    clause.when.unwrap_or(usual),
                    &mut inner_subject,
                    &mut clause.ambiguous,
                )?;
                let inner = clause.grade.map_or(inner.clone(), |grade| with_grade(inner, grade));
                clause.push(inner, item.from..items[end].to);
                at = end;
            }
            Kind::Open if aside_end(items, at).is_some() && !clause.loose_words() => {
                let end = aside_end(items, at)?;
                clause.aside(&items[at + 1..end], usual);
                at = end;
            }
            Kind::Filler => {}
            _ => {
                let end = chunk_end(items, at);
                clause.chunk(&items[at..end], usual);
                at = end;
                continue;
            }
        }
        at += 1;
    }
    *subject = clause.subject.take();
    clause.finish(count, ambiguous)
}

impl Clause<'_> {
    fn set_joint(&mut self, joint: Joint) {
        self.joint = Some(match (self.joint, joint) {
            (Some(Joint::Comma), Joint::And) => Joint::CommaAnd,
            (Some(Joint::Comma), Joint::Or) => Joint::CommaOr,
            (Some(before), Joint::Comma) => before,
            (_, joint) => joint,
        });
    }

    /// "(or MATH 2318 and MATH 3331)" behind a course: what it says is joined with that course alone.
    fn aside(&mut self, items: &[Item], usual: RequiredWhen) {
        let Some((joint, rest)) = items.split_first() else { return };
        let (Some(first), Some(last)) = (rest.first(), rest.last()) else { return };
        let mut subject = self.subject.clone();
        let mut ambiguous = false;
        let inner = read_in(self.text, rest, self.when.unwrap_or(usual), &mut subject, &mut ambiguous);
        self.ambiguous |= ambiguous;
        let words = || Text::new(&self.text[first.from..last.to]).ok().map(Requisite::NotUnderstood);
        let Some(inner) = inner.or_else(words) else { return };
        let Some((operand, span)) = self.operands.last_mut() else { return };
        let both = vec![operand.tree.clone(), inner];
        let tree = if joint.kind == Kind::Or { Requisite::any(both) } else { Requisite::all(both) };
        if let Ok(tree) = tree {
            operand.tree = tree;
            span.end = last.to;
        }
    }

    fn push(&mut self, tree: Requisite, span: Range<usize>) {
        self.said = None;
        let operand = Operand { joint: self.joint.take().unwrap_or(Joint::And), tree, holds: self.holds.take() };
        self.operands.push((operand, span));
        self.titled = false;
    }

    /// "or equivalent": something else in the place of the part before.
    fn equivalent(&mut self, item: &Item) {
        let words = self.text[item.from..item.to].trim_matches([' ', ',', '(', ')']);
        let words = words.strip_prefix("or ").or_else(|| words.strip_prefix("OR ")).unwrap_or(words);
        let Ok(words) = Text::new(words) else { return };
        if words.as_str() == "higher"
            && let Some((operand, before)) = self.operands.last_mut()
            && let Requisite::Condition { kind, .. } = &operand.tree
        {
            let (kind, whole) = (*kind, before.start..item.to);
            set(operand, before, self.text, whole, Some(kind));
            return;
        }
        let other = Requisite::Condition { kind: ConditionKind::Equivalent, words };
        match self.operands.pop() {
            Some((mut operand, span)) => {
                // Said in the plural behind "A and B", it is for either of them; where it stands, it stands for the last.
                operand.tree = Requisite::any(vec![operand.tree.clone(), other]).unwrap_or(operand.tree);
                self.operands.push((operand, span.start..item.to));
            }
            None => self.push(other, item.from..item.to),
        }
    }

    fn chunk(&mut self, items: &[Item], usual: RequiredWhen) {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return };
        let words = self.text[first.from..last.to].trim();
        let span = self.said.unwrap_or(first.from)..last.to;
        let codes: Vec<(usize, CourseCode)> =
            items.iter().enumerate().filter_map(|(at, item)| self.code(item).map(|code| (at, code))).collect();
        if let [(at, code)] = codes.as_slice()
            && is_empty(&items[..*at], self.text)
            && (is_empty(&items[at + 1..], self.text) || is_title(&items[at + 1..]))
        {
            let titled = is_title(&items[at + 1..]);
            let course = RequiredCourse { code: code.clone(), grade: self.grade, when: self.when.unwrap_or(usual) };
            self.ambiguous |= self.loose();
            self.push(Requisite::Course(course), span);
            self.titled = titled;
            return;
        }
        if is_empty(items, self.text) || !words.contains(char::is_alphanumeric) {
            return;
        }
        let coded = items.iter().any(|item| matches!(item.kind, Kind::Code(_)));
        if self.loose()
            && !coded
            && let Some((operand, _)) = self.operands.last()
            && ends_in_equivalent(&operand.tree)
        {
            // "or equivalent (placement exam score)": how the equivalence is shown.
            self.titled = true;
            return;
        }
        // A chunk led by a code is about that course: "TIDE 1300 in the semester before" is no number of credits.
        let led =
            items.iter().find(|item| item.kind != Kind::Filler).is_some_and(|item| matches!(item.kind, Kind::Code(_)));
        self.words(words, coded, led, span);
    }

    /// Whether nothing stands before that an aside could be joined with.
    fn loose_words(&self) -> bool {
        self.joint.is_some() || !self.operands.last().is_some_and(|(operand, _)| has_course(&operand.tree))
    }

    /// Whether words follow an operand without any joint, so that nobody can say how they belong to it.
    fn loose(&self) -> bool {
        self.joint.is_none() && !self.operands.is_empty()
    }

    /// The code an item is, its subject carried on where it is only a number.
    fn code(&mut self, item: &Item) -> Option<CourseCode> {
        match &item.kind {
            Kind::Code(code) => {
                let subject = code.subject().to_owned();
                self.subject = Some(subject);
                Some(code.clone())
            }
            Kind::Number(number) if !self.operands.is_empty() => {
                format!("{} {number}", self.subject.as_ref()?).parse().ok()
            }
            _ => None,
        }
    }

    fn finish(self, count: Option<(u8, usize)>, ambiguous: &mut bool) -> Option<Requisite> {
        let Self { operands, ambiguous: own, .. } = self;
        *ambiguous |= own;
        let mut operands: Vec<Operand> = operands.into_iter().map(|(operand, _)| operand).collect();
        let Some((number, from)) = count else { return join(operands, ambiguous) };
        let listed = operands.split_off(from.min(operands.len()));
        let joint = listed.first().map_or(Joint::And, |operand| operand.joint);
        // In a list to choose from, every joint only parts the items; both words in one list leave it open.
        let has = |one: Joint, other: Joint| listed.iter().skip(1).any(|item| item.joint == one || item.joint == other);
        *ambiguous |= has(Joint::And, Joint::CommaAnd) && has(Joint::Or, Joint::CommaOr);
        let parts: Vec<Requisite> = listed.into_iter().map(|operand| operand.tree).collect();
        let chosen = if number == 1 { Requisite::any(parts) } else { Requisite::at_least(number, parts) }.ok()?;
        operands.push(Operand { joint, tree: chosen, holds: None });
        join(operands, ambiguous)
    }
}

fn has_course(tree: &Requisite) -> bool {
    matches!(tree, Requisite::Course(_)) || tree.parts().iter().any(has_course)
}

fn ends_in_equivalent(tree: &Requisite) -> bool {
    matches!(tree.parts().last(), Some(Requisite::Condition { kind: ConditionKind::Equivalent, .. }))
}
