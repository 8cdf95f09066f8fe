//! Sign-offs: who may begin, sign, return and reopen one, lend the right to sign, and set the steps.

use credway_model::{CommentSubject, Role};

use crate::addresses::{Asked, Case};
use crate::expected::{About, Way};

/// The cases of an address of signing.
pub(crate) fn cases(asked: &Asked<'_>) -> Option<Vec<Case>> {
    let place = asked.place;
    let of_signoff = || asked.case(place.signoff, asked.program()).with("reason", "credits do not add up");
    Some(match (asked.listed.method, asked.listed.pattern) {
        ("GET", "/signoffs" | "/signoffs/plan" | "/signoffs/delegations") => vec![asked.case("", About::Somewhere)],
        ("GET", "/signoffs/{id}") => vec![of_signoff()],
        ("GET", "/crosswalks/{id}/signoff") => vec![asked.case(place.crosswalk, asked.program())],
        ("POST", "/crosswalks/{id}/signoff") => {
            vec![asked.case(place.crosswalk, asked.program()).with("digest", &place.digest)]
        }
        ("POST", "/signoffs/{id}/sign") => vec![of_signoff().with("step", 0).with("digest", &place.digest)],
        ("POST", "/signoffs/{id}/return") => vec![of_signoff().with("to", "beginning")],
        ("POST", "/signoffs/{id}/reopen") => vec![of_signoff()],
        ("POST", "/signoffs/plan/{institution}") => {
            let case = asked.case(place.institution, asked.institution()).with("title1", "Faculty");
            vec![case.with("quorum1", 1).with("role1_faculty_reviewer", "yes")]
        }
        ("POST", "/signoffs/delegations") => {
            let lent = |program: String, about| {
                let case = asked.case("", about).with("role", format!("dean/{}/{program}", place.institution));
                let to = &asked.colleges.at(Role::Registrar, place).name;
                case.with("to", to).with("first", "2020-01-01").with("last", "2099-12-31")
            };
            vec![lent(String::new(), asked.institution()), lent(place.program.to_string(), asked.program())]
        }
        ("POST", "/signoffs/delegations/{id}/withdraw") => {
            let registrar = asked.colleges.at(Role::Registrar, place).account;
            let way = Way::by(asked.listed.rule, About::Somewhere).of(registrar);
            vec![Case::new(asked.filled(&place.delegation), way)]
        }
        _ => return None,
    })
}

/// A sign-off as what comments are about.
pub(crate) fn subject(asked: &Asked<'_>) -> CommentSubject {
    CommentSubject::Signoff { program: asked.place.program, signoff: asked.place.signoff }
}
