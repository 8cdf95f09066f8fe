//! Which verb shows which depth. The verbs that name a cognitive process follow the tables of Anderson and Krathwohl,
//! "A Taxonomy for Learning, Teaching, and Assessing" (2001); verbs of trades and laboratories are ours to place.

use std::sync::LazyLock;

use credway_model::BloomLevel::{self, Analyze, Apply, Create, Evaluate, Remember, Understand};

use crate::hash::LookUp;

/// Verbs by depth, in base form.
const VERBS: [(BloomLevel, &str); 6] = [
    (
        Remember,
        "cite define duplicate enumerate find identify know label list locate match memorize memorise name outline quote \
         recall recite recognize recognise record reproduce retrieve select spell state tabulate",
    ),
    (
        Understand,
        "articulate associate characterize characterise clarify classify compare comprehend contrast convert defend \
         describe discuss exemplify explain express extrapolate generalize generalise illustrate infer interpret map \
         paraphrase predict relate rephrase report represent restate review show summarize summarise translate \
         understand",
    ),
    (
        Apply,
        "access administer apply assemble assist backup balance build calculate capture care carry chart clean collect \
         communicate complete compute conduct configure connect contain control cook cut deliver demonstrate deploy \
         dispense document draw drive edit employ encrypt enforce enter execute fabricate file fill follow fit give \
         handle harden implement inject install integrate join label launch machine maintain make manage measure \
         migrate mitigate mix model monitor mount observe obtain operate order pack participate patch perform practice \
         practise prepare present process program protect provide query read recover reduce remove render repair \
         replace report resolve respond restore route run sample schedule secure send serve set setup simulate sketch \
         solve store take teach train transcribe transfer treat update upgrade use utilize utilise weld wire work write",
    ),
    (
        Analyze,
        "analyze analyse attribute audit break categorize categorise correlate debug deconstruct decompose detect \
         determine diagnose differentiate discriminate dissect distinguish examine experiment inspect investigate \
         organize organise prioritize prioritise profile research scan screen structure survey test trace troubleshoot",
    ),
    (
        Evaluate,
        "appraise approve argue assess certify check choose conclude critique criticize criticise debate decide evaluate \
         grade judge justify persuade rank rate recommend score validate value verify weigh",
    ),
    (
        Create,
        "adapt arrange author compile compose construct create design develop devise draft engineer establish formulate \
         generate hypothesize hypothesise invent originate plan produce propose prototype synthesize synthesise",
    ),
];

/// Verbs that are as often nouns at the head of a topic (“Design patterns”, “Test plans”).
const ALSO_NOUNS: &str = "access audit backup balance break build capture care chart check control cook cut debate design \
     document draft draw drive edit experiment file find fit grade label launch list machine map match measure mix model \
     monitor mount name order pack patch plan practice present process produce profile program prototype query rank rate \
     record report research review route run sample scan schedule score screen select set setup show sketch state store \
     structure study survey test trace train transfer trace treat use value wire work update upgrade";

static LEVELS: LazyLock<LookUp<&'static str, BloomLevel>> = LazyLock::new(|| {
    let mut levels = LookUp::default();
    for (level, verbs) in &VERBS {
        for verb in verbs.split_whitespace() {
            // A verb in two lists shows the lower depth.
            levels.entry(verb).or_insert(*level);
        }
    }
    levels
});

static NOUNS: LazyLock<LookUp<&'static str, ()>> =
    LazyLock::new(|| ALSO_NOUNS.split_whitespace().map(|word| (word, ())).collect());

/// The depth a verb in base form shows.
pub(crate) fn level_of(verb: &str) -> Option<BloomLevel> {
    LEVELS.get(verb).copied()
}

/// Whether the word heads a noun phrase as often as a sentence.
pub(crate) fn also_noun(verb: &str) -> bool {
    NOUNS.contains_key(verb)
}

/// The base form and depth of a form of a known verb: itself, or with -s, -es, -ies, -ed, -ied, -ing taken off.
pub(crate) fn base_form(word: &str) -> Option<(String, BloomLevel)> {
    let mut forms = vec![word.to_owned()];
    for (ending, instead) in
        [("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")]
    {
        if let Some(rest) = word.strip_suffix(ending).filter(|rest| rest.len() >= 2) {
            forms.push(format!("{rest}{instead}"));
            let letters = rest.as_bytes();
            if letters.len() >= 3 && letters[letters.len() - 1] == letters[letters.len() - 2] && instead.is_empty() {
                forms.push(rest[..rest.len() - 1].to_owned());
            }
        }
    }
    forms.into_iter().find_map(|form| level_of(&form).map(|level| (form, level)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_the_base() {
        for (word, base) in [
            ("analyzing", "analyze"),
            ("planned", "plan"),
            ("identifies", "identify"),
            ("uses", "use"),
            ("assesses", "assess"),
            ("applied", "apply"),
            ("configuring", "configure"),
        ] {
            assert_eq!(base_form(word).map(|found| found.0).as_deref(), Some(base), "{word}");
        }
        assert_eq!(base_form("cryptography"), None);
    }

    #[test]
    fn every_ambiguous_word_is_a_known_verb() {
        for word in ALSO_NOUNS.split_whitespace().filter(|word| *word != "study") {
            assert!(level_of(word).is_some(), "{word}");
        }
    }
}
