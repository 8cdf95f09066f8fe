//! What an outline holds and was not read: said with its lines, so that nothing is lost in silence.

use credway_model::{Finding, Place, Severity};

/// Lines left out, by how much that matters.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Inside a domain, or with a mark: it may be an objective.
    pub(super) inside: Vec<(u32, String)>,
    /// Running text around the domains.
    pub(super) around: Vec<(u32, String)>,
    /// Shares that stand at no domain.
    pub(super) weights: Vec<(u32, String)>,
    /// Lines without a mark that were taken for objectives.
    pub(super) unmarked: Vec<(u32, String)>,
}

impl LeftOut {
    /// The findings; what stands above the first domain is no part of the outline. A share that was not read is an error unless the domains' shares are `whole` without it.
    pub(super) fn say(mut self, whole: bool, first_domain: u32, findings: &mut Vec<Finding>) {
        self.inside.retain(|(line, _)| *line >= first_domain);
        self.around.retain(|(line, words)| *line > first_domain && words.len() > 3);
        let mut say = |code, severity, lines: &mut Vec<(u32, String)>, what: &str, hint| {
            lines.sort();
            lines.dedup();
            if let Some((line, words)) = lines.first() {
                let shown: String = words.chars().take(80).collect();
                let message = format!("{what}: {}. The first is “{shown}”.", numbers(lines));
                findings.push(Finding::new(code, severity, Place::Line { line: *line, column: None }, message, hint));
            }
        };
        let mark = "If it is an objective, mark it with a bullet or a number.";
        say(
            "blueprint.text-left-out",
            Severity::Warning,
            &mut self.inside,
            "Lines that may be objectives were left out",
            mark,
        );
        say(
            "blueprint.text-left-out",
            Severity::Note,
            &mut self.around,
            "Lines that belong to no domain were left out",
            mark,
        );
        say(
            "blueprint.objectives-unmarked",
            Severity::Warning,
            &mut self.unmarked,
            "Lines without a mark were taken for objectives",
            "Compare with the publisher's outline; bullets or numbers make it certain.",
        );
        say(
            "blueprint.weight-unread",
            if whole { Severity::Warning } else { Severity::Error },
            &mut self.weights,
            "Lines hold a share that was not taken for a domain's weight",
            "Give each domain its weight on its own line, for example “20 % Title”.",
        );
    }
}

/// `5, 7–9`; at most ten runs.
fn numbers(lines: &[(u32, String)]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (line, _) in lines {
        match runs.last_mut() {
            Some((_, last)) if *line <= *last + 1 => *last = *line,
            _ => runs.push((*line, *line)),
        }
    }
    let shown = runs.iter().take(10).map(
        |(first, last)| {
            if first == last { first.to_string() } else { format!("{first}–{last}") }
        },
    );
    let more = if runs.len() > 10 { ", …" } else { "" };
    format!("{}{more}", shown.collect::<Vec<_>>().join(", "))
}
