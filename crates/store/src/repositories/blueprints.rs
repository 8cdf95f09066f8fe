//! Exam blueprints with their outlines.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Blueprint, Ctid, Domain, Objective, Text};
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use super::children::Family;
use super::heads::Verdicts;
use crate::entities::blueprint;
use crate::entities::blueprint_item::{self, outline};
use crate::work::{Work, count, select};
use crate::{Result, Stamp, Written, value};

const ITEMS: Family =
    Family { table: &blueprint_item::TABLE, kind: "objective", owner: "blueprint", referred_as: Some("target") };

/// A blueprint without its outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlueprintHead {
    /// Identifier.
    pub ctid: Ctid,
    /// Title of the credential it examines.
    pub title: Text,
    /// Version or exam code, as the publisher writes it.
    pub version: Option<Text>,
    /// First day the version is examined.
    pub effective: Option<Date>,
    /// Last day the version is examined.
    pub retires: Option<Date>,
    /// How many domains it has.
    pub domains: u64,
    /// How many objectives it has, at every depth.
    pub objectives: u64,
}

impl BlueprintHead {
    /// Title and version as people say them.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.title),
            None => self.title.to_string(),
        }
    }
}

/// The items that both states have and that say something else in the later one.
fn reworded_items(before: &Blueprint, after: &Blueprint) -> Vec<Ctid> {
    let words: BTreeMap<Ctid, &Text> = texts(before).collect();
    texts(after)
        .filter(|(ctid, text)| words.get(ctid).is_some_and(|earlier| earlier != text))
        .map(|one| one.0)
        .collect()
}

/// Every domain and objective with its words.
fn texts(blueprint: &Blueprint) -> impl Iterator<Item = (Ctid, &Text)> {
    let domains = blueprint.domains.iter().map(|domain| (domain.ctid, &domain.title));
    let items: Vec<(Ctid, &Text)> = blueprint.items().iter().map(|item| (item.ctid, item.text)).collect();
    domains.chain(items)
}

impl Work {
    /// Writes a blueprint with its outline. Items that it no longer has are removed; those that a decision or proposal
    /// refers to are retired instead.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError): `Duplicate` when an item is given twice, `Taken` when an item's identifier
    /// belongs to another blueprint.
    pub async fn put_blueprint(&self, blueprint: &Blueprint, stamp: &Stamp) -> Result<Written> {
        let before: BTreeMap<Ctid, Blueprint> =
            self.blueprint(&blueprint.ctid).await?.into_iter().map(|before| (before.ctid, before)).collect();
        let verdicts = Verdicts::new(&before, std::slice::from_ref(blueprint))?;
        self.write_heads(&blueprint::TABLE, &verdicts, blueprint::values).await?;
        for (before, after) in verdicts.stale() {
            let old: BTreeSet<Ctid> = before.map(item_ctids).unwrap_or_default().into_iter().collect();
            self.write_children(&ITEMS, &old, &item_ctids(after), blueprint_item::values(after)?).await?;
            let reworded = before.map(|before| reworded_items(before, after)).unwrap_or_default();
            self.drop_proposals("target", &reworded).await?;
        }
        let written = self.conclude(&verdicts, stamp).await?;
        Ok(written[0])
    }

    /// All blueprints without their outlines, by title and version.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn blueprints(&self) -> Result<Vec<BlueprintHead>> {
        let mut heads = Vec::new();
        for one in self.fetch(&blueprint::TABLE, &select(&blueprint::TABLE), blueprint::read).await? {
            let below = |top: bool| {
                let mut query = count(&blueprint_item::TABLE);
                query
                    .and_where(Expr::col("blueprint").eq(value::text(one.ctid)))
                    .and_where(Expr::col("retired").eq(false))
                    .and_where(if top { Expr::col("parent").is_null() } else { Expr::col("parent").is_not_null() });
                query
            };
            let (domains, objectives) = (self.number(&below(true)).await?, self.number(&below(false)).await?);
            heads.push(BlueprintHead {
                ctid: one.ctid,
                title: one.title,
                version: one.version,
                effective: one.effective,
                retires: one.retires,
                domains,
                objectives,
            });
        }
        heads.sort_by(|one, two| (&one.title, &one.version, one.ctid).cmp(&(&two.title, &two.version, two.ctid)));
        Ok(heads)
    }

    /// The blueprint with this identifier, with its outline.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn blueprint(&self, ctid: &Ctid) -> Result<Option<Blueprint>> {
        let found = self.fetch_one(&blueprint::TABLE, value::text(ctid), blueprint::read).await?;
        let Some(mut blueprint) = found else { return Ok(None) };
        let query = select(&blueprint_item::TABLE)
            .and_where(Expr::col("blueprint").eq(value::text(ctid)))
            .and_where(Expr::col("retired").eq(false))
            .order_by("position", Order::Asc)
            .to_owned();
        blueprint.domains = outline(self.fetch(&blueprint_item::TABLE, &query, blueprint_item::read).await?)?;
        Ok(Some(blueprint))
    }

    /// The blueprints people may mean by `words`: those whose identifier or “title version” it is; failing that, those
    /// whose title or version it is; in any case. Several when it is not clear, none when nothing fits.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn find_blueprint(&self, words: &str) -> Result<Vec<BlueprintHead>> {
        let wanted = words.trim().to_lowercase();
        let is = |name: &str| name.to_lowercase() == wanted;
        let heads = self.blueprints().await?;
        let exact: Vec<BlueprintHead> =
            heads.iter().filter(|head| is(&head.ctid.to_string()) || is(&head.name())).cloned().collect();
        if !exact.is_empty() {
            return Ok(exact);
        }
        let version = |head: &BlueprintHead| head.version.as_ref().is_some_and(|version| is(version.as_str()));
        Ok(heads.into_iter().filter(|head| is(head.title.as_str()) || version(head)).collect())
    }
}

/// The identifiers of a blueprint's domains and objectives.
fn item_ctids(blueprint: &Blueprint) -> Vec<Ctid> {
    fn below(objectives: &[Objective], ctids: &mut Vec<Ctid>) {
        for objective in objectives {
            ctids.push(objective.ctid);
            below(&objective.children, ctids);
        }
    }
    let mut ctids = Vec::new();
    for Domain { ctid, objectives, .. } in &blueprint.domains {
        ctids.push(*ctid);
        below(objectives, &mut ctids);
    }
    ctids
}
