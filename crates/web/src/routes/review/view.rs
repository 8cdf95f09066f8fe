//! The review page as its templates show it.

use credway_model::Ctid;
use credway_workflow::{Named, ReviewBy, ReviewFocus, ReviewOrder, ReviewPage, ReviewShow};

use super::card::{CardView, cards};
use super::place::{Place, order_word, show_word};
use crate::words;

/// What the page is about, in words.
pub(super) struct FocusView {
    /// Name for headings: `Objective 2.4`, `Course ITSY 1300`.
    pub(super) name: String,
    /// The statement, or the course's title.
    pub(super) statement: String,
    /// What stands above an objective; empty for a course.
    pub(super) above: Vec<String>,
    /// The course's catalogue description.
    pub(super) description: Option<String>,
    /// Address of the course's own page.
    pub(super) link: Option<String>,
    /// Share and score of an objective.
    pub(super) standing: Option<String>,
}

impl FocusView {
    pub(super) fn new(focus: ReviewFocus) -> Self {
        match focus {
            ReviewFocus::Objective { objective, share, score } => {
                let mut above = vec![objective.domain.clone()];
                above.extend(objective.path.iter().cloned());
                let name = match &objective.code {
                    Some(code) => format!("Objective {code}"),
                    None => "Objective".to_owned(),
                };
                Self {
                    name,
                    statement: objective.text,
                    above,
                    description: None,
                    link: None,
                    standing: Some(standing(share, score)),
                }
            }
            ReviewFocus::Course { course, description } => Self {
                name: format!("Course {}", course.code),
                statement: course.title,
                above: Vec::new(),
                description,
                link: Some(format!("/courses/{}", course.id)),
                standing: None,
            },
        }
    }
}

/// Share of the exam and score of an objective, as a sentence.
fn standing(share: Option<f64>, score: Option<f64>) -> String {
    let covered = match score {
        None => "counts through the finer objectives below it",
        Some(score) if score >= 1.0 => "fully covered (score 1)",
        Some(score) if score > 0.0 => "partly covered (score ½)",
        Some(_) => "not covered yet (score 0)",
    };
    match share {
        Some(share) => format!("{} of the exam; {covered}", words::percent(share)),
        None => format!("share of the exam not known; {covered}"),
    }
}

/// Where the reviewer is and where to go on.
pub(super) struct ProgressView {
    /// As a sentence: `3 of 28 objectives, 41 suggestions left`.
    pub(super) words: String,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

impl ProgressView {
    pub(super) fn new(page: &ReviewPage, place: &Place) -> Self {
        let things = match place.filter.by {
            ReviewBy::Objective => words::plural(page.of, "objective", "objectives"),
            ReviewBy::Course => words::plural(page.of, "course", "courses"),
        };
        let left = match place.filter.show {
            ReviewShow::Open if place.filter.blind => {
                format!("{} left for your own decision", words::plural(page.remaining, "pair", "pairs"))
            }
            ReviewShow::Open => format!("{} left", words::plural(page.remaining, "suggestion", "suggestions")),
            ReviewShow::Disputed => words::plural(page.remaining, "disputed pair", "disputed pairs"),
            ReviewShow::Decided => words::plural(page.remaining, "decided pair", "decided pairs"),
            ReviewShow::All => words::plural(page.remaining, "pair", "pairs"),
        };
        let words = if page.position == 0 {
            format!("{things}, {left}")
        } else {
            format!("{} of {things}, {left}", page.position)
        };
        let link = |focus: Option<Ctid>| focus.map(|focus| place.at(Some(focus)).address());
        Self { words, previous: link(page.previous), next: link(page.next) }
    }
}

/// One choice of candidates, or of their order.
pub(super) struct ShowChoice {
    pub(super) word: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: bool,
}

/// Everything on the page below its frame.
pub(super) struct ReviewView {
    pub(super) crosswalk: Ctid,
    pub(super) program: Named,
    pub(super) blueprint: Named,
    pub(super) retired: Option<String>,
    pub(super) focus: Option<FocusView>,
    pub(super) cards: Vec<CardView>,
    pub(super) progress: ProgressView,
    /// Hidden fields that keep the place in every form.
    pub(super) keep: Vec<(&'static str, String)>,
    pub(super) shows: Vec<ShowChoice>,
    pub(super) orders: Vec<ShowChoice>,
    pub(super) domains: Vec<Named>,
    pub(super) domain: Option<Ctid>,
    pub(super) blind: bool,
    /// Whether the review was given to the person as a blind one.
    pub(super) given_blind: bool,
    pub(super) by_course: bool,
    /// Address of the other way of looking at it.
    pub(super) turn: String,
    /// Address of all candidates of this focus, also those below the stated confidence.
    pub(super) all_here: String,
    /// Addresses of the disputed pairs and of what is open, when there are any.
    pub(super) disputed: Option<(usize, String)>,
    pub(super) open: Option<(usize, String)>,
    /// The pair decided last.
    pub(super) last: Option<CardView>,
}

impl ReviewView {
    pub(super) fn new(page: ReviewPage, place: &Place, domains: Vec<Named>, last: Option<CardView>) -> Self {
        let here = place.at(page.focus_id);
        let progress = ProgressView::new(&page, place);
        let turn_focus = match (&place.filter.by, &last, page.candidates.first()) {
            (ReviewBy::Objective, _, Some(card)) => Some(card.course.id),
            (ReviewBy::Course, _, Some(card)) => Some(card.objective.id),
            (ReviewBy::Objective, Some(last), None) => Some(last.card.course.id),
            (ReviewBy::Course, Some(last), None) => Some(last.card.objective.id),
            (_, None, None) => None,
        };
        let choice =
            |show: ReviewShow, label| ShowChoice { word: show_word(show), label, chosen: show == place.filter.show };
        let order = |order: ReviewOrder, label| ShowChoice {
            word: order_word(order),
            label,
            chosen: order == place.filter.order,
        };
        let head = page.crosswalk;
        let counted = |count: usize, show: ReviewShow| (count > 0).then(|| (count, place.showing(show).address()));
        Self {
            crosswalk: place.crosswalk,
            program: head.program,
            blueprint: head.blueprint,
            retired: head.retired,
            focus: page.focus.map(FocusView::new),
            cards: cards(page.candidates),
            progress,
            keep: here.fields(),
            shows: vec![
                choice(ReviewShow::Open, "Open suggestions"),
                choice(ReviewShow::Disputed, "Disputed"),
                choice(ReviewShow::Decided, "Decided"),
                choice(ReviewShow::All, "All candidates"),
            ],
            orders: vec![
                order(ReviewOrder::Blueprint, "In the order of the outline"),
                order(ReviewOrder::Probability, "Most probable first"),
                order(ReviewOrder::Useful, "Most useful first"),
            ],
            domains,
            domain: place.filter.domain,
            blind: place.filter.blind,
            given_blind: page.blind,
            by_course: place.filter.by == ReviewBy::Course,
            turn: place.turned(turn_focus).address(),
            all_here: Place {
                filter: credway_workflow::ReviewFilter { show: ReviewShow::All, ..here.filter.clone() },
                ..here
            }
            .address(),
            disputed: counted(head.disputed, ReviewShow::Disputed),
            open: counted(head.open, ReviewShow::Open),
            last,
        }
    }

    /// Whether anything on the page still waits for a word.
    pub(super) fn some_open(&self) -> bool {
        self.cards.iter().any(|card| card.open)
    }

    /// Whether this is the chosen domain.
    pub(super) fn is_domain(&self, domain: &Ctid) -> bool {
        self.domain.as_ref() == Some(domain)
    }

    /// Title of the page.
    pub(super) fn title(&self) -> String {
        match &self.focus {
            Some(focus) => format!("{} — review {} × {}", focus.name, self.program.name, self.blueprint.name),
            None => format!("Review {} × {}", self.program.name, self.blueprint.name),
        }
    }
}
