//! What is assumed of learners, as a person types it: shares in per cent. Refuses a figure that could be a rate from 0 to 1.

use crate::FieldFault;
use crate::simulate_plan::SimulationRequest;

/// The assumptions of a simulation as typed. An empty field leaves what is usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SimulationFields {
    /// Of 100 attempts at a course, so many are passed.
    pub passed: String,
    /// Of 100 sittings of an exam, so many are passed.
    pub exams_passed: String,
    /// Of 100 learners, so many stop out before a term.
    pub stop_out: String,
    /// Of 100 who stopped out, so many come back.
    pub come_back: String,
    /// Courses with a rate of their own, one a line: `ENGL 1301, 70`.
    pub pass_rates: String,
}

struct Reading(Vec<FieldFault>);

impl Reading {
    fn say(&mut self, field: &'static str, message: String) {
        self.0.push(FieldFault { field, message });
    }

    fn rate(&mut self, (field, text): (&'static str, &str), usual: f64, whole: bool) -> f64 {
        let figure = text.trim().trim_end_matches('%').trim_end();
        if text.trim().is_empty() {
            return usual;
        }
        match figure.parse::<f64>() {
            Ok(figure) if whole && figure > 0.0 && figure < 1.0 => {
                self.say(field, format!("“{figure}” is less than one of a hundred: write 85 for 85 %."));
                usual
            }
            Ok(figure) if (0.0..=100.0).contains(&figure) => figure / 100.0,
            _ => {
                self.say(field, format!("“{}” is no share of a hundred: write a figure from 0 to 100.", text.trim()));
                usual
            }
        }
    }
}

impl SimulationFields {
    /// Learners on a page: half of what the terminal takes, so that nobody waits long; intervals say what that costs.
    pub const LEARNERS: u32 = 5_000;

    /// The assumptions as they are usual, to be shown before anything is typed.
    #[must_use]
    pub fn usual() -> Self {
        let usual = SimulationRequest::default();
        let share = |rate: f64| format!("{:.0}", rate * 100.0);
        Self {
            passed: share(usual.pass_rate),
            exams_passed: share(usual.exam_pass_rate),
            stop_out: share(usual.stop_out),
            come_back: share(usual.return_rate),
            pass_rates: String::new(),
        }
    }

    /// The request, or what cannot be taken.
    ///
    /// # Errors
    /// One fault a field.
    pub fn read(&self) -> Result<SimulationRequest, Vec<FieldFault>> {
        let usual = SimulationRequest::default();
        let mut reading = Reading(Vec::new());
        let request = SimulationRequest {
            pass_rate: reading.rate(("passed", &self.passed), usual.pass_rate, true),
            exam_pass_rate: reading.rate(("exams_passed", &self.exams_passed), usual.exam_pass_rate, true),
            stop_out: reading.rate(("stop_out", &self.stop_out), usual.stop_out, false),
            return_rate: reading.rate(("come_back", &self.come_back), usual.return_rate, false),
            pass_rates: self.own(&mut reading),
            learners: Self::LEARNERS,
            ..usual
        };
        if reading.0.is_empty() { Ok(request) } else { Err(reading.0) }
    }

    fn own(&self, reading: &mut Reading) -> Vec<(String, f64)> {
        let mut rates: Vec<(String, f64)> = Vec::new();
        for line in self.pass_rates.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let Some((code, share)) = line.rsplit_once([',', ';', ':', '\t']) else {
                reading.say("pass_rates", format!("“{line}” is no course and its rate: write “ENGL 1301, 70”."));
                continue;
            };
            let code = code.trim();
            if rates.iter().any(|(known, _)| known == code) {
                reading.say("pass_rates", format!("“{code}” has a rate already."));
                continue;
            }
            let before = reading.0.len();
            let rate = reading.rate(("pass_rates", share), 0.0, true);
            if reading.0.len() == before {
                rates.push((code.to_owned(), rate));
            }
        }
        rates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_reads_as_what_is_usual() {
        let usual = SimulationRequest { learners: SimulationFields::LEARNERS, ..SimulationRequest::default() };
        assert_eq!(SimulationFields::usual().read().unwrap(), usual);
        assert_eq!(SimulationFields::default().read().unwrap(), usual);
    }

    #[test]
    fn shares_are_read_in_per_cent() {
        let fields = SimulationFields {
            passed: " 90 % ".to_owned(),
            stop_out: "0.5".to_owned(),
            pass_rates: "ENGL 1301, 70\n\nMATH 1342; 62.5 %".to_owned(),
            ..SimulationFields::default()
        };
        let read = fields.read().unwrap();
        assert_eq!((read.pass_rate, read.stop_out), (0.9, 0.005));
        assert_eq!(read.pass_rates, [("ENGL 1301".to_owned(), 0.7), ("MATH 1342".to_owned(), 0.625)]);
    }

    #[test]
    fn what_cannot_be_taken_is_said_at_its_field() {
        let fields = SimulationFields {
            passed: "0.85".to_owned(),
            exams_passed: "many".to_owned(),
            come_back: "101".to_owned(),
            pass_rates: "ENGL 1301\nMATH 1342, 80\nMATH 1342, 81\nART 1, -3".to_owned(),
            ..SimulationFields::default()
        };
        let faults = fields.read().unwrap_err();
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["passed", "exams_passed", "come_back", "pass_rates", "pass_rates", "pass_rates"]);
        assert!(faults[0].message.contains("write 85"), "{}", faults[0].message);
    }
}
