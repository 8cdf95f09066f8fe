//! Catalogues of 300 courses made from a seed: what a regional university with its community college might offer.
//!
//! Widened from the public planner benchmark (`bench/plan.py`: 152 courses, 14 terms, 5 exams): more departments, longer
//! chains, laboratories beside courses, minors beside tracks, 16 terms, 4 exams. Every seed is another catalogue; of five
//! seeds one is a transfer, two may ask for credits for prior learning, and loads differ. All names are made up.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::dice::Dice;

/// A course under construction.
#[derive(Clone)]
pub(crate) struct Course {
    pub(crate) id: String,
    pub(crate) credits: u32,
    pub(crate) level: u32,
    pub(crate) department: &'static str,
    pub(crate) home: bool,
    offered: &'static str,
    prerequisites: Vec<Vec<String>>,
    corequisites: Vec<String>,
}

/// Everything there is to take.
#[derive(Default)]
pub(crate) struct Catalogue {
    pub(crate) courses: Vec<Course>,
    /// The major's courses of the first two years, in the order they build on each other.
    pub(crate) lower: Vec<String>,
    /// Those of the last two.
    pub(crate) upper: Vec<String>,
    /// Laboratories beside upper courses.
    pub(crate) laboratories: Vec<String>,
    /// Networks, the neighbouring field.
    pub(crate) networks: Vec<String>,
}

const SEASONS: [&str; 7] = ["FS", "FS", "FS", "F", "S", "FSU", "FSU"];
pub(crate) const SCIENCES: [&str; 6] = ["BIO", "CHM", "PHY", "GEO", "AST", "ENV"];

/// The 300 courses of a seed.
pub(crate) fn catalogue(dice: &mut Dice) -> Catalogue {
    let mut made = Catalogue::default();
    made.languages();
    for (department, count) in [("HUM", 22), ("ART", 14), ("SOC", 22), ("HIS", 12), ("DIV", 12), ("LAN", 8), ("PHI", 8)]
    {
        made.department(department, count, dice);
    }
    made.sciences();
    made.mathematics();
    made.major(dice);
    made.neighbours(dice);
    made
}

fn one(id: &str) -> Vec<Vec<String>> {
    vec![vec![id.to_owned()]]
}

fn any(ids: &[&str]) -> Vec<Vec<String>> {
    vec![ids.iter().map(|id| (*id).to_owned()).collect()]
}

impl Catalogue {
    fn add(
        &mut self,
        (id, credits, level): (String, u32, u32),
        department: &'static str,
        home: bool,
        offered: &'static str,
        prerequisites: Vec<Vec<String>>,
    ) -> &mut Course {
        let corequisites = Vec::new();
        self.courses.push(Course { id, credits, level, department, home, offered, prerequisites, corequisites });
        let last = self.courses.len() - 1;
        &mut self.courses[last]
    }

    fn plain(&mut self, id: &str, credits: u32, level: u32, offered: &'static str, requires: Vec<Vec<String>>) {
        let department = match &id[..3] {
            "ENG" => "ENG",
            "COM" => "COM",
            "GOV" => "GOV",
            _ => "MAT",
        };
        let home = level >= 300 || matches!(id, "COM210" | "MAT220" | "DSC210");
        self.add((id.to_owned(), credits, level), department, home, offered, requires);
    }

    fn languages(&mut self) {
        self.plain("ENG101", 3, 100, "FSU", vec![]);
        self.plain("ENG102", 3, 100, "FSU", one("ENG101"));
        self.plain("ENG201", 3, 200, "FS", one("ENG102"));
        self.plain("COM110", 3, 100, "FSU", vec![]);
        self.plain("COM210", 3, 200, "FS", one("ENG102"));
        self.plain("GOV101", 3, 100, "FSU", vec![]);
        self.plain("GOV102", 3, 100, "FS", vec![]);
    }

    /// General education: a department's courses of all levels.
    fn department(&mut self, department: &'static str, count: u32, dice: &mut Dice) {
        for index in 0..count {
            let level = dice.of(&[100, 100, 200, 300]);
            let requires = if level == 300 { one("ENG102") } else { vec![] };
            let id = format!("{department}{}", level + index);
            self.add((id, 3, level), department, level == 300, dice.of(&SEASONS), requires);
        }
    }

    /// Two courses a science, each with its laboratory.
    fn sciences(&mut self) {
        for (index, science) in SCIENCES.into_iter().enumerate() {
            let second = if index % 2 == 0 { "S" } else { "F" };
            let requires = if matches!(science, "PHY" | "AST") { any(&["MAT115", "MAT120"]) } else { vec![] };
            let first = format!("{science}110");
            self.add((first.clone(), 3, 100), "SCI", false, "FS", requires);
            let laboratory = self.add((format!("{science}110L"), 1, 100), "SCI", false, "FS", vec![]);
            laboratory.corequisites.push(first.clone());
            self.add((format!("{science}120"), 3, 100), "SCI", false, second, one(&first));
            let laboratory = self.add((format!("{science}120L"), 1, 100), "SCI", false, second, vec![]);
            laboratory.corequisites.push(format!("{science}120"));
        }
    }

    fn mathematics(&mut self) {
        self.plain("MAT100", 3, 100, "FSU", vec![]);
        self.plain("MAT115", 3, 100, "FSU", one("MAT100"));
        self.plain("MAT120", 4, 100, "FS", one("MAT100"));
        self.plain("MAT220", 4, 200, "FS", one("MAT120"));
        self.plain("LOG200", 3, 200, "FS", any(&["MAT115", "MAT120"]));
        self.plain("STA200", 3, 200, "FSU", one("MAT100"));
        self.plain("DSC210", 3, 200, "FS", any(&["MAT120", "MAT115"]));
        self.plain("STA300", 3, 300, "F", one("STA200"));
        self.plain("MAT310", 3, 300, "F", one("MAT220"));
        self.plain("MAT330", 3, 300, "S", any(&["MAT220", "LOG200"]));
        self.plain("DSC310", 3, 300, "S", one("DSC210"));
    }

    fn major(&mut self, dice: &mut Dice) {
        for index in 0..34_usize {
            let mut requires = Vec::new();
            if index >= 4 {
                for _ in 0..dice.of(&[1, 1, 1, 2]) {
                    let ways = dice.of(&[1, 2, 2]);
                    requires.push(dice.sample(&self.lower[index.saturating_sub(9)..index], ways));
                }
            }
            let level = if index < 12 { 100 } else { 200 };
            let offered = if index < 5 { "FSU" } else { dice.of(&SEASONS) };
            let id = format!("CYB{}", if index < 12 { 100 + index } else { 200 + index });
            self.lower.push(id.clone());
            self.add((id, dice.of(&[3, 3, 4]), level), "CYB", false, offered, requires);
        }
        for index in 0..62_usize {
            let pool: Vec<String> = self.lower[8..].iter().chain(&self.upper).cloned().collect();
            let near = &pool[pool.len() - pool.len().min(16)..];
            let mut requires = Vec::new();
            for _ in 0..dice.of(&[1, 1, 2]) {
                let ways = dice.of(&[1, 2, 3]);
                requires.push(dice.sample(if index % 3 == 0 { &self.lower[10..] } else { near }, ways));
            }
            if index % 7 == 0 {
                requires.extend(any(&["STA200", "DSC210", "LOG200"]));
            }
            let level = if index < 36 { 300 } else { 400 };
            let id = format!("CYB{}", if index < 36 { 300 + index } else { 364 + index });
            self.upper.push(id.clone());
            self.add((id, 3, level), "CYB", true, dice.of(&["F", "S", "FS", "FS"]), requires);
        }
        for index in 0..12_usize {
            let beside = self.upper[4 * index + dice.below(4)].clone();
            let id = format!("LAB{}", 300 + index);
            self.laboratories.push(id.clone());
            self.add((id, 1, 300), "LAB", true, "FS", vec![]).corequisites.push(beside);
        }
    }

    /// Business and networks, each building on itself.
    fn neighbours(&mut self, dice: &mut Dice) {
        let mut business: Vec<String> = Vec::new();
        for index in 0..28_usize {
            let level = 100 * u32::try_from(1 + index / 7).unwrap_or(1);
            let requires =
                if index >= 7 && index % 7 != 6 { vec![business[index - 7..index - 5].to_vec()] } else { vec![] };
            let id = format!("BUS{}", level as usize + index);
            business.push(id.clone());
            self.add((id, 3, level), "BUS", level >= 300, dice.of(&SEASONS), requires);
        }
        for index in 0..24_usize {
            let level = 100 * u32::try_from(1 + index / 8).unwrap_or(1);
            let mut requires = Vec::new();
            if index >= 3 {
                let ways = dice.of(&[1, 2, 2]);
                requires.push(dice.sample(&self.networks[index.saturating_sub(6)..index], ways));
            }
            if level == 300 {
                requires.push(dice.sample(&self.lower[4..16], 2));
            }
            let id = format!("NET{}", level as usize + index);
            self.networks.push(id.clone());
            self.add((id, 3, level), "NET", level == 300, dice.of(&SEASONS), requires);
        }
    }

    /// Courses of a department, of some levels.
    pub(crate) fn of(&self, department: &str, levels: &[u32]) -> Vec<String> {
        let of =
            |course: &&Course| course.department == department && (levels.is_empty() || levels.contains(&course.level));
        self.courses.iter().filter(of).map(|course| course.id.clone()).collect()
    }

    /// In the shape of the benchmark's JSON.
    pub(crate) fn json(&self) -> Vec<Value> {
        let rate = |course: &Course| if course.home { 365 } else { 110 };
        let shown = |course: &Course| {
            json!({
                "id": course.id, "cr": course.credits, "lvl": course.level, "dept": course.department,
                "inst": if course.home { "U" } else { "CC" }, "off": course.offered,
                "pre": course.prerequisites, "co": course.corequisites, "rate": rate(course),
            })
        };
        self.courses.iter().map(shown).collect()
    }
}

/// How much each of some courses covers of a domain, in per cent.
pub(crate) fn strengths(courses: Vec<String>, dice: &mut Dice) -> BTreeMap<String, u32> {
    courses.into_iter().map(|course| (course, dice.of(&[30, 50, 50, 80, 100]))).collect()
}
