//! When a course is offered: in which seasons, and in which terms not although the season says so.

use credway_model::{Course, OfferedTerm, Text};
use credway_plan::pathway::Season;

use super::super::wishes::{CalendarTerm, season_word};
use super::Said;

/// By season whether a course is offered, and the terms in which it is not although the season says so.
pub(super) fn offering(
    course: Option<&Course>,
    start: CalendarTerm,
    terms: usize,
    said: &mut Said,
) -> ([bool; 3], Vec<usize>) {
    let Some(course) = course else { return ([true; 3], Vec::new()) };
    let (mut offered, mut closed) = ([false; 3], Vec::new());
    for term in &course.offered {
        match term {
            OfferedTerm::Fall => offered[0] = true,
            OfferedTerm::Spring => offered[1] = true,
            OfferedTerm::Summer => offered[2] = true,
            OfferedTerm::Other(words) => {
                other_offering(course, words, (start, terms), (&mut offered, &mut closed), said)
            }
        }
    }
    if offered == [false; 3] {
        said.assume(
            "Courses whose terms are not given",
            "offered every fall and spring",
            "assumed for this plan; the catalogue gives no terms",
        );
        offered = [true, true, false];
    }
    (offered, closed)
}

/// “Fall of odd years” and the like; other words are noted and not counted on.
fn other_offering(
    course: &Course,
    words: &Text,
    (start, terms): (CalendarTerm, usize),
    (offered, closed): (&mut [bool; 3], &mut Vec<usize>),
    said: &mut Said,
) {
    let low = words.as_str().to_lowercase();
    let season = Season::ALL.into_iter().find(|season| low.contains(season_word(*season)));
    let parity = [("odd", 1), ("even", 0)].into_iter().find(|(word, _)| low.contains(word));
    let (Some(season), Some((_, parity))) = (season, parity) else {
        said.note(format!("{} is offered “{words}”, which the plan does not count on.", course.code));
        return;
    };
    if offered[season.index()] {
        return;
    }
    offered[season.index()] = true;
    let off = |term: &usize| {
        let term = start.after(*term);
        term.season == season && term.year.rem_euclid(2) != parity
    };
    closed.extend((0..terms).filter(off));
}
