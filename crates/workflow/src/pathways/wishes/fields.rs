//! Wishes as people type them, on the command line and in forms, read with what is wrong said at each field.

use std::fmt::Display;

use credway_model::{CourseCode, Credits};
use credway_plan::pathway::StageName;

use super::{CalendarTerm, DroppedOffering, PlanWishes, read_season};
use crate::pathways::edit::FieldFault;

/// What a person typed; an empty field leaves what is usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WishFields {
    /// Key of the destination.
    pub to: String,
    /// The first term: `fall 2026`.
    pub from: String,
    /// Most terms.
    pub terms: String,
    /// Most credits in fall, spring and summer: `15, 15, 6`, or one figure for fall and spring.
    pub most: String,
    /// Least credits in fall and spring.
    pub least: String,
    /// Hours of paid work a week.
    pub work: String,
    /// Whether there is to be no study in summer.
    pub no_summer: bool,
    /// Codes of courses passed.
    pub done: String,
    /// Keys of components held.
    pub held: String,
    /// Codes of courses wanted.
    pub want: String,
    /// Keys of exams to be sat.
    pub require: String,
    /// What is not offered: `ITSY 2300 in fall`, `summer`.
    pub drop: String,
    /// Objectives in their order.
    pub order: String,
    /// Credits of courses whose credits are not known.
    pub assume_credits: String,
    /// Readiness for exams without one, in per cent.
    pub readiness: String,
    /// Whether suggestions count as accepted.
    pub suggestions: bool,
}

struct Reading(Vec<FieldFault>);

impl Reading {
    fn say(&mut self, field: &'static str, message: String) {
        self.0.push(FieldFault { field, message });
    }

    fn maybe<T, E: Display>(
        &mut self,
        field: &'static str,
        text: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        read(text).map_err(|error| self.say(field, format!("“{text}” cannot be taken: {error}."))).ok()
    }

    /// A list separated by commas, semicolons or lines.
    fn list<T, E: Display>(&mut self, field: &'static str, text: &str, read: impl Fn(&str) -> Result<T, E>) -> Vec<T> {
        let parts: Vec<&str> = text.split([',', ';', '\n']).collect();
        parts.into_iter().filter_map(|part| self.maybe(field, part, &read)).collect()
    }
}

impl WishFields {
    /// The plan beside a person's own: where to, when from, and what has to be assumed stay; all other wishes are the usual ones.
    #[must_use]
    pub fn usual(&self) -> Self {
        Self {
            to: self.to.clone(),
            from: self.from.clone(),
            terms: self.terms.clone(),
            assume_credits: self.assume_credits.clone(),
            readiness: self.readiness.clone(),
            suggestions: self.suggestions,
            ..Self::default()
        }
    }

    /// The wishes, or what cannot be taken.
    ///
    /// # Errors
    /// One fault a field and value.
    pub fn read(&self) -> Result<PlanWishes, Vec<FieldFault>> {
        let usual = PlanWishes::default();
        let mut reading = Reading(Vec::new());
        let reading_of = &mut reading;
        let mut most = self.loads(reading_of, usual.most);
        if self.no_summer {
            most[2] = credits(0);
        }
        let order = reading_of.list("order", &self.order, |word| {
            let found = StageName::ALL.into_iter().find(|name| name.name().eq_ignore_ascii_case(word));
            found.ok_or("use first, terms, exits, cost, excess, coverage and balance")
        });
        let twice = (1..order.len()).any(|index| order[..index].contains(&order[index]));
        if twice {
            reading_of.say("order", "Name each objective once.".to_owned());
        }
        let wishes = PlanWishes {
            destination: reading_of.maybe("to", &self.to, str::parse),
            start: reading_of
                .maybe("from", &self.from, |text| CalendarTerm::read(text).ok_or("write it as “fall 2026”")),
            terms: reading_of.maybe("terms", &self.terms, whole).unwrap_or(usual.terms),
            most,
            least: reading_of.maybe("least", &self.least, str::parse::<Credits>),
            work: reading_of.maybe("work", &self.work, whole),
            done: reading_of.list("done", &self.done, str::parse::<CourseCode>),
            held: reading_of.list("held", &self.held, str::parse),
            wanted: reading_of.list("want", &self.want, str::parse::<CourseCode>),
            required: reading_of.list("require", &self.require, str::parse),
            dropped: reading_of.list("drop", &self.drop, dropped),
            order: if order.is_empty() { usual.order } else { order },
            assumed_credits: reading_of.maybe("assume_credits", &self.assume_credits, str::parse::<Credits>),
            readiness: reading_of.maybe("readiness", &self.readiness, whole).unwrap_or(usual.readiness),
            count_suggestions: self.suggestions,
            seconds: usual.seconds,
        };
        reading.0.extend(wishes.faults());
        if reading.0.is_empty() { Ok(wishes) } else { Err(reading.0) }
    }

    /// `15, 15, 6`, or one figure for fall and spring, or two.
    fn loads(&self, reading: &mut Reading, usual: [Credits; 3]) -> [Credits; 3] {
        let given = reading.list("most", &self.most, str::parse::<Credits>);
        match *given.as_slice() {
            [] => usual,
            [long] => [long, long, usual[2].min(long)],
            [long, summer] => [long, long, summer],
            [fall, spring, summer] => [fall, spring, summer],
            _ => {
                reading.say("most", "Give at most three figures: fall, spring, summer.".to_owned());
                usual
            }
        }
    }
}

fn whole<T: std::str::FromStr>(text: &str) -> Result<T, &'static str> {
    text.parse().map_err(|_| "write a whole number")
}

fn credits(hundredths: u32) -> Credits {
    Credits::from_steps(hundredths).expect("a load is within the range of credits")
}

/// `ITSY 2300 in fall`, or `summer` for every course.
fn dropped(text: &str) -> Result<DroppedOffering, String> {
    let season = |word: &str| read_season(word).ok_or_else(|| "name fall, spring or summer".to_owned());
    match text.rsplit_once(" in ") {
        Some((code, word)) => {
            let course: CourseCode =
                code.trim().parse().map_err(|error: credway_model::CourseCodeError| error.to_string())?;
            Ok(DroppedOffering { course: Some(course), season: season(word)? })
        }
        None => Ok(DroppedOffering { course: None, season: season(text)? }),
    }
}

#[cfg(test)]
mod tests {
    use credway_plan::pathway::Season;

    use super::*;

    #[test]
    fn empty_fields_leave_what_is_usual() {
        assert_eq!(WishFields::default().read().unwrap(), PlanWishes::default());
    }

    #[test]
    fn typed_wishes_are_read() {
        let fields = WishFields {
            to: "degree".to_owned(),
            from: "Spring 2027".to_owned(),
            most: "12, 12, 3".to_owned(),
            done: "ENGL 1301; MATH 1342".to_owned(),
            drop: "ITSY 2300 in fall, summer".to_owned(),
            order: "cost, terms".to_owned(),
            ..WishFields::default()
        };
        let wishes = fields.read().unwrap();
        assert_eq!(wishes.most.map(Credits::steps), [1_200, 1_200, 300]);
        assert_eq!(wishes.start.unwrap().words(), "spring 2027");
        assert_eq!(wishes.done.len(), 2);
        assert_eq!(wishes.dropped[0].course.as_ref().unwrap().as_str(), "ITSY 2300");
        assert_eq!((wishes.dropped[1].course.clone(), wishes.dropped[1].season), (None, Season::Summer));
        assert_eq!(wishes.order, [StageName::Cost, StageName::Terms]);
        let part = WishFields { most: "6".to_owned(), no_summer: true, ..WishFields::default() }.read().unwrap();
        assert_eq!(part.most.map(Credits::steps), [600, 600, 0]);
    }

    #[test]
    fn what_cannot_be_taken_is_said_at_its_field() {
        let fields = WishFields {
            from: "winter".to_owned(),
            most: "1,2,3,4".to_owned(),
            order: "cost, cost, luck".to_owned(),
            drop: "ITSY 2300 in winter".to_owned(),
            terms: "30".to_owned(),
            work: "60".to_owned(),
            readiness: "120".to_owned(),
            ..WishFields::default()
        };
        let faults: Vec<&str> = fields.read().unwrap_err().iter().map(|fault| fault.field).collect();
        assert_eq!(faults, ["most", "order", "order", "from", "drop", "terms", "readiness", "work"]);
    }
}
