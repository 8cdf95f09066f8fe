//! The glossary: the words of the field as these pages use them.

use askama::Template;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/glossary", Rule::Everybody, show)
}

/// Word, identifier for links, meaning. In alphabetical order.
const TERMS: [(&str, &str, &str); 22] = [
    (
        "Accepted in full",
        "full",
        "A named reviewer says that the course outcome teaches everything the objective asks for. Counts 1 toward coverage.",
    ),
    ("Accepted in part", "partial", "A named reviewer says that it teaches a part. Counts one half."),
    (
        "Alignment",
        "alignment",
        "A judged match between a course outcome and an exam objective. The engine proposes; people decide.",
    ),
    (
        "Assessed",
        "assessed",
        "The course names how it finds out whether learners reached the outcome. Coverage is also given for assessed outcomes alone.",
    ),
    (
        "Bloom’s levels",
        "bloom",
        "Six depths of learning, from remembering to creating. Read from the verb of a statement, where it names one.",
    ),
    (
        "Blueprint",
        "blueprint",
        "The weighted outline of what one version of an exam tests: domains, their share of the exam, and objectives.",
    ),
    ("Certificate", "certificate", "An award for completing a course or program. It usually does not expire."),
    (
        "Certification",
        "certification",
        "An award of a third party for passing an assessment. It holds for a limited time, is renewed, and can be withdrawn.",
    ),
    ("Collection", "collection", "Courses looked at together that are not a program, such as a department’s offer."),
    (
        "Coverage",
        "coverage",
        "The share of the exam’s weight that accepted alignments reach. Each objective counts by its share of its domain, each domain by its weight.",
    ),
    ("Crosswalk", "crosswalk", "The table that relates one program’s outcomes to one blueprint version’s objectives."),
    (
        "Disputed",
        "disputed",
        "Some reviewers accept and some reject. The pair counts for nothing until someone settles it.",
    ),
    ("Domain", "domain", "A top-level section of a blueprint, with its weight."),
    ("Finding", "finding", "Something a person should know about a file: where it is, what it is, and what to do."),
    ("Gap", "gap", "An objective that no accepted alignment covers in full."),
    (
        "Introduced, reinforced, mastered",
        "levels",
        "How far a course takes an outcome: first meeting, further practice, independent use.",
    ),
    (
        "Kappa",
        "kappa",
        "Cohen’s κ: how far two reviewers agree beyond what chance would give. 1 is full agreement, 0 no more than chance.",
    ),
    ("Microcredential", "microcredential", "A small credential that is assessed and backed by its issuer."),
    ("Objective", "objective", "One line of a blueprint below a domain: what a candidate must know or do."),
    (
        "Orphan outcome",
        "orphan",
        "A course outcome that is aligned to nothing in this exam. It may matter for other reasons.",
    ),
    ("Outcome", "outcome", "What learners can do after a course, as the college states it."),
    ("Retired version", "retired", "A blueprint version whose last exam day is past."),
];

#[derive(Template)]
#[template(path = "glossary.html")]
struct GlossaryTemplate {
    page: Page,
    terms: &'static [(&'static str, &'static str, &'static str)],
}

async fn show(state: Visit) -> Answer {
    let page = Page::new(&state, Section::None, "Glossary").await?;
    render(&GlossaryTemplate { page, terms: &TERMS })
}

#[cfg(test)]
mod tests {
    use super::TERMS;

    #[test]
    fn terms_stand_in_order_and_once() {
        let letters = |term: &str| {
            term.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect::<String>().to_lowercase()
        };
        for pair in TERMS.windows(2) {
            assert!(letters(pair[0].0) < letters(pair[1].0), "{} / {}", pair[0].0, pair[1].0);
        }
    }
}
