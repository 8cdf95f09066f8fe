//! Requisites that say nothing new, since others demand as much already.

use super::closure::Reach;
use super::graph::{CurriculumGraph, Requisite, RequisiteKind};

impl CurriculumGraph {
    /// The requisites that follow from others, each alone: A before C where A before B and B before C stand already. A
    /// prerequisite follows only where one step at least of the other way is a prerequisite, a corequisite from any other
    /// way or from a prerequisite or strict corequisite between the same two; strict corequisites never. Absent where
    /// requisites go round in a circle.
    #[must_use]
    pub fn extraneous(&self) -> Option<Vec<Requisite>> {
        let mut backwards = self.order()?;
        backwards.reverse();
        let reach = self.reach(&backwards);
        let earlier = self.reach_before(&backwards, &reach);
        let follows = |one: &&Requisite| {
            let others = self.requisites_of(one.required).iter().filter(|other| *other != *one);
            let mut ways = others.map(|other| {
                let before = other.kind == RequisiteKind::Prerequisite;
                if other.course == one.course {
                    return one.kind == RequisiteKind::Corequisite;
                }
                match one.kind {
                    RequisiteKind::Prerequisite if before => reach.holds(other.course, one.course),
                    RequisiteKind::Prerequisite => earlier.holds(other.course, one.course),
                    RequisiteKind::Corequisite => reach.holds(other.course, one.course),
                    RequisiteKind::StrictCorequisite => false,
                }
            });
            ways.any(|follows| follows)
        };
        Some(self.requisites.iter().filter(follows).copied().collect())
    }

    /// The requisites by which others require this course.
    fn requisites_of(&self, required: usize) -> &[Requisite] {
        let begin = self.requisites.partition_point(|one| one.required < required);
        let end = self.requisites.partition_point(|one| one.required <= required);
        &self.requisites[begin..end]
    }

    /// Who is reached from whom by a way with at least one prerequisite.
    fn reach_before(&self, backwards: &[usize], reach: &Reach) -> Reach {
        let mut earlier = Reach::none(self.courses());
        for &course in backwards {
            for one in self.requisites_of(course) {
                earlier.follow(course, one.course);
                if one.kind == RequisiteKind::Prerequisite {
                    earlier.insert(course, one.course);
                    earlier.take(course, reach, one.course);
                }
            }
        }
        earlier
    }
}
