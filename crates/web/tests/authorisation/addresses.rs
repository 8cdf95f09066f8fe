//! What every address is about: its placeholders filled, a form it can take, and the ways in which it may be allowed.

use credway_model::{Action, CommentSubject, Role};
use credway_web::{Listed, Rule};
use credway_workflow::Resource;

use crate::expected::{About, Way};
use crate::two_colleges::{BLUEPRINT, Colleges, Place, Who};
use crate::{changing, interface, pathways, personal, signing};

/// A request and what is expected of it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) address: String,
    pub(crate) fields: Vec<(&'static str, String)>,
    /// Whether the form carries a file.
    pub(crate) file: bool,
    /// What is sent instead of a form.
    pub(crate) json: Option<serde_json::Value>,
    /// One that is open is enough; none for what is everybody's.
    pub(crate) ways: Vec<Way>,
}

impl Case {
    pub(crate) fn new(address: impl Into<String>, way: Way) -> Self {
        Self { address: address.into(), fields: Vec::new(), file: false, json: None, ways: vec![way] }
    }

    pub(crate) fn or(mut self, way: Way) -> Self {
        self.ways.push(way);
        self
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.fields.push((name, value.to_string()));
        self
    }

    pub(crate) fn json(self, value: serde_json::Value) -> Self {
        Self { json: Some(value), ..self }
    }

    pub(crate) fn file(self) -> Self {
        Self { file: true, ..self }
    }
}

/// What somebody asks of one address about one place.
pub(crate) struct Asked<'a> {
    pub(crate) listed: Listed,
    pub(crate) who: &'a Who,
    pub(crate) place: &'a Place,
    pub(crate) colleges: &'a Colleges,
}

impl Asked<'_> {
    pub(crate) fn institution(&self) -> About {
        About::Any(vec![Resource::of_institution(self.place.institution)])
    }

    pub(crate) fn program(&self) -> About {
        About::Any(vec![Resource::of_program(self.place.institution, self.place.program)])
    }

    /// A course is reached as what its institution offers, and through its program.
    pub(crate) fn course(&self) -> About {
        let at = self.place.institution;
        About::Any(vec![Resource::of_institution(at), Resource::of_program(at, self.place.program)])
    }

    /// A pathway is reached as what its institution offers, and through the programs it leads to.
    pub(crate) fn pathway(&self) -> About {
        self.course()
    }

    pub(crate) fn shared() -> About {
        About::Any(vec![Resource::of_no_institution()])
    }

    /// The address with its placeholder filled, by its own rule.
    pub(crate) fn case(&self, value: impl ToString, about: About) -> Case {
        Case::new(self.filled(value), Way::by(self.listed.rule, about))
    }

    pub(crate) fn filled(&self, value: impl ToString) -> String {
        let (before, rest) = self.listed.pattern.split_once('{').unwrap_or((self.listed.pattern, ""));
        match rest.split_once('}') {
            Some((_, after)) => format!("{before}{}{after}", value.to_string()),
            None => before.to_owned(),
        }
    }

    /// Every case of the address, or what is to be done about an address nobody knows.
    pub(crate) fn cases(&self) -> Result<Vec<Case>, String> {
        if self.listed.rule == Rule::Everybody {
            return Ok(vec![self.for_everybody()]);
        }
        let known = self.catalogue().or_else(|| self.crosswalk()).or_else(|| self.together());
        let known =
            known.or_else(|| personal::cases(self)).or_else(|| signing::cases(self)).or_else(|| interface::cases(self));
        let known = known.or_else(|| changing::cases(self)).or_else(|| pathways::cases(self));
        known.ok_or_else(|| {
            format!(
                "{} {} is not in crates/web/tests/authorisation: say there what the address is about, with a form it can \
                 take, so that it is asked for by everybody",
                self.listed.method, self.listed.pattern
            )
        })
    }

    fn for_everybody(&self) -> Case {
        let name = if self.listed.pattern.starts_with("/assets") { "site.css" } else { "unknown" };
        let case = Case::new(self.filled(name), Way::by(self.listed.rule, About::Somewhere));
        case.with("email", "nobody@harbor.example").with("password", "wrong").with("code", "wrong")
    }

    fn catalogue(&self) -> Option<Vec<Case>> {
        let place = self.place;
        Some(match (self.listed.method, self.listed.pattern) {
            (
                "GET",
                "/" | "/programs" | "/pathways" | "/courses" | "/findings" | "/history" | "/people" | "/people/roles",
            ) => {
                vec![self.case("", About::Somewhere)]
            }
            ("GET", "/blueprints" | "/credentials") => vec![self.case("", Self::shared())],
            ("GET", "/blueprints/{id}") => vec![self.case(self.colleges.blueprint, Self::shared())],
            ("GET", "/credentials/{id}") => vec![self.case(self.colleges.credential, Self::shared())],
            ("GET", "/programs/{id}" | "/programs/{id}/find" | "/programs/{id}/structure" | "/programs/{id}/audit") => {
                vec![self.case(place.program, self.program())]
            }
            ("POST", "/programs/{id}/audit") => {
                vec![self.case(place.program, self.program()).file()]
            }
            ("POST", "/programs/{id}/align") => {
                vec![self.case(place.program, self.program()).with("blueprint", BLUEPRINT)]
            }
            ("GET", "/courses/{id}" | "/courses/{id}/edit") => vec![self.case(place.course, self.course())],
            ("POST", "/courses/{id}/edit") => {
                let case = self.case(place.course, self.course());
                vec![case.with("revision", 1).with("title", "Another title").with("reason", "clearer")]
            }
            ("GET", "/sources/{id}") => vec![self.case(&place.source, self.institution())],
            ("GET", "/history/{subject}") => vec![
                self.case(place.course, self.course()),
                self.case(place.program, self.program()),
                self.case(place.pathway, self.pathway()),
                self.case(self.colleges.blueprint, About::Somewhere),
            ],
            ("POST", "/people/invite") => {
                let case =
                    self.case("", self.institution()).with("name", "Newcomer").with("email", "new@harbor.example");
                vec![case.with("role", "dean").with("institution", place.institution)]
            }
            ("POST", "/people/{id}/give" | "/people/{id}/take") => {
                let role = if self.listed.pattern.ends_with("give") { "dean" } else { "advisor" };
                let case = self.case(place.spare, self.institution());
                vec![case.with("role", role).with("institution", place.institution)]
            }
            ("POST", "/people/{id}/reinstate") => vec![self.case(place.suspended, self.institution())],
            ("POST", "/people/{id}/link" | "/people/{id}/suspend" | "/people/{id}/erase") => {
                vec![self.case(place.spare, self.institution()).with("reason", "left the college")]
            }
            _ => return None,
        })
    }

    fn crosswalk(&self) -> Option<Vec<Case>> {
        let place = self.place;
        let case = || self.case(place.crosswalk, self.program());
        let formats = |formats: &[&str]| {
            let one = |form: &&str| Case { address: format!("{}?format={form}", case().address), ..case() };
            formats.iter().map(one).collect()
        };
        Some(match (self.listed.method, self.listed.pattern) {
            ("GET", "/crosswalks/{id}/export") => formats(&["csv", "json", "html"]),
            ("GET", "/crosswalks/{id}/coverage/export") => formats(&["html", "docx"]),
            (
                "GET",
                "/crosswalks/{id}"
                | "/crosswalks/{id}/review"
                | "/crosswalks/{id}/coverage"
                | "/crosswalks/{id}/report"
                | "/crosswalks/{id}/report/crosswalk"
                | "/crosswalks/{id}/assignments"
                | "/crosswalks/{id}/shares",
            ) => vec![case()],
            ("GET", "/crosswalks/{id}/why") => {
                let (statement, target) = place.pair;
                let address = format!("{}?statement={statement}&target={target}", case().address);
                vec![Case { address, ..case() }]
            }
            ("GET", "/learning") => vec![self.case("", About::Somewhere)],
            ("POST", "/learning/{institution}" | "/learning/{institution}/forget") => {
                vec![self.case(place.institution, self.institution())]
            }
            ("POST", "/crosswalks/{id}/decide" | "/crosswalks/{id}/undo") => {
                let (statement, target) = place.pair;
                let case = case().with("statement", statement).with("target", target).with("verdict", "partial");
                let settle = Case { ways: vec![Way::new(&[Action::Settle], self.program())], ..case.clone() };
                if self.listed.pattern.ends_with("undo") {
                    vec![case]
                } else {
                    vec![case, settle.with("settles", "yes")]
                }
            }
            ("POST", "/crosswalks/{id}/assignments") => {
                let reviewer =
                    self.colleges.at(Role::FacultyReviewer, place).account.map(|account| account.to_string());
                vec![case().with("account", reviewer.unwrap_or_default()).with("part", "adjudicate")]
            }
            ("POST", "/crosswalks/{id}/shares") => {
                vec![case().with("account", place.employer).with("until", "2099-12-31")]
            }
            _ => return None,
        })
    }

    fn together(&self) -> Option<Vec<Case>> {
        let place = self.place;
        let [lead, reviewer, employer] = [Role::ProgramLead, Role::FacultyReviewer, Role::EmployerReviewer]
            .map(|role| self.colleges.at(role, place).account);
        let sheet = Resource::of_program(place.institution, place.program).shared(true);
        let as_shared = |action| Way::new(&[action], About::Any(vec![sheet])).of(employer);
        let on_course = CommentSubject::Course(place.course);
        Some(match (self.listed.method, self.listed.pattern) {
            ("GET" | "POST", "/comments/{subject}") => {
                let (crosswalk, (statement, target)) = (place.crosswalk, place.pair);
                let pair = CommentSubject::Pair { crosswalk, statement, target };
                let objective = CommentSubject::Objective { crosswalk, objective: target };
                let outcome = CommentSubject::Outcome { course: place.course, outcome: place.outcome };
                let [program, whole] = [CommentSubject::Program(place.program), CommentSubject::Crosswalk(crosswalk)];
                let of_course = [on_course, outcome].map(|one| self.case(one, self.course()));
                let others =
                    [pair, objective, program, whole, signing::subject(self)].map(|one| self.case(one, self.program()));
                of_course.into_iter().chain(others).map(|case| case.with("text", "Seen.")).collect()
            }
            ("POST", "/comments/{subject}/edit" | "/comments/{subject}/withdraw") => {
                let way = Way::by(self.listed.rule, self.course()).of(lead);
                let case = Case::new(self.filled(on_course), way).with("id", place.comment);
                vec![case.with("text", "See the second lab.")]
            }
            ("POST", "/assignments/{id}/end") => {
                let own = Way::new(&[Action::Review, Action::Settle], self.program()).of(reviewer);
                let case = Case::new(self.filled(place.assignment), own);
                vec![case.or(Way::new(&[Action::AssignReviews], self.program()))]
            }
            ("GET", "/shared/{id}") => {
                let case = Case::new(self.filled(place.share), as_shared(Action::ReadSheet));
                vec![case.or(Way::new(&[Action::ShareSheet], self.program()))]
            }
            ("POST", "/shared/{id}/say") => {
                let case = Case::new(self.filled(place.share), as_shared(Action::Comment));
                vec![case.with("row", place.pair.1).with("word", "agree")]
            }
            ("POST", "/shares/{id}/revoke") => vec![self.case(place.share, self.program())],
            ("GET", "/assignments" | "/shared") => vec![self.case("", About::Somewhere)],
            _ => return None,
        })
    }
}
