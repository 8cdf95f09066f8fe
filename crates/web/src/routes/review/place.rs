//! Where a reviewer is: the part of the review that the address names, and the addresses of its neighbours.

use credway_model::Ctid;
use credway_workflow::{ReviewBy, ReviewFilter, ReviewOrder, ReviewShow};
use serde::Deserialize;

/// The address's query, or the hidden fields of a form, as they arrive: every one may be missing or empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PlaceFields {
    by: String,
    show: String,
    order: String,
    domain: String,
    focus: String,
    blind: String,
    /// The pair decided last, as `statement.objective`, so that the page can say so and offer to undo it.
    pub(super) last: String,
}

impl PlaceFields {
    /// The fields `by`, `show`, `order`, `domain`, `focus` and `blind` of a form.
    pub(super) fn of(fields: [&String; 6]) -> Self {
        let [by, show, order, domain, focus, blind] = fields.map(Clone::clone);
        Self { by, show, order, domain, focus, blind, last: String::new() }
    }
}

/// A crosswalk and the part of its review that is shown.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) crosswalk: Ctid,
    pub(super) filter: ReviewFilter,
}

impl Place {
    /// Reads the fields.
    ///
    /// # Errors
    /// A sentence that names the field with what it may be.
    pub(super) fn read(crosswalk: Ctid, fields: &PlaceFields) -> Result<Self, String> {
        let by = match fields.by.as_str() {
            "" | "objective" => ReviewBy::Objective,
            "course" => ReviewBy::Course,
            other => return Err(format!("“by={other}” is not known: it may be objective or course.")),
        };
        let show = match fields.show.as_str() {
            "" | "open" => ReviewShow::Open,
            "disputed" => ReviewShow::Disputed,
            "decided" => ReviewShow::Decided,
            "all" => ReviewShow::All,
            other => return Err(format!("“show={other}” is not known: it may be open, disputed, decided or all.")),
        };
        let order = match fields.order.as_str() {
            "" | "blueprint" => ReviewOrder::Blueprint,
            "probability" => ReviewOrder::Probability,
            "useful" => ReviewOrder::Useful,
            other => {
                return Err(format!("“order={other}” is not known: it may be blueprint, probability or useful."));
            }
        };
        let blind = chosen_blind(&fields.blind)?;
        let domain = identifier("domain", &fields.domain)?;
        let focus = identifier("focus", &fields.focus)?;
        Ok(Self { crosswalk, filter: ReviewFilter { by, show, domain, order, focus, blind } })
    }

    /// The same review with another thing in focus.
    pub(super) fn at(&self, focus: Option<Ctid>) -> Self {
        Self { crosswalk: self.crosswalk, filter: ReviewFilter { focus, ..self.filter.clone() } }
    }

    /// The same review of other candidates, from its beginning.
    pub(super) fn showing(&self, show: ReviewShow) -> Self {
        Self { crosswalk: self.crosswalk, filter: ReviewFilter { show, focus: None, ..self.filter.clone() } }
    }

    /// The same review one course at a time instead of one objective, or the other way round.
    pub(super) fn turned(&self, focus: Option<Ctid>) -> Self {
        let by = match self.filter.by {
            ReviewBy::Objective => ReviewBy::Course,
            ReviewBy::Course => ReviewBy::Objective,
        };
        Self { crosswalk: self.crosswalk, filter: ReviewFilter { by, focus, ..self.filter.clone() } }
    }

    /// What differs from the plain review, as names and values: for addresses and for hidden fields of forms.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let mut fields = Vec::new();
        if filter.by == ReviewBy::Course {
            fields.push(("by", "course".to_owned()));
        }
        if filter.show != ReviewShow::Open {
            fields.push(("show", show_word(filter.show).to_owned()));
        }
        if filter.order != ReviewOrder::Blueprint {
            fields.push(("order", order_word(filter.order).to_owned()));
        }
        if let Some(domain) = filter.domain {
            fields.push(("domain", domain.to_string()));
        }
        if let Some(focus) = filter.focus {
            fields.push(("focus", focus.to_string()));
        }
        if filter.blind {
            fields.push(("blind", "yes".to_owned()));
        }
        fields
    }

    /// The address. Every value is a word of ours or an identifier, so nothing needs escaping.
    pub(super) fn address(&self) -> String {
        let mut address = format!("/crosswalks/{}/review", self.crosswalk);
        for (index, (name, value)) in self.fields().iter().enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            address.push_str(value);
        }
        address
    }

    /// The address to go back to after a word on a pair, which the page then names.
    /// `came_in` says that somebody else's word came in meanwhile.
    pub(super) fn address_after(&self, statement: Ctid, target: Ctid, came_in: bool) -> String {
        let address = self.address();
        let mark = if address.contains('?') { '&' } else { '?' };
        let more = if came_in { MORE } else { "" };
        format!("{address}{mark}last={statement}.{target}{more}#review-last")
    }
}

/// What stands behind the pair decided last where somebody else's word on it came in meanwhile.
const MORE: &str = ".more";

/// Reads the pair decided last, and whether somebody else's word on it came in meanwhile; anything that is none is left
/// out, for it only adds a notice.
pub(super) fn last_pair(fields: &PlaceFields) -> Option<((Ctid, Ctid), bool)> {
    let (pair, came_in) = fields.last.strip_suffix(MORE).map_or((fields.last.as_str(), false), |pair| (pair, true));
    let (statement, target) = pair.split_once('.')?;
    Some(((statement.parse().ok()?, target.parse().ok()?), came_in))
}

/// The word for a choice of candidates.
pub(super) const fn show_word(show: ReviewShow) -> &'static str {
    match show {
        ReviewShow::Open => "open",
        ReviewShow::Disputed => "disputed",
        ReviewShow::Decided => "decided",
        ReviewShow::All => "all",
    }
}

/// The word for an order of the review, as addresses have it.
pub(super) const fn order_word(order: ReviewOrder) -> &'static str {
    match order {
        ReviewOrder::Blueprint => "blueprint",
        ReviewOrder::Probability => "probability",
        ReviewOrder::Useful => "useful",
    }
}

fn identifier(name: &str, given: &str) -> Result<Option<Ctid>, String> {
    if given.is_empty() {
        return Ok(None);
    }
    given.parse().map(Some).map_err(|error| format!("In “{name}”: {error}."))
}

/// Whether somebody chose to review without others' words.
pub(in crate::routes) fn chosen_blind(given: &str) -> Result<bool, String> {
    match given {
        "" | "no" => Ok(false),
        "yes" => Ok(true),
        other => Err(format!("“blind={other}” is not known: it may be yes or no.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_as_the_same_place() {
        let id: Ctid = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap();
        let fields = PlaceFields {
            by: "course".to_owned(),
            show: "all".to_owned(),
            order: "useful".to_owned(),
            domain: id.to_string(),
            focus: id.to_string(),
            blind: "yes".to_owned(),
            last: String::new(),
        };
        let place = Place::read(id, &fields).unwrap();
        assert_eq!(
            place.address(),
            format!("/crosswalks/{id}/review?by=course&show=all&order=useful&domain={id}&focus={id}&blind=yes")
        );
        let plain = Place::read(id, &PlaceFields::default()).unwrap();
        assert_eq!(plain.address(), format!("/crosswalks/{id}/review"));
        assert_eq!(plain.address_after(id, id, false), format!("/crosswalks/{id}/review?last={id}.{id}#review-last"));
        assert!(plain.address_after(id, id, true).ends_with(&format!("last={id}.{id}.more#review-last")));
        for (last, expected) in [
            (format!("{id}.{id}"), Some(((id, id), false))),
            (format!("{id}.{id}.more"), Some(((id, id), true))),
            (format!("{id}.more"), None),
        ] {
            assert_eq!(last_pair(&PlaceFields { last, ..PlaceFields::default() }), expected);
        }
        assert_eq!(plain.turned(Some(id)).turned(None).address(), plain.address());
    }

    #[test]
    fn an_unknown_word_is_named_with_what_it_may_be() {
        let id: Ctid = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap();
        for (fields, expected) in [
            (PlaceFields { by: "person".to_owned(), ..PlaceFields::default() }, "objective or course"),
            (PlaceFields { show: "some".to_owned(), ..PlaceFields::default() }, "open, disputed, decided or all"),
            (PlaceFields { order: "best".to_owned(), ..PlaceFields::default() }, "blueprint, probability or useful"),
            (PlaceFields { blind: "1".to_owned(), ..PlaceFields::default() }, "yes or no"),
            (PlaceFields { focus: "<b>".to_owned(), ..PlaceFields::default() }, "is not a CTID"),
        ] {
            let sentence = Place::read(id, &fields).unwrap_err();
            assert!(sentence.contains(expected), "{sentence}");
        }
    }
}
