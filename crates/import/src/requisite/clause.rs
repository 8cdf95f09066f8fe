//! One clause, the words between semicolons: its chunks become operands.
//!
//! A chunk is what stands between two joints. It is a course, a condition, or words that are not understood; a chunk
//! with a code and words that add something unknown is never read as the plain course. It refuses to look across the
//! clause's end.

use std::ops::Range;

use credway_model::{ConditionKind, CourseCode, Grade, RequiredCourse, RequiredWhen, Requisite, Text};

use super::chunk::{between_codes, chunk_end, group_end, is_empty, is_title};
use super::condition;
use super::item::{Item, Kind};
use super::join::{Joint, Operand, join};

/// What one clause is being read into.
pub(super) struct Clause<'a> {
    text: &'a str,
    operands: Vec<(Operand, Range<usize>)>,
    subject: Option<String>,
    grade: Option<Grade>,
    when: Option<RequiredWhen>,
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
            Kind::And => clause.set_joint(Joint::And),
            Kind::Or => clause.set_joint(Joint::Or),
            Kind::Comma => clause.set_joint(Joint::Comma),
            Kind::Slash if between_codes(items, at) => clause.set_joint(Joint::Slash),
            Kind::Either => clause.holds = Some(false),
            Kind::Both => clause.holds = Some(true),
            Kind::Count(number) => {
                count = Some((*number, clause.operands.len()));
            }
            Kind::GradeFor(grade) if clause.is_said_of_before(&items[at + 1..]) => clause.give_grade(*grade),
            Kind::GradeFor(grade) => (clause.grade, clause.when) = (Some(*grade), None),
            Kind::WhenFor(when) => clause.set_when(*when, &items[at + 1..]),
            Kind::GradeOf(grade) => clause.give_grade(*grade),
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
                clause.push(inner, item.from..items[end].to);
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

    /// "or concurrent enrollment" with no course behind it is said of the course before.
    fn set_when(&mut self, when: RequiredWhen, rest: &[Item]) {
        let followed =
            rest.iter().take(8).any(|item| matches!(item.kind, Kind::Code(_) | Kind::Number(_) | Kind::Word));
        if self.operands.is_empty() && self.grade.is_some() && matches!(self.joint, Some(Joint::Or | Joint::CommaOr)) {
            // "C- or better or concurrent enrollment in"
            (self.when, self.joint) = (Some(RequiredWhen::BeforeOrWith), None);
        } else if followed || self.operands.is_empty() {
            (self.grade, self.when) = (None, Some(when));
        } else if matches!(self.joint, Some(Joint::Or | Joint::CommaOr)) {
            self.joint = None;
            self.may_be_taken_with();
        } else {
            self.each_course_before(|course| course.when = when);
        }
    }

    fn push(&mut self, tree: Requisite, span: Range<usize>) {
        let operand = Operand { joint: self.joint.take().unwrap_or(Joint::And), tree, holds: self.holds.take() };
        self.operands.push((operand, span));
        self.titled = false;
    }

    /// The courses at the end that nothing else parts, the last first.
    fn each_course_before(&mut self, mut change: impl FnMut(&mut RequiredCourse)) -> usize {
        let mut changed = 0;
        let mut joint = None;
        for (operand, _) in self.operands.iter_mut().rev() {
            if !change_course(&mut operand.tree, &mut change) {
                break;
            }
            changed += 1;
            let own = operand.joint;
            if joint.is_some_and(|joint| own != joint && own != Joint::Comma && joint != Joint::Comma) {
                break;
            }
            joint = Some(own);
        }
        changed
    }

    fn give_grade(&mut self, grade: Grade) {
        if self.operands.is_empty() {
            self.grade = Some(grade);
            return;
        }
        let changed = self.each_course_before(|course| course.grade = course.grade.or(Some(grade)));
        self.ambiguous |= changed > 1;
    }

    fn may_be_taken_with(&mut self) {
        if let Some((operand, _)) = self.operands.last_mut() {
            change_course(&mut operand.tree, &mut |course| course.when = RequiredWhen::BeforeOrWith);
        }
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
        let span = first.from..last.to;
        let words = self.text[span.clone()].trim();
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
        self.words(words, coded, span);
    }

    /// A chunk of words: a condition, more of the condition before, or not understood.
    fn words(&mut self, words: &str, coded: bool, span: Range<usize>) {
        let kind = condition::kind(words).filter(|kind| {
            !coded
                || matches!(
                    kind,
                    ConditionKind::Advice | ConditionKind::Credits | ConditionKind::Consent | ConditionKind::Placement
                )
        });
        let short = words.split_whitespace().count() <= 6;
        if kind.is_none() && !coded && short && self.titled {
            self.joint = None;
            return;
        }
        if let Some((operand, before)) = self.operands.last_mut()
            && !coded
        {
            let (text, whole) = (self.text, before.start..span.end);
            match (&operand.tree, kind) {
                // "the chair | and instructor", "Communication Sciences | and Disorders"
                (Requisite::Condition { kind: earlier, .. }, None) if short && self.joint != Some(Joint::Slash) => {
                    let earlier = *earlier;
                    set(operand, before, text, whole, Some(earlier));
                    self.joint = None;
                    return;
                }
                // "junior | or senior standing"
                (Requisite::NotUnderstood(earlier), Some(kind))
                    if earlier.as_str().split(' ').count() <= 3 && !has_digit(earlier.as_str()) && may_share(kind) =>
                {
                    set(operand, before, text, whole, Some(kind));
                    self.joint = None;
                    return;
                }
                (Requisite::NotUnderstood(_), None) => {
                    set(operand, before, text, whole, None);
                    self.joint = None;
                    return;
                }
                (Requisite::Condition { kind: earlier, words: before_words }, Some(_))
                    if matches!(self.joint, Some(Joint::And | Joint::Or))
                        && condition::goes_on(*earlier, before_words.as_str(), words) =>
                {
                    let earlier = *earlier;
                    set(operand, before, text, whole, Some(earlier));
                    self.joint = None;
                    return;
                }
                _ => {}
            }
        }
        let kind = if self.loose() { None } else { kind };
        let Ok(text) = Text::new(words.trim_matches([' ', ',', '.', ':', ';'])) else { return };
        let tree = match kind {
            Some(kind) => Requisite::Condition { kind, words: text },
            None => Requisite::NotUnderstood(text),
        };
        self.push(tree, span);
    }

    /// Whether a grade "in …" belongs to the course before: no joint stands between, and no course comes next.
    fn is_said_of_before(&self, rest: &[Item]) -> bool {
        let next =
            rest.iter().find(|item| !matches!(item.kind, Kind::Filler | Kind::Either | Kind::Both | Kind::Colon));
        self.loose() && !next.is_some_and(|next| matches!(next.kind, Kind::Code(_) | Kind::Open))
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

fn set(operand: &mut Operand, before: &mut Range<usize>, text: &str, whole: Range<usize>, kind: Option<ConditionKind>) {
    let Ok(words) = Text::new(text[whole.clone()].trim_matches([' ', ',', '.', ':', ';'])) else { return };
    *before = whole;
    operand.tree = match kind {
        Some(kind) => Requisite::Condition { kind, words },
        None => Requisite::NotUnderstood(words),
    };
}

/// Changes the course a postfix speaks of: the part itself, or the first of "A or equivalent"; whether there is one.
fn change_course(tree: &mut Requisite, change: &mut impl FnMut(&mut RequiredCourse)) -> bool {
    if let Requisite::Course(course) = tree {
        change(course);
        return true;
    }
    if !ends_in_equivalent(tree) {
        return false;
    }
    let mut parts = tree.parts().to_vec();
    let changed = parts.first_mut().is_some_and(|first| change_course(first, change));
    if let Ok(again) = Requisite::any(parts) {
        *tree = again;
    }
    changed
}

/// Kinds whose first words may lack the word that tells the kind: "junior or senior standing".
fn may_share(kind: ConditionKind) -> bool {
    use ConditionKind::{Admission, Credits, Degree, Standing};
    matches!(kind, Standing | Admission | Degree | Credits)
}

fn ends_in_equivalent(tree: &Requisite) -> bool {
    matches!(tree.parts().last(), Some(Requisite::Condition { kind: ConditionKind::Equivalent, .. }))
}

fn has_digit(words: &str) -> bool {
    words.contains(|letter: char| letter.is_ascii_digit())
}
