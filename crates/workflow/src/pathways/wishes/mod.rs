//! What a person wishes of a plan: where to, from when, how much at a time, what they have already. Nothing of it is kept.

mod fields;
mod names;

use credway_model::{ComponentKey, CourseCode, Credits};
use credway_plan::pathway::{Season, StageName};
use serde::Serialize;

use super::edit::FieldFault;
use crate::WorkflowError;

pub use fields::WishFields;

/// Hours a week that a credit takes in class and outside it over a long term, as planned where somebody works.
/// Source: 34 CFR 600.2 (credit hour): one hour in class and two outside it a week, for about fifteen weeks.
pub const WEEKLY_HOURS_OF_A_CREDIT: u32 = 3;
/// Hours a week that work and study may take together; an assumption, shown wherever it is used.
pub const WEEKLY_HOURS_IN_ALL: u32 = 60;
/// The most terms planned ahead: eight years.
pub const MOST_TERMS: usize = 24;

/// A term of a calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarTerm {
    /// The year.
    pub year: i16,
    /// The season.
    pub season: Season,
}

impl CalendarTerm {
    /// The term so many terms later; fall is the first of an academic year, spring and summer are of the next calendar year.
    #[must_use]
    pub fn after(self, terms: usize) -> Self {
        let seasons = self.season.index() + terms;
        let begin = if self.season == Season::Fall { self.year } else { self.year - 1 };
        let season = Season::ALL[seasons % 3];
        let years = i16::try_from(seasons / 3).unwrap_or(i16::MAX / 2);
        let year = begin + years + i16::from(season != Season::Fall);
        Self { year, season }
    }

    /// `fall 2026`.
    #[must_use]
    pub fn words(self) -> String {
        format!("{} {}", season_word(self.season), self.year)
    }

    /// Reads `fall 2026`, in any case.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let season = read_season(words.next()?)?;
        let year: i16 = words.next()?.parse().ok().filter(|year| (1_900..=2_200).contains(year))?;
        words.next().is_none().then_some(Self { year, season })
    }
}

/// The word of a season.
#[must_use]
pub const fn season_word(season: Season) -> &'static str {
    match season {
        Season::Fall => "fall",
        Season::Spring => "spring",
        Season::Summer => "summer",
    }
}

/// Reads the word of a season, in any case.
#[must_use]
pub fn read_season(word: &str) -> Option<Season> {
    Season::ALL.into_iter().find(|season| season_word(*season).eq_ignore_ascii_case(word.trim()))
}

/// A course that is not offered in a season although the catalogue says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedOffering {
    /// The course; every course when absent.
    pub course: Option<CourseCode>,
    /// The season.
    pub season: Season,
}

/// What a person wishes of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanWishes {
    /// The destination; the first of the pathway when absent.
    pub destination: Option<ComponentKey>,
    /// The first term; the next fall when absent.
    pub start: Option<CalendarTerm>,
    /// So many terms at most, 1 to [`MOST_TERMS`].
    pub terms: usize,
    /// Most credits a fall, spring and summer.
    pub most: [Credits; 3],
    /// Least credits a fall and spring until the end.
    pub least: Option<Credits>,
    /// Hours of paid work a week, which leave room for fewer credits; see [`WEEKLY_HOURS_IN_ALL`].
    pub work: Option<u32>,
    /// Courses passed already.
    pub done: Vec<CourseCode>,
    /// Components of the pathway held already: credentials and certifications.
    pub held: Vec<ComponentKey>,
    /// Courses the person wants to take.
    pub wanted: Vec<CourseCode>,
    /// Exams that are to be sat although nothing requires them.
    pub required: Vec<ComponentKey>,
    /// What is not offered after all.
    pub dropped: Vec<DroppedOffering>,
    /// What is best, first things first.
    pub order: Vec<StageName>,
    /// Credits of a course whose credits are not known; refused where absent.
    pub assumed_credits: Option<Credits>,
    /// Readiness for an exam whose component gives none, in per cent of its blueprint.
    pub readiness: u32,
    /// Whether suggestions that nobody has decided on count for readiness, as if they were accepted.
    pub count_suggestions: bool,
    /// Seconds a call of the solver may take.
    pub seconds: f64,
}

impl Default for PlanWishes {
    fn default() -> Self {
        let credits = |hundredths| Credits::from_steps(hundredths).expect("a load is within the range of credits");
        Self {
            destination: None,
            start: None,
            terms: MOST_TERMS,
            most: [credits(1_500), credits(1_500), credits(600)],
            least: None,
            work: None,
            done: Vec::new(),
            held: Vec::new(),
            wanted: Vec::new(),
            required: Vec::new(),
            dropped: Vec::new(),
            order: vec![
                StageName::First,
                StageName::Terms,
                StageName::Exits,
                StageName::Cost,
                StageName::Excess,
                StageName::Coverage,
            ],
            assumed_credits: None,
            readiness: 70,
            count_suggestions: false,
            seconds: 60.0,
        }
    }
}

impl PlanWishes {
    /// What does not make sense by itself, at its field.
    pub(crate) fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let mut say = |field, message| faults.push(FieldFault { field, message });
        if self.terms == 0 || self.terms > MOST_TERMS {
            say("terms", format!("Ask for 1 to {MOST_TERMS} terms, summers counted, not {}.", self.terms));
        }
        if self.readiness > 100 {
            say("readiness", format!("Give per cent of the blueprint, 0 to 100, not {}.", self.readiness));
        }
        if self.order.is_empty() {
            let known = StageName::ALL.map(StageName::name).join(", ");
            say("order", format!("Name at least one objective: {known}."));
        }
        if let Some(hours) = self.work.filter(|hours| *hours >= WEEKLY_HOURS_IN_ALL) {
            let whole = format!("study and work together come to {WEEKLY_HOURS_IN_ALL} hours a week at most");
            say("work", format!("Beside {hours} hours of work no course fits: {whole}."));
        }
        faults
    }

    /// Whether they make sense by themselves.
    ///
    /// # Errors
    /// [`WorkflowError::Wishes`].
    pub(crate) fn check(&self) -> Result<(), WorkflowError> {
        let faults = self.faults();
        if faults.is_empty() { Ok(()) } else { Err(WorkflowError::Wishes(faults)) }
    }

    /// Most credits a season, in hundredths, beside the hours of work.
    pub(crate) fn loads(&self) -> [u32; 3] {
        let beside = self
            .work
            .map(|hours| (WEEKLY_HOURS_IN_ALL - hours.min(WEEKLY_HOURS_IN_ALL)) * 100 / WEEKLY_HOURS_OF_A_CREDIT);
        // A summer term is about half as long, so that a credit takes twice the hours a week.
        let of_season =
            |index: usize, most: u32| beside.map_or(most, |room| most.min(if index == 2 { room / 2 } else { room }));
        let [fall, spring, summer] = self.most.map(Credits::steps);
        [of_season(0, fall), of_season(1, spring), of_season(2, summer)]
    }
}

/// Something a plan takes for granted, with where it is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanAssumption {
    /// What.
    pub what: String,
    /// Its value in words.
    pub value: String,
    /// Where it is from.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_follow_the_calendar() {
        let fall = CalendarTerm::read("Fall 2026").unwrap();
        let words: Vec<String> = (0..4).map(|terms| fall.after(terms).words()).collect();
        assert_eq!(words, ["fall 2026", "spring 2027", "summer 2027", "fall 2027"]);
        let summer = CalendarTerm::read("summer 2027").unwrap();
        assert_eq!((summer.after(0), summer.after(1).words()), (summer, "fall 2027".to_owned()));
        assert_eq!(CalendarTerm::read("winter 2027"), None);
        assert_eq!(CalendarTerm::read("fall 27"), None);
    }

    #[test]
    fn work_leaves_room_for_fewer_credits() {
        let wishes = PlanWishes { work: Some(30), ..PlanWishes::default() };
        assert_eq!(wishes.loads(), [1_000, 1_000, 500]);
        assert_eq!(PlanWishes::default().loads(), [1_500, 1_500, 600]);
        assert!(PlanWishes { work: Some(60), ..PlanWishes::default() }.check().is_err());
        assert!(PlanWishes { terms: 25, ..PlanWishes::default() }.check().is_err());
    }
}
