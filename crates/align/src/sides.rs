//! Both sides of a comparison, prepared once: vectors, stems, words, verbs and acronyms of every statement.

use credway_model::BloomLevel;
use rayon::prelude::*;

use crate::bert::Bert;
use crate::bloom::bloom_level;
use crate::encoder::ENCODER;
use crate::hash::LookUp;
use crate::lexical::{Postings, Term, Terms, rarities};
use crate::table::TABLE;
use crate::vectors::{Vectors, unit};
use crate::words::{Word, initials, words};
use crate::{Statement, scorer::Settings};

/// The most words of a statement that are compared one by one.
const MOST_WORDS: usize = 48;

/// One side's statements.
pub(crate) struct Side {
    /// Vector of the text with its context.
    pub(crate) joint: Vectors,
    /// Vector of the text alone.
    pub(crate) own: Vectors,
    /// Vectors of text with context by the small encoder.
    pub(crate) encoded: Vectors,
    /// Vectors of text with context by the deep engine's model.
    pub(crate) deep: Option<Vectors>,
    /// Stems.
    pub(crate) terms: Terms,
    /// Statements by stem.
    pub(crate) postings: Postings,
    /// Depth and number of the verb's stem.
    pub(crate) verbs: Vec<Option<(BloomLevel, u32)>>,
    /// Telling words of the text, by number, each once.
    pub(crate) words: Vec<Vec<u32>>,
    /// Acronyms in the text, ordered.
    pub(crate) acronyms: Vec<Vec<String>>,
    /// First letters of the text's telling words: what acronyms it may be meant by.
    pub(crate) initials: Vec<String>,
}

/// Both sides and what they share.
pub(crate) struct Sides {
    /// The queries.
    pub(crate) queries: Side,
    /// The targets.
    pub(crate) targets: Side,
    /// Rarity of every stem.
    pub(crate) rarity: Vec<f32>,
    /// Vector of every telling word.
    pub(crate) word_vectors: Vectors,
    /// Number of every telling word, by its lower-case form.
    pub(crate) word_numbers: LookUp<String, u32>,
    /// How much a word says: length of its vector before it was made a unit.
    pub(crate) word_weights: Vec<f32>,
}

/// What can be found out about a statement without the others.
struct Draft {
    joint: Vec<i16>,
    own: Vec<i16>,
    text: Vec<Word>,
    context: Vec<Word>,
    verb: Option<(BloomLevel, String)>,
}

impl Draft {
    fn new(statement: &Statement, settings: &Settings) -> Self {
        let sum = TABLE.sum(&statement.text);
        let own = unit(&sum);
        let joint = if statement.context.is_empty() {
            own.clone()
        } else {
            let mut joint = sum;
            TABLE.add(&statement.context, settings.context_vector, &mut joint);
            unit(&joint)
        };
        let text = words(&statement.text);
        let verb = bloom_level(&statement.text).and_then(|(level, span)| {
            let verb = text.iter().find(|word| word.start == span.start as usize)?;
            Some((level, verb.stem.clone()))
        });
        Self { joint, own, text, context: words(&statement.context), verb }
    }
}

/// Numbers for words or stems, in the order in which they are first met.
#[derive(Default)]
struct Numbers(LookUp<String, u32>, Vec<String>);

impl Numbers {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = u32::try_from(self.1.len()).unwrap_or(u32::MAX);
        self.0.insert(name.to_owned(), number);
        self.1.push(name.to_owned());
        number
    }
}

impl Sides {
    /// Prepares both sides.
    pub(crate) fn new(queries: &[Statement], targets: &[Statement], settings: &Settings, deep: Option<&Bert>) -> Self {
        let draft = |side: &[Statement]| -> Vec<Draft> {
            side.par_iter().with_min_len(64).map(|statement| Draft::new(statement, settings)).collect()
        };
        let drafts = [draft(queries), draft(targets)];
        let (mut stems, mut forms) = (Numbers::default(), Numbers::default());
        let [query_terms, target_terms] = [0, 1].map(|side: usize| {
            drafts[side].iter().map(|draft| term_list(draft, &mut stems, settings)).collect::<Vec<_>>()
        });
        let verbs = [0, 1].map(|side: usize| {
            let verbs = drafts[side].iter().map(|draft| draft.verb.as_ref());
            verbs.map(|verb| verb.map(|(level, stem)| (*level, stems.of(stem)))).collect::<Vec<_>>()
        });
        let words = [0, 1].map(|side: usize| drafts[side].iter().map(|draft| word_list(draft, &mut forms)).collect());
        let rarity = rarities(stems.1.len(), [&query_terms, &target_terms]);
        let sums: Vec<Vec<f32>> = forms.1.par_iter().with_min_len(256).map(|form| TABLE.sum(form)).collect();
        let mut word_vectors = Vectors::new(TABLE.width);
        for sum in &sums {
            word_vectors.push(sum);
        }
        let [query_verbs, target_verbs] = verbs;
        let [query_words, target_words] = words;
        let [query_drafts, target_drafts] = drafts;
        Self {
            queries: side(encode(queries, deep), &query_drafts, query_terms, query_verbs, query_words, stems.1.len()),
            targets: side(
                encode(targets, deep),
                &target_drafts,
                target_terms,
                target_verbs,
                target_words,
                stems.1.len(),
            ),
            rarity,
            word_vectors,
            word_numbers: forms.0,
            word_weights: sums.iter().map(|sum| length(sum)).collect(),
        }
    }
}

fn side(
    (encoded, deep): (Vectors, Option<Vectors>),
    drafts: &[Draft],
    lists: Vec<Vec<Term>>,
    verbs: Vec<Option<(BloomLevel, u32)>>,
    words: Vec<Vec<u32>>,
    stems: usize,
) -> Side {
    let (mut joint, mut own) = (Vectors::new(TABLE.width), Vectors::new(TABLE.width));
    for draft in drafts {
        joint.push_steps(&draft.joint);
        own.push_steps(&draft.own);
    }
    let acronyms = drafts.iter().map(|draft| {
        let mut all: Vec<String> =
            draft.text.iter().filter(|word| word.acronym).map(|word| word.lower.to_uppercase()).collect();
        all.sort_unstable();
        all.dedup();
        all
    });
    let terms = Terms::new(lists);
    Side {
        joint,
        own,
        encoded,
        deep,
        postings: Postings::new(&terms, stems),
        terms,
        verbs,
        words,
        acronyms: acronyms.collect(),
        initials: drafts.iter().map(|draft| initials(&draft.text)).collect(),
    }
}

/// Statements the encoder reads at a time.
const ENCODED_TOGETHER: usize = 32;

/// Vectors of text with context, by the small encoder and by the deep engine's model, where there is one; written as the
/// encoder was trained to read them: `context: text`.
fn encode(statements: &[Statement], deep: Option<&Bert>) -> (Vectors, Option<Vectors>) {
    let texts: Vec<String> = statements
        .iter()
        .map(|one| if one.context.is_empty() { one.text.clone() } else { format!("{}: {}", one.context, one.text) })
        .collect();
    let encoded = directions(&texts, TABLE.width, |part| ENCODER.sums(part));
    (encoded, deep.map(|model| directions(&texts, model.width(), |part| model.sums(part))))
}

/// The directions of the sums that `sums` makes of some texts at a time.
fn directions(texts: &[String], width: usize, sums: impl Fn(&[&str]) -> Vec<Vec<f32>> + Sync) -> Vectors {
    let parts: Vec<Vec<Vec<f32>>> = texts
        .par_chunks(ENCODED_TOGETHER)
        .map(|part| sums(&part.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    let mut vectors = Vectors::new(width);
    for sum in parts.iter().flatten() {
        vectors.push(sum);
    }
    vectors
}

/// Length of a vector.
#[expect(clippy::cast_possible_truncation, reason = "a weight needs no more than f32")]
pub(crate) fn length(sum: &[f32]) -> f32 {
    sum.iter().map(|value| f64::from(*value) * f64::from(*value)).sum::<f64>().sqrt() as f32
}

/// Stems of the text count one, those of the context less.
fn term_list(draft: &Draft, stems: &mut Numbers, settings: &Settings) -> Vec<Term> {
    let mut all: Vec<Term> = Vec::with_capacity(draft.text.len() + draft.context.len());
    for (words, count) in [(&draft.text, 1.0), (&draft.context, settings.context_term)] {
        for word in words.iter().filter(|word| !word.common) {
            all.push(Term { number: stems.of(&word.stem), frequency: count, weight: count });
        }
    }
    all.sort_by_key(|term| term.number);
    all.dedup_by(|later, first| {
        let same = later.number == first.number;
        if same {
            first.frequency += later.frequency;
            first.weight = first.weight.max(later.weight);
        }
        same
    });
    all
}

fn word_list(draft: &Draft, forms: &mut Numbers) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    for word in draft.text.iter().filter(|word| !word.common) {
        let number = forms.of(&word.lower);
        if numbers.len() < MOST_WORDS && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}
