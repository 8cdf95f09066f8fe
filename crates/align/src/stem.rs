//! A light English stemmer: cuts the commonest endings so that `configures`, `configuring` and `configuration` meet.
//! It knows no irregular forms and never joins words that differ in their first four letters.

/// Endings and what takes their place, longest first within a family; the first that fits is used.
const ENDINGS: [(&str, &str); 36] = [
    ("isations", "iz"),
    ("izations", "iz"),
    ("isation", "iz"),
    ("ization", "iz"),
    ("ising", "iz"),
    ("izing", "iz"),
    ("ised", "iz"),
    ("ized", "iz"),
    ("ises", "iz"),
    ("izes", "iz"),
    ("ise", "iz"),
    ("ize", "iz"),
    ("ations", ""),
    ("ation", ""),
    ("ating", ""),
    ("ators", ""),
    ("ator", ""),
    ("ated", ""),
    ("ates", ""),
    ("ate", ""),
    ("ments", ""),
    ("ment", ""),
    ("ities", ""),
    ("ity", ""),
    ("ions", ""),
    ("ion", ""),
    ("ings", ""),
    ("ing", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ers", ""),
    ("er", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
];
/// Letters that must stay.
const SHORTEST: usize = 4;

/// The stem of a word in lower case.
pub(crate) fn stem(lower: &str) -> String {
    if !lower.is_ascii() || lower.len() <= SHORTEST {
        return short_form(lower).to_owned();
    }
    let mut stem = lower.to_owned();
    let fits = |ending: &str| lower.len() >= SHORTEST + ending.len() && lower.ends_with(ending);
    if let Some((ending, instead)) =
        ENDINGS.iter().find(|(ending, _)| fits(ending) && !(*ending == "s" && lower.ends_with("ss")))
    {
        stem.truncate(lower.len() - ending.len());
        stem.push_str(instead);
    }
    let letters = stem.as_bytes();
    if letters.len() > SHORTEST {
        let [.., before, last] = letters else { return stem };
        if before == last && !matches!(last, b's' | b'l' | b'z') || *last == b'e' {
            stem.pop();
        }
    }
    if stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

/// Short words lose only a plural s.
fn short_form(lower: &str) -> &str {
    match lower.strip_suffix('s') {
        Some(rest) if rest.len() >= 3 && !rest.ends_with(['s', 'u', 'i']) => rest,
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        for family in [
            vec!["configure", "configures", "configuring", "configured", "configuration", "configurations"],
            vec!["analyze", "analyzes", "analyzing", "analyzed"],
            vec!["organisation", "organization", "organizing", "organise"],
            vec!["policy", "policies"],
            vec!["plan", "plans", "planning", "planned"],
            vec!["network", "networks", "networking"],
            vec!["attack", "attacks", "attacker", "attackers"],
        ] {
            let first = stem(family[0]);
            for word in family {
                assert_eq!(stem(word), first, "{word}");
            }
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (one, other) in [("access", "acces"), ("bus", "bu"), ("process", "proces"), ("test", "text")] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
    }
}
