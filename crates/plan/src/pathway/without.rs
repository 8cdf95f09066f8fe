//! A problem without some of its rules: what would be planned if they were given up.

use crate::pathway::credential::{Need, Node};
use crate::pathway::problem::Problem;
use crate::pathway::rule::Rule;

/// So many terms more are looked at where the horizon is given up: four years.
pub(super) const LATER: usize = 12;

impl Problem {
    /// The same problem without some rules. Without [`Rule::ByHorizon`] the target may come four years later.
    #[must_use]
    pub fn without(&self, rules: &[Rule]) -> Self {
        let mut problem = self.clone();
        rules.iter().for_each(|rule| problem.drop_rule(*rule));
        problem
    }

    fn drop_rule(&mut self, rule: Rule) {
        let all: u32 = self.courses.iter().map(|course| course.credits).sum();
        match rule {
            Rule::Structure => {}
            Rule::ByHorizon => self.horizon += LATER,
            Rule::MostLoad(term) => {
                // Whoever is away in a term has no least load there, before as after.
                if self.least_load_of(term) == 0 {
                    self.light_terms.push(term);
                }
                if self.term_limits.len() <= term {
                    self.term_limits.resize(term + 1, None);
                }
                self.term_limits[term] = Some(all.max(1));
            }
            Rule::LeastLoad(term) => self.light_terms.push(term),
            Rule::PriorLearningLimit => self.prior_learning_limit = all,
            Rule::Wanted(course) => self.wanted.retain(|wanted| *wanted != course),
            // The others keep their numbers.
            Rule::Exclusion(index) => self.exclusions[index].clear(),
            Rule::Prerequisites(course) => {
                self.courses[course].requisites.retain(|clause| !clause.is_prerequisite());
            }
            Rule::Corequisites(course) => {
                self.courses[course].requisites.retain(|clause| clause.is_prerequisite());
            }
            Rule::Standing(course) => self.courses[course].standing = 0,
            Rule::AfterAward(credential) => {
                self.courses.iter_mut().for_each(|course| course.after.retain(|award| *award != credential));
            }
            Rule::Readiness(exam) => self.exams[exam].threshold = 0,
            Rule::NotBefore(exam) => self.exams[exam].not_before.clear(),
            Rule::ExamsNeeded => self.exams_needed = 0,
            Rule::ExamNeeded(exam) => self.exams[exam].needed = false,
            Rule::TotalCredits(_)
            | Rule::CountLimit(..)
            | Rule::PriorCountLimit(_)
            | Rule::Residency(_)
            | Rule::UpperDivision(_)
            | Rule::Leaf(..)
            | Rule::Choice(..)
            | Rule::Shared(_)
            | Rule::Certifications(_)
            | Rule::Needs(..)
            | Rule::Credentials(_) => self.drop_of_credential(rule, all),
        }
    }

    fn drop_of_credential(&mut self, rule: Rule, all: u32) {
        match rule {
            Rule::TotalCredits(index) => self.credentials[index].total = 0,
            Rule::CountLimit(index, place) => self.credentials[index].limits[place].1 = all,
            Rule::PriorCountLimit(index) => self.credentials[index].prior_limit = None,
            Rule::Residency(index) => self.credentials[index].residency = 0,
            Rule::UpperDivision(index) => self.credentials[index].upper = 0,
            Rule::Shared(index) => self.credentials[index].shared = all,
            Rule::Certifications(index) => self.credentials[index].exams.clear(),
            // The others keep their numbers.
            Rule::Needs(index, place) => self.credentials[index].needs[place].clear(),
            Rule::Credentials(index) => self.credentials[index].credentials.clear(),
            Rule::Leaf(index, place) => {
                let mut at = 0;
                self.credentials[index].root.change_every(&mut |node| {
                    if let Node::Leaf(leaf) = node {
                        if at == place {
                            leaf.need = Need::Courses(0);
                        }
                        at += 1;
                    }
                });
            }
            Rule::Choice(index, place) => {
                let mut at = 0;
                self.credentials[index].root.change_every(&mut |node| {
                    if let Node::Choice { any, .. } = node {
                        if at == place {
                            *any = 0;
                        }
                        at += 1;
                    }
                });
            }
            _ => {}
        }
    }
}
