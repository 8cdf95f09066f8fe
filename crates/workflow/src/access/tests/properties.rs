//! What holds for any grants: lists show what may be opened, grants add up, and menus hide nothing.

use credway_model::{Action, Ctid, Grant, Role};
use proptest::prelude::*;

use super::super::{Policy, Principal, Resource};
use super::{account, ctid};

/// Few institutions and programs, so that they meet; programs 3 and 4 occur at every institution, wrongly or not.
const INSTITUTIONS: [u128; 3] = [0, 1, 2];
const PROGRAMS: [u128; 2] = [3, 4];

fn some_program() -> impl Strategy<Value = Option<Ctid>> {
    prop_oneof![Just(None), prop::sample::select(&PROGRAMS[..]).prop_map(|number| Some(ctid(number)))]
}

fn some_institution() -> impl Strategy<Value = Ctid> {
    prop::sample::select(&INSTITUTIONS[..]).prop_map(ctid)
}

fn some_grant() -> impl Strategy<Value = Grant> {
    (prop::sample::select(Role::ALL), some_institution(), some_program())
        .prop_map(|(role, institution, program)| Grant { role, institution, program })
}

fn some_principal() -> impl Strategy<Value = Principal> {
    (prop::option::weighted(0.9, Just(account(5))), prop::collection::vec(some_grant(), 0..5))
        .prop_map(|(account, grants)| Principal { account, grants })
}

fn some_resource() -> impl Strategy<Value = Resource> {
    let owner = prop::option::of(prop::sample::select(&[5_u128, 6][..]).prop_map(account));
    (prop::option::of(some_institution()), some_program(), any::<bool>(), owner).prop_map(
        |(institution, program, shared_with_principal, owner)| Resource {
            institution,
            program,
            shared_with_principal,
            owner,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_list_holds_what_may_be_opened(
        principal in some_principal(),
        action in prop::sample::select(Action::ALL),
        home in prop::option::of(some_institution()),
    ) {
        let policy = Policy::embedded();
        let reach = policy.institutions(&principal, action, home);
        let mut anything = false;
        for institution in INSTITUTIONS.into_iter().chain([9]).map(ctid) {
            for program in [None, Some(ctid(3)), Some(ctid(4)), Some(ctid(8))] {
                let resource = Resource { program, ..Resource::of_institution(institution) };
                let may = policy.permits(&principal, action, &resource, home);
                prop_assert_eq!(may, reach.holds(institution, program), "{:?} of {:?}", resource, reach);
                anything |= may;
            }
        }
        prop_assert_eq!(anything, !reach.is_empty());
    }

    #[test]
    fn grants_add_up(
        principal in some_principal(),
        action in prop::sample::select(Action::ALL),
        resource in some_resource(),
        home in prop::option::of(some_institution()),
    ) {
        let policy = Policy::embedded();
        let none = Principal { grants: Vec::new(), ..principal.clone() };
        let one_by_one = principal.grants.iter().map(|grant| Principal { grants: vec![*grant], ..principal.clone() });
        let some_may = one_by_one.chain([none]).any(|one| policy.permits(&one, action, &resource, home));
        prop_assert_eq!(policy.permits(&principal, action, &resource, home), some_may);
    }

    #[test]
    fn a_menu_hides_nothing_that_may_be_done(
        principal in some_principal(),
        action in prop::sample::select(Action::ALL),
        resource in some_resource(),
        home in prop::option::of(some_institution()),
    ) {
        let policy = Policy::embedded();
        if policy.permits(&principal, action, &resource, home) {
            prop_assert!(policy.permits_anywhere(&principal, action, home));
        }
    }
}

#[test]
fn a_menu_shows_nothing_that_cannot_be_done() {
    let policy = Policy::embedded();
    let may = |role, action, home| {
        let grants = vec![Grant { role, institution: ctid(1), program: None }];
        policy.permits_anywhere(&Principal::account(account(5), grants), action, Some(home))
    };
    assert!(may(Role::Administrator, Action::ManageServer, ctid(1)));
    assert!(!may(Role::Administrator, Action::ManageServer, ctid(2)));
    assert!(!may(Role::Administrator, Action::Review, ctid(1)));
    assert!(may(Role::EmployerReviewer, Action::ReadSheet, ctid(2)));
    assert!(!may(Role::EmployerReviewer, Action::ReadCatalogue, ctid(1)));
    assert!(may(Role::Learner, Action::ReadLearnerRecords, ctid(2)));
    assert!(!may(Role::Dean, Action::ReadLearnerRecords, ctid(1)));
}

#[test]
#[ignore = "a measurement, not a check: how long a decision takes"]
fn how_long_a_decision_takes() {
    let policy = Policy::embedded();
    let grants = |count: u128| {
        (0..count)
            .map(|number| Grant {
                role: Role::ALL[usize::try_from(number).unwrap() % 4],
                institution: ctid(number % 3),
                program: (number > 2).then(|| ctid(100 + number)),
            })
            .collect()
    };
    for count in [1, 3, 30] {
        let principal = Principal::account(account(5), grants(count));
        let resource = Resource::of_program(ctid(1), ctid(104));
        // The median of each act's own time, since the machine has other work.
        let decisions = (0..2800_usize).map(|round| {
            let action = Action::ALL[round % Action::ALL.len()];
            timed(|| policy.permits(&principal, action, &resource, Some(ctid(1))))
        });
        let one = median(decisions.collect());
        let menus = (0..20).map(|_| {
            timed(|| {
                let shown = Action::ALL.iter().filter(|act| policy.permits_anywhere(&principal, **act, Some(ctid(1))));
                assert!(shown.count() > 10);
            })
        });
        println!("{count} grants: {one:.1} µs a decision, {:.0} µs for a menu of all acts", median(menus.collect()));
    }
}

/// Microseconds.
fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let started = std::time::Instant::now();
    std::hint::black_box(work());
    started.elapsed().as_secs_f64() * 1e6
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
