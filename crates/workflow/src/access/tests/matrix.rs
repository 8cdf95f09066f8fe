//! Every role × act × place × home × shared × owner, against a table that was written by hand from what was wanted, not
//! from the policy.

use credway_model::{Action, Grant, Role};

use super::super::{Policy, Principal, Resource};
use super::{account, ctid};

/// `g` where granted, institution or program · `i` where granted for the institution as a whole · `h` as `i`, at the
/// home institution · `a` with a grant anywhere · `s` where granted, if shared · `S` if shared · `o` where granted, if
/// their own · `O` unless somebody else's · `p` anybody · `.` nobody.
const WANTED: &str = "
                      administrator
                      | program_lead
                      | | faculty_reviewer
                      | | | registrar
                      | | | | dean
                      | | | | | institutional_research
                      | | | | | | advisor
                      | | | | | | | employer_reviewer
                      | | | | | | | | learner
read_catalogue        g g g g g g g . .
read_shared           a a a a a a a . .
read_crosswalk        g g g g g g g . .
read_findings         g g g g g . . . .
read_source           g g g g g . . . .
read_history          g g g g g g . . .
export                g g g g g g g . .
review                . g g . . . . . .
settle                . g . . . . . . .
align                 . g . . . . . . .
import_catalogue      i i . . . . . . .
import_shared         h h . . . . . . .
import_decisions      . i . . . . . . .
edit_course           . g g . . . . . .
design_pathway        . g g . . . . . .
make_collection       i i . . . . . . .
assign_reviews        . g . . . . . . .
comment               g g g g g . . s .
share_sheet           . g . . . . . . .
read_sheet            . g . . . . . S .
begin_signoff         . g . . g . . . .
sign                  . g g g g . . . .
plan_signoff          i i . . . . . . .
learn                 i i . . . . . . .
manage_people         g . . . . . . . .
read_people           g g g g g . . . .
manage_server         h . . . . . . . .
read_learner_records  . . . . . i . . o
own_account           O O O O O O O O O
read_public           p p p p p p p p p
";

/// One situation, as the table's letters see it.
struct Situation {
    /// The record lies where the role was granted.
    reached: bool,
    /// The role was granted for the record's institution as a whole.
    whole: bool,
    /// The record is the home institution's.
    home: bool,
    shared: bool,
    /// `None` if nobody's.
    own: Option<bool>,
}

fn expected(letter: char, at: &Situation) -> bool {
    match letter {
        'g' => at.reached,
        'i' => at.whole,
        'h' => at.whole && at.home,
        'a' | 'p' => true,
        's' => at.shared && at.reached,
        'S' => at.shared,
        'o' => at.reached && at.own == Some(true),
        'O' => at.own != Some(false),
        '.' => false,
        other => panic!("no letter {other}"),
    }
}

/// Each situation of one role and act; gives how many were asked.
fn check(role: Role, action: Action, letter: char) -> usize {
    let (here, other, program, sibling) = (ctid(1), ctid(2), ctid(3), ctid(4));
    let (themselves, somebody) = (account(5), account(6));
    let places = [
        (None, None),
        (Some(here), None),
        (Some(here), Some(program)),
        (Some(here), Some(sibling)),
        (Some(other), None),
        (Some(other), Some(program)),
        (None, Some(program)),
    ];
    let mut asked = 0;
    for within in [None, Some(program)] {
        let principal = Principal::account(themselves, vec![Grant { role, institution: here, program: within }]);
        for home in [None, Some(here), Some(other)] {
            for (institution, through) in places {
                for shared_with_principal in [false, true] {
                    for (owner, own) in [(None, None), (Some(themselves), Some(true)), (Some(somebody), Some(false))] {
                        let lies_in = institution.or(home);
                        let inside = lies_in == Some(here);
                        let situation = Situation {
                            reached: inside
                                && (within.is_none() || (institution.is_some() && through == Some(program))),
                            whole: inside && within.is_none(),
                            home: lies_in.is_some() && lies_in == home,
                            shared: shared_with_principal,
                            own,
                        };
                        let resource = Resource { institution, program: through, shared_with_principal, owner };
                        assert_eq!(
                            Policy::embedded().permits(&principal, action, &resource, home),
                            expected(letter, &situation),
                            "{} {} within {within:?}, home {home:?}, on {resource:?}",
                            role.word(),
                            action.word(),
                        );
                        asked += 1;
                    }
                }
            }
        }
    }
    asked
}

fn wanted() -> Vec<(Action, Vec<char>)> {
    let lines = WANTED.lines().skip(1 + Role::ALL.len());
    lines
        .map(|line| {
            let (action, letters) = line.split_once(' ').unwrap();
            let letters: Vec<char> = letters.chars().filter(|letter| *letter != ' ').collect();
            assert_eq!(letters.len(), Role::ALL.len(), "{line}");
            (Action::read(action).unwrap(), letters)
        })
        .collect()
}

#[test]
fn the_table_names_every_role_and_act() {
    let roles: Vec<&str> =
        WANTED.lines().skip(1).take(Role::ALL.len()).map(|line| line.trim_matches([' ', '|'])).collect();
    assert_eq!(roles, Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>());
    assert_eq!(wanted().into_iter().map(|(action, _)| action).collect::<Vec<_>>(), Action::ALL);
}

#[test]
fn every_role_may_do_what_was_wanted_and_nothing_else() {
    let mut asked = 0;
    for (action, letters) in wanted() {
        for (role, letter) in Role::ALL.iter().zip(letters) {
            asked += check(*role, action, letter);
        }
    }
    assert_eq!(asked, 30 * 9 * 2 * 3 * 7 * 2 * 3);
}

#[test]
fn a_visitor_reads_what_is_public_and_an_account_without_roles_is_its_own() {
    let grants = vec![Grant { role: Role::Administrator, institution: ctid(1), program: None }];
    let visitor = Principal { account: None, grants };
    let bare = Principal::account(account(5), Vec::new());
    for action in Action::ALL {
        for resource in [
            Resource::of_no_institution(),
            Resource::of_institution(ctid(1)).shared(true),
            Resource::of_program(ctid(1), ctid(3)).owned_by(account(5)).shared(true),
        ] {
            let public = *action == Action::ReadPublic;
            let policy = Policy::embedded();
            assert_eq!(policy.permits(&visitor, *action, &resource, Some(ctid(1))), public, "{}", action.word());
            let may = public || *action == Action::OwnAccount;
            assert_eq!(policy.permits(&bare, *action, &resource, Some(ctid(1))), may, "{}", action.word());
        }
    }
    assert!(!Policy::embedded().permits_anywhere(&visitor, Action::ManageServer, Some(ctid(1))));
}

#[test]
fn the_short_table_is_the_long_one() {
    for ((action, letters), (listed, roles)) in wanted().into_iter().zip(Policy::embedded().table()) {
        assert_eq!(action, listed);
        let with_a_letter = Role::ALL.iter().zip(letters).filter(|(_, letter)| *letter != '.').map(|(role, _)| *role);
        assert_eq!(roles, with_a_letter.collect::<Vec<_>>(), "{}", action.word());
    }
}
