//! From our types to what a column holds. Every conversion is written here once, so that both databases keep the same.

use credway_model::{Ctid, Origin, Place};
use jiff::Timestamp;
use sea_orm::Value;
use serde::Serialize;

use crate::Result;

/// The moment as the store keeps it: cut to the microsecond, the finest step both databases have.
#[must_use]
pub fn microseconds(at: Timestamp) -> Timestamp {
    let micros = at.as_nanosecond().div_euclid(1_000);
    i64::try_from(micros).ok().and_then(|micros| Timestamp::from_microsecond(micros).ok()).unwrap_or(at)
}

/// A text.
pub(crate) fn text(value: impl ToString) -> Value {
    Value::String(Some(value.to_string()))
}

/// A text that may be absent.
pub(crate) fn maybe_text<T: ToString>(value: Option<&T>) -> Value {
    Value::String(value.map(ToString::to_string))
}

/// The word an enumeration is written as in our own JSON.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<Value> {
    maybe_word(Some(value))
}

/// The word an enumeration is written as, if there is one.
pub(crate) fn maybe_word<T: Serialize>(value: Option<&T>) -> Result<Value> {
    let Some(value) = value else { return Ok(Value::String(None)) };
    let word = match serde_json::to_value(value)? {
        serde_json::Value::String(word) => word,
        other => other.to_string(),
    };
    Ok(Value::String(Some(word)))
}

/// Our own JSON.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Value> {
    Ok(Value::String(Some(serde_json::to_string(value)?)))
}

/// Our own JSON, if there is a value.
pub(crate) fn maybe_json<T: Serialize>(value: Option<&T>) -> Result<Value> {
    value.map_or(Ok(Value::String(None)), json)
}

/// A moment: ISO 8601 in UTC with six decimals, so that the order of texts is the order of time.
pub(crate) fn moment(at: Timestamp) -> Value {
    text(written(at))
}

/// A moment as it is written.
pub(crate) fn written(at: Timestamp) -> String {
    microseconds(at).strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// A place; the whole source is kept short, since most rows of some sources have it.
pub(crate) fn place(place: &Place) -> Result<Value> {
    json(place)
}

/// Source and place of an origin, as two columns.
pub(crate) fn origin(origin: Option<&Origin>) -> Result<[Value; 2]> {
    Ok([maybe_text(origin.map(|origin| &origin.source)), maybe_json(origin.map(|origin| &origin.place))?])
}

/// An identifier as it stands in a column.
pub(crate) fn ctids<'a>(ctids: impl IntoIterator<Item = &'a Ctid>) -> Vec<Value> {
    ctids.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_cut_to_microseconds_and_sort_as_texts() {
        let at: Timestamp = "2026-11-23T10:00:00.123456789Z".parse().unwrap();
        assert_eq!(moment(at), text("2026-11-23T10:00:00.123456Z"));
        assert_eq!(microseconds(at), "2026-11-23T10:00:00.123456Z".parse::<Timestamp>().unwrap());
        assert_eq!(moment("2026-11-23T10:00:00Z".parse().unwrap()), text("2026-11-23T10:00:00.000000Z"));
        let before: Timestamp = "1969-12-31T23:59:59.9999999Z".parse().unwrap();
        assert_eq!(moment(before), text("1969-12-31T23:59:59.999999Z"));
    }
}
