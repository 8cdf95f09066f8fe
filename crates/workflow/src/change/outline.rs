//! Blueprints as the outline that is compared, with what each line is.

use std::collections::{BTreeMap, BTreeSet};

use credway_align::{ChangeMatch, OutlineChange, OutlineLine, compare_outlines};
use credway_model::{Blueprint, Ctid, Domain, Objective, Text};

/// The lines of one or several blueprints. Several stand under their names, one after the other.
pub(crate) struct Outline {
    pub(super) lines: Vec<OutlineLine>,
    pub(super) ids: Vec<Ctid>,
    /// For each line the title of its domain.
    pub(super) domains: Vec<String>,
    /// How often each code stands in it.
    codes: BTreeMap<String, usize>,
}

impl Outline {
    pub(super) fn of(blueprints: &[Blueprint]) -> Self {
        let mut outline = Self { lines: Vec::new(), ids: Vec::new(), domains: Vec::new(), codes: BTreeMap::new() };
        for blueprint in blueprints {
            let name = || OutlineLine { text: blueprint.name(), code: None, above: None, heading: true };
            let above = (blueprints.len() > 1).then(|| outline.push(name(), blueprint.ctid, String::new()));
            for domain in &blueprint.domains {
                outline.domain(domain, above);
            }
        }
        outline
    }

    fn push(&mut self, line: OutlineLine, id: Ctid, domain: String) -> usize {
        if let Some(code) = line.code.as_ref().filter(|_| !line.heading) {
            *self.codes.entry(code.clone()).or_default() += 1;
        }
        self.lines.push(line);
        self.ids.push(id);
        self.domains.push(domain);
        self.lines.len() - 1
    }

    fn domain(&mut self, domain: &Domain, above: Option<usize>) {
        let line = OutlineLine {
            text: domain.title.to_string(),
            code: domain.code.as_ref().map(Text::to_string),
            above,
            heading: !domain.objectives.is_empty(),
        };
        let at = self.push(line, domain.ctid, domain.title.to_string());
        for objective in &domain.objectives {
            self.objective(objective, at, domain.title.as_str());
        }
    }

    fn objective(&mut self, objective: &Objective, above: usize, domain: &str) {
        let line = OutlineLine {
            text: objective.text.to_string(),
            code: objective.code.as_ref().map(Text::to_string),
            above: Some(above),
            heading: false,
        };
        let at = self.push(line, objective.ctid, domain.to_owned());
        for child in &objective.children {
            self.objective(child, at, domain);
        }
    }

    /// What identifies a line to somebody outside: its code, where no other line of the outline has it, else its words.
    pub(super) fn name(&self, at: usize) -> String {
        let line = &self.lines[at];
        let code = line.code.as_ref().filter(|code| self.codes.get(*code) == Some(&1));
        code.unwrap_or(&line.text).clone()
    }

    /// The words of what stands above a line, outermost first, its domain left out.
    pub(super) fn path(&self, at: usize) -> Vec<String> {
        let mut path = Vec::new();
        let mut above = self.lines[at].above;
        while let Some(line) = above {
            if !self.lines[line].heading {
                path.push(self.lines[line].text.clone());
            }
            above = self.lines[line].above;
        }
        path.reverse();
        path
    }
}

/// A decision on a statement holds for all that stands below it. One whose words are the same goes on by itself only where what stands
/// below it is the same on both sides too.
fn only_whole_ones_go_on(change: &mut OutlineChange, old: &[OutlineLine], new: &[OutlineLine]) {
    let whole = |lines: &[OutlineLine], same: &BTreeSet<usize>| -> Vec<bool> {
        let mut whole: Vec<bool> = (0..lines.len()).map(|at| same.contains(&at)).collect();
        // What a line stands under comes before it.
        for at in (0..lines.len()).rev() {
            if let (false, Some(above)) = (whole[at], lines[at].above) {
                whole[above] = false;
            }
        }
        whole
    };
    let of = |side: fn(&ChangeMatch) -> &Vec<usize>| -> BTreeSet<usize> {
        change.matches.iter().filter(|found| found.unchanged).flat_map(|found| side(found).iter().copied()).collect()
    };
    let (old, new) = (whole(old, &of(|found| &found.old)), whole(new, &of(|found| &found.new)));
    for found in &mut change.matches {
        found.unchanged &= found.old.iter().all(|at| old[*at]) && found.new.iter().all(|at| new[*at]);
    }
}

/// Two versions beside each other, with what became of every statement.
pub(crate) struct Comparison {
    pub(super) old: Outline,
    pub(super) new: Outline,
    pub(super) change: OutlineChange,
}

impl Comparison {
    /// Compares; this is a computation, and takes seconds for thousands of statements.
    pub(crate) fn of(old: &[Blueprint], new: &[Blueprint]) -> Self {
        let (old, new) = (Outline::of(old), Outline::of(new));
        let mut change = compare_outlines(&old.lines, &new.lines);
        only_whole_ones_go_on(&mut change, &old.lines, &new.lines);
        Self { old, new, change }
    }

    /// For each old statement that goes on with the same words (same or moved), the new one.
    pub(super) fn unchanged(&self) -> BTreeMap<Ctid, Ctid> {
        let same = self.change.matches.iter().filter(|found| found.unchanged);
        same.filter_map(|found| Some((self.old.ids[*found.old.first()?], self.new.ids[*found.new.first()?]))).collect()
    }
}
