//! XML walked through once, element by element, so that nothing in it can grow: no declarations of its own, no depth
//! without end. A kept reader does the parsing; entities are never resolved, for only the five known ones can be meant
//! where there is no declaration.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::container::{Limits, Refusal};

/// The value of an attribute, by its name without prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == wanted);
    found.map(|one| one.value.into_owned())
}

/// Walks through the XML.
///
/// # Errors
/// [`Refusal::Doctype`], [`Refusal::TooDeep`], [`Refusal::TooManyElements`], [`Refusal::Damaged`], and what `look` refuses.
pub(crate) fn walk(
    source: impl Read,
    entry: &str,
    limits: &Limits,
    left: &mut u64,
    look: &mut dyn FnMut(&BytesStart<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let event = event
            .map_err(|error| Refusal::Damaged { entry: entry.to_owned(), why: format!("its XML ends in {error}") })?;
        match event {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(Refusal::Doctype(entry.to_owned())),
            Event::Start(element) => {
                count(entry, limits, left)?;
                depth += 1;
                if depth > limits.depth {
                    return Err(Refusal::TooDeep { entry: entry.to_owned(), most: limits.depth });
                }
                look(&element)?;
            }
            Event::Empty(element) => {
                count(entry, limits, left)?;
                look(&element)?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
}

fn count(entry: &str, limits: &Limits, left: &mut u64) -> Result<(), Refusal> {
    let refusal = || Refusal::TooManyElements { entry: entry.to_owned(), most: limits.elements };
    *left = left.checked_sub(1).ok_or_else(refusal)?;
    Ok(())
}
