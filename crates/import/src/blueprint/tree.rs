//! Domains with their objectives, grown statement by statement.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Finding, Place, Severity, Text, WeightRange};

use super::code::Style;
use super::domains::{Role, tidy, title_key};
use super::draft::{DraftDomain, DraftObjective, weight};
use super::left_out::LeftOut;
use super::line::{Lead, Line};
use super::nesting::{Nesting, Part};
use super::section::{Section, barrier, is_group, sections};
use super::statement::Statement;
use crate::check;

/// A domain with what is needed while it grows.
struct Growing {
    line: u32,
    stream: usize,
    /// The level of the Markdown heading or other lead that opened it last.
    lead: Lead,
    /// Whether it was opened again after its first appearance.
    reopened: bool,
    nesting: Nesting,
    codes: BTreeSet<String>,
    draft: DraftDomain,
}

/// The domains while they grow.
pub(super) struct Tree<'a> {
    domains: Vec<Growing>,
    /// Which domains bear a title.
    titles: BTreeMap<String, Vec<usize>>,
    slack: usize,
    left_out: &'a mut LeftOut,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Tree<'a> {
    /// Grows all domains; gives them in the order of the text.
    pub(super) fn grow(
        statements: &[Statement],
        roles: &[Role],
        markdown: bool,
        left_out: &'a mut LeftOut,
        findings: &'a mut Vec<Finding>,
    ) -> Vec<DraftDomain> {
        let sections = sections(statements, roles);
        let barrier = sections.iter().filter_map(barrier).min().unwrap_or(u32::MAX);
        let mut keys: Vec<String> =
            sections.iter().filter_map(|section| section.head).map(|head| title_key(&head.head.words)).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        let overview = keys.len() < all;
        let mut tree =
            Tree { domains: Vec::new(), titles: BTreeMap::new(), slack: usize::from(!markdown), left_out, findings };
        for section in &sections {
            let open = section.head.and_then(|head| tree.open(head));
            tree.body(section, open, barrier, overview);
        }
        tree.domains.sort_by_key(|domain| (domain.line, domain.stream));
        for domain in &tree.domains {
            repeated(&domain.draft.objectives, tree.findings);
        }
        tree.domains.into_iter().map(|domain| domain.draft).collect()
    }

    /// The domain that a heading opens: a new one, or the one it repeats.
    fn open(&mut self, statement: &Statement) -> Option<usize> {
        let head = &statement.head;
        let place = place(head);
        let title = tidy(&head.words);
        let text = check::text(&title, "domain", &place, self.findings)?;
        if statement.joined {
            // A line that was full had to be broken; one with room may be a statement of its own.
            let severity = if statement.doubtful { Severity::Warning } else { Severity::Note };
            let message = format!("The title “{title}” was put together from several lines.");
            let hint = "Check that it ends where it should.";
            self.findings.push(Finding::new("blueprint.title-joined", severity, place.clone(), message, hint));
        }
        if title.contains('%') {
            warn(
                self.findings,
                "blueprint.title-percent",
                &place,
                format!("The title “{title}” holds a percentage that was not read."),
                "Give the weight after the title, for example “Title (20 %)”.",
            );
        }
        let share = head.share.as_ref();
        let given = share.and_then(|share| weight(&share.low, share.high.as_deref(), &place, self.findings));
        let code = head.code.as_ref().and_then(|code| Text::new(&code.written).ok());
        let known = self.titles.entry(title_key(&title)).or_default();
        let same = |at: &usize| {
            let first = &self.domains[*at].draft.code;
            *first == code || first.is_none() || code.is_none()
        };
        if let Some(at) = known.iter().copied().find(same) {
            self.reopen(at, head, given, code);
            return Some(at);
        }
        known.push(self.domains.len());
        let draft = DraftDomain { code, title: text, weight: given, objectives: Vec::new(), place };
        self.domains.push(Growing {
            line: head.line,
            stream: statement.stream,
            lead: head.lead,
            reopened: false,
            nesting: Nesting::new(self.slack),
            codes: BTreeSet::new(),
            draft,
        });
        Some(self.domains.len() - 1)
    }

    /// Goes on with a domain that appears again, as the detail below a table of weights.
    fn reopen(&mut self, at: usize, head: &Line, given: Option<WeightRange>, code: Option<Text>) {
        let domain = &mut self.domains[at];
        domain.nesting.clear();
        domain.lead = head.lead;
        domain.reopened = true;
        domain.draft.code = domain.draft.code.take().or(code);
        match (domain.draft.weight, given) {
            (Some(first), Some(second)) if first != second => self.findings.push(Finding::new(
                "blueprint.weight-conflict",
                Severity::Error,
                place(head),
                format!("“{}” is given another weight than at {}.", domain.draft.title, domain.draft.place),
                "Keep the one the publisher's outline gives.",
            )),
            (None, given) => domain.draft.weight = given,
            _ => {}
        }
    }

    /// Hangs a section's statements on its domain.
    fn body(&mut self, section: &Section<'_>, open: Option<usize>, barrier: u32, overview: bool) {
        let Some(at) = open else {
            section.body.iter().for_each(|statement| self.leave_out(statement, false));
            return;
        };
        let past = |head: &Line| head.code.is_none() && head.line >= barrier && self.domains[at].line < barrier;
        let past: Vec<bool> = section.body.iter().map(|statement| past(&statement.head)).collect();
        let unmarked = !section.body.iter().any(|statement| statement.head.is_marked())
            && (!overview || self.domains[at].reopened);
        for (number, statement) in section.body.iter().enumerate() {
            let next = section.body.get(number + 1).copied();
            let outdented = next.is_none() && section.next.is_some_and(|column| column > statement.head.column);
            let part = if statement.head.is_marked() {
                Some(Part::Marked)
            } else if is_group(statement, next) {
                Some(Part::Group)
            } else {
                (unmarked && !outdented && statement.long < 2).then_some(Part::Bare)
            };
            match part.filter(|_| !past[number]) {
                Some(part) => self.hang(at, statement, part),
                None => self.leave_out(statement, !past[number]),
            }
        }
    }

    fn leave_out(&mut self, statement: &Statement, inside: bool) {
        let lines = if inside
            || statement.head.is_marked()
                && statement.head.lead != Lead::Bold
                && !matches!(statement.head.lead, Lead::Heading(_))
        {
            &mut self.left_out.inside
        } else {
            &mut self.left_out.around
        };
        lines.push((statement.head.line, statement.head.full.clone()));
    }

    /// Hangs one objective where it belongs.
    fn hang(&mut self, at: usize, statement: &Statement, part: Part) {
        let head = &statement.head;
        let place = place(head);
        let Some(text) = check::text(&head.full, "objective", &place, self.findings) else { return };
        if head.holds_another() {
            warn(
                self.findings,
                "blueprint.columns-unread",
                &place,
                format!("“{text}” seems to hold several points, side by side in columns."),
                "Give each point its own line.",
            );
        }
        if statement.doubtful {
            warn(
                self.findings,
                "blueprint.objective-joined",
                &place,
                format!("“{text}” was put together from lines that may be statements of their own."),
                "If they are, mark each with a bullet or a number.",
            );
        }
        let domain = &mut self.domains[at];
        let spot = domain.nesting.place(head, part);
        if let Some(code) = &head.code
            && (spot.orphan || misplaced(&domain.draft, code))
        {
            warn(
                self.findings,
                "blueprint.code-misplaced",
                &place,
                format!("{} stands below “{}”, where its number does not belong.", code.written, domain.draft.title),
                "Compare with the publisher's outline: a line may be missing or out of order.",
            );
        }
        if part == Part::Bare && head.lead == Lead::Bare {
            self.left_out.unmarked.push((head.line, head.full.clone()));
        }
        let code = head.code.as_ref().and_then(|code| {
            let above = code.counts_in_list().then(|| parent_code(&domain.draft.objectives, spot.depth)).flatten();
            let written = above.map_or_else(|| code.written.clone(), |above| format!("{above}.{}", code.written));
            // A list that begins again gives no second statement the same number.
            (domain.codes.insert(written.clone()) || !code.counts_in_list()).then_some(written)
        });
        let code = code.and_then(|code| Text::new(&code).ok());
        put(&mut domain.draft.objectives, DraftObjective { code, text, children: Vec::new(), place }, spot.depth);
    }
}

/// Whether every domain has a share and these come to 100 %.
pub(super) fn is_whole(domains: &[DraftDomain]) -> bool {
    let shares: Option<Vec<WeightRange>> = domains.iter().map(|domain| domain.weight).collect();
    shares.is_some_and(|shares| {
        let low: u32 = shares.iter().map(|share| share.low().steps()).sum();
        let high: u32 = shares.iter().map(|share| share.high().steps()).sum();
        low <= 10_000 && high >= 10_000
    })
}

/// Whether a number of several parts begins with another number than its domain's.
fn misplaced(domain: &DraftDomain, code: &super::code::Code) -> bool {
    let numeric = |text: &str| text.parse::<u32>().ok();
    let own = domain.code.as_ref().and_then(|code| numeric(code.as_str()));
    let first = code.path.first().filter(|_| code.path.len() > 1).and_then(|part| numeric(part));
    code.style != Style::Tag && own.is_some() && first.is_some() && own != first
}

/// The number of the objective that the next one at `depth` hangs on.
fn parent_code(objectives: &[DraftObjective], depth: usize) -> Option<&Text> {
    let last = objectives.last().filter(|_| depth > 0)?;
    if depth == 1 || last.children.is_empty() { last.code.as_ref() } else { parent_code(&last.children, depth - 1) }
}

/// Appends at the depth asked for, or as deep as there is something to hang it on.
fn put(objectives: &mut Vec<DraftObjective>, objective: DraftObjective, depth: usize) {
    match objectives.last_mut() {
        Some(last) if depth > 0 => put(&mut last.children, objective, depth - 1),
        _ => objectives.push(objective),
    }
}

/// Warns of statements without a number that stand twice beside each other.
fn repeated(objectives: &[DraftObjective], findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for objective in objectives {
        if objective.code.is_none() && !seen.insert(objective.text.as_str().to_lowercase()) {
            warn(
                findings,
                "blueprint.objective-repeated",
                &objective.place,
                format!("“{}” stands twice in the same place.", objective.text),
                "Remove one of them.",
            );
        }
        repeated(&objective.children, findings);
    }
}

fn warn(findings: &mut Vec<Finding>, code: &str, place: &Place, message: String, hint: &str) {
    findings.push(Finding::new(code, Severity::Warning, place.clone(), message, hint));
}

fn place(head: &Line) -> Place {
    Place::Line { line: head.line, column: u32::try_from(head.column + 1).ok() }
}
