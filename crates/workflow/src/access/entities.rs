//! A question in Cedar's words: the account with the places of its roles, and the record with the places it lies in.
//!
//! A program is known together with its institution, so that a grant for it does not reach a record of another
//! institution that is reached through the same program.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression as Expression,
};
use credway_model::{AccountId, Action, Ctid, Role};

use super::decision::PolicyError;
use super::principal::{Principal, Resource};

/// The names that the policy's text uses, read once.
pub(super) struct Words {
    account: EntityTypeName,
    place: EntityTypeName,
    visitor: EntityUid,
    record: EntityUid,
    roles: BTreeMap<Role, EntityUid>,
    actions: BTreeMap<Action, EntityUid>,
}

/// Where the record lies that is asked about.
#[derive(Clone, Copy)]
pub(super) enum Lies {
    /// In the institution and program that the resource names; else with the home institution.
    AsNamed,
    /// In an institution for which nobody was ever granted anything.
    Elsewhere,
}

/// One who asks, in Cedar's words, for any number of questions.
pub(super) struct Asking {
    uid: EntityUid,
    entity: Option<Entity>,
    home: Option<Ctid>,
}

impl Words {
    pub(super) fn read() -> Result<Self, PolicyError> {
        let name = |word: &str| word.parse::<EntityTypeName>().map_err(|error| PolicyError::of(&error));
        let (role, action) = (name("Role")?, name("Action")?);
        Ok(Self {
            account: name("Account")?,
            place: name("Place")?,
            visitor: uid(&name("Visitor")?, "visitor"),
            record: uid(&name("Record")?, "asked"),
            roles: Role::ALL.iter().map(|one| (*one, uid(&role, one.word()))).collect(),
            actions: Action::ALL.iter().map(|one| (*one, uid(&action, one.word()))).collect(),
        })
    }

    /// Every act with its name.
    pub(super) fn actions(&self) -> impl Iterator<Item = (Action, &EntityUid)> {
        self.actions.iter().map(|(action, uid)| (*action, uid))
    }

    fn institution(&self, institution: Ctid) -> EntityUid {
        uid(&self.place, &institution.to_string())
    }

    fn program(&self, institution: Ctid, program: Ctid) -> EntityUid {
        uid(&self.place, &format!("{institution} {program}"))
    }

    fn account(&self, account: AccountId) -> EntityUid {
        uid(&self.account, &account.to_string())
    }

    /// The one who asks: a visitor has no roles, whatever grants stand beside it.
    pub(super) fn asking(&self, principal: &Principal, home: Option<Ctid>) -> Result<Asking, PolicyError> {
        let Some(account) = principal.account else {
            return Ok(Asking { uid: self.visitor.clone(), entity: None, home });
        };
        let mut by_role: BTreeMap<Role, BTreeSet<EntityUid>> = BTreeMap::new();
        for grant in &principal.grants {
            by_role.entry(grant.role).or_default().insert(match grant.program {
                Some(program) => self.program(grant.institution, program),
                None => self.institution(grant.institution),
            });
        }
        let held = by_role.keys().filter_map(|role| self.roles.get(role)).cloned().collect();
        let mut attributes = HashMap::with_capacity(Role::ALL.len() + 2);
        attributes.insert("roles".to_owned(), set(held));
        attributes.insert("places".to_owned(), set(by_role.values().flatten().cloned().collect()));
        for role in Role::ALL {
            attributes.insert(role.word().to_owned(), set(by_role.remove(role).unwrap_or_default()));
        }
        let uid = self.account(account);
        let entity = Entity::new(uid.clone(), attributes, HashSet::new()).map_err(|error| PolicyError::of(&error))?;
        Ok(Asking { uid, entity: Some(entity), home })
    }

    /// The question whether the one who asks may do an act on a resource, with all that Cedar needs to answer it.
    pub(super) fn question(
        &self,
        asking: &Asking,
        action: Action,
        resource: &Resource,
        lies: Lies,
    ) -> Result<(Request, Entities), PolicyError> {
        let record = self.record(asking, resource, lies)?;
        let entities = Entities::from_entities(asking.entity.iter().cloned().chain([record]), None)
            .map_err(|error| PolicyError::of(&error))?;
        let action = self.actions.get(&action).cloned().ok_or_else(|| PolicyError::of("an act without a name"))?;
        let request = Request::new(asking.uid.clone(), action, self.record.clone(), Context::empty(), None)
            .map_err(|error| PolicyError::of(&error))?;
        Ok((request, entities))
    }

    fn record(&self, asking: &Asking, resource: &Resource, lies: Lies) -> Result<Entity, PolicyError> {
        let named = resource.institution.or(asking.home);
        let (institution, program, home) = match lies {
            Lies::Elsewhere => (Some(uid(&self.place, "elsewhere")), None, false),
            Lies::AsNamed => (
                named.map(|institution| self.institution(institution)),
                resource.institution.zip(resource.program).map(|(at, program)| self.program(at, program)),
                named.is_some() && named == asking.home,
            ),
        };
        let mut attributes = HashMap::with_capacity(4);
        attributes.insert("home".to_owned(), Expression::new_bool(home));
        attributes.insert("shared".to_owned(), Expression::new_bool(resource.shared_with_principal));
        if let Some(owner) = resource.owner {
            attributes.insert("owner".to_owned(), Expression::new_entity_uid(self.account(owner)));
        }
        if let Some(institution) = &institution {
            attributes.insert("institution".to_owned(), Expression::new_entity_uid(institution.clone()));
        }
        Entity::new(self.record.clone(), attributes, institution.into_iter().chain(program).collect())
            .map_err(|error| PolicyError::of(&error))
    }
}

fn uid(of: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(of.clone(), EntityId::new(id))
}

fn set(members: BTreeSet<EntityUid>) -> Expression {
    Expression::new_set(members.into_iter().map(Expression::new_entity_uid))
}
