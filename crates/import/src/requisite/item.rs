//! The words of a requisite as items: codes, joints, and phrases such as "with a grade of C or better".
//!
//! One regular expression, read from left to right in linear time; every item keeps where it stands in the text, so
//! that words that are not understood come back as they were. It refuses to decide what belongs to what.

use std::sync::LazyLock;

use credway_model::{CourseCode, Grade, RequiredWhen};
use regex::{Captures, Regex};

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Code(CourseCode),
    /// A number that may be a course of the subject before it.
    Number(String),
    Word,
    And,
    Or,
    Comma,
    Semicolon,
    Slash,
    Open,
    Close,
    /// A colon or dash: what follows a code is its title.
    Colon,
    Either,
    Both,
    /// So many of what follows.
    Count(u8),
    /// A grade for the courses that follow.
    GradeFor(Grade),
    /// A grade for the courses before.
    GradeOf(Grade),
    /// A grade for every course of the text.
    GradeForAll(Grade),
    /// When the courses that follow are taken.
    WhenFor(RequiredWhen),
    /// The course before may be taken at the same time.
    WhenOf,
    Equivalent,
    /// Words that add nothing to the logic: "completion of", "(formerly ACCT 2331)".
    Filler,
}

/// An item and its bytes in the text.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A letter grade, quoted or not.
const GRADE: &str = r#"["“'‘]?((?-i:[A-DF][+\-–−]?|CR|P|S))["”'’]?"#;
const BETTER: &str = r"(?: \(or (?:better|higher|above)\)| or (?:better|higher|above))";

static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&pattern()).ok());

fn pattern() -> String {
    let whole = format!(
        r"(?:all (?:of the )?(?:listed |above )?(?:pre-?requisites?|courses)(?: courses?)? )?must (?:be|have been) completed with (?:an? )?(?:minimum )?(?:grade )?(?:of )?(?:an? )?{GRADE}{BETTER}?|{GRADE}{BETTER} in all prerequisites"
    );
    let of = format!(
        r"(?:with )?(?:an? )?(?:minimum |final )?(?:letter )?grades? of (?:at least )?(?:an? )?{GRADE}{BETTER}?"
    );
    let short = format!(r"(?:with )?(?:an? |minimum of (?:an? )?|minimum )?{GRADE}{BETTER}");
    let with =
        format!(r"(?:completed |passed )?with (?:(?:an? )?minimum (?:of )?(?:an? )?|at least (?:an? )?|an? ){GRADE}");
    let minimum = format!(r"(?:an? )?minimum (?:of )?(?:an? )?{GRADE}");
    let earned = "(?:(?: earned| received)? in:?(?: (?:each|both|all) of)?(?: each| the following:?)?)";
    let equivalent = r"or (?:its |their |an |the )?(?:equivalents?|higher)\b(?: course(?:work)?s?\b| credit\b)?";
    let each = "(?: each| in (?:each|both|all|all courses|each course))?";
    let enrolment =
        r"(?:concurrent(?:ly)?,? |co-?)?(?:enrol+e?ment|enrol+ed|registration|credit)(?: in:?| for:?| with)?";
    let before =
        r"(?:prior |previous |successful )?(?:credit|completion|completed|prior|previous)(?: for| in| of| with)?";
    [
        (r"formerly", r"\((?:formerly|previously|formally)[^)]*\)|\[inactive\]".to_owned()),
        ("all", whole),
        ("gradefor", format!("(?:{of}|{short}|{minimum}){earned}")),
        ("gradeof", format!(r"\((?:{of}|{short}|{with}){each}\)|(?:{of}|{short}|{with}){each}")),
        ("or_with", format!(r"(?:pre-?requisites? or co-?requisites?:?|{before},? or {enrolment}|concurrent enrol+e?ment(?: in)?,? or (?:prior )?(?:credit|completion)(?: for| in| of)?|(?:previously|already) (?:taken|completed) or currently enrolled in|concurrent or (?:prior|previous) (?:enrol+e?ment|credit|completion)(?: in| for| of)?)")),
        ("taken", r"\(?,?(?:which )?(?:may|can) be taken concurrently\)?".to_owned()),
        ("with", r"(?:must be )?(?:taken )?(?:concurrent(?:ly)? (?:enrol+e?ment|enrol+ed|registration)(?: is required)?(?: in| with)?|concurrent with|concurrently with|co-?requisites?:?)".to_owned()),
        ("equivalent", format!(r",? ?(?:\({equivalent}\)|{equivalent})")),
        ("count", r"(?:at least |any |completion of )*(one|two|three|four|five|six|\d)(?: \(\d\))?(?: or more)?(?: courses?)? (?:of|from)(?: among)? (?:the following|these|any of the following)(?:(?: [a-z]+)?? courses?)?:?|(?:at least |any )?(?P<one>one) of\b".to_owned()),
        ("either", r"either(?: of the following:?)?\b".to_owned()),
        ("both", r"both\b".to_owned()),
        ("filler", r"(?:(?:must|should) (?:have|be) (?:successfully )?(?:completed?|taken)|(?:students )?must have (?:successfully )?(?:completed|taken|passed)|(?:successful(?:ly)? )?(?:completion|completed?)(?: of)?|passed|having completed|credit (?:for|in)|pre-?requisite(?:s|\(s\))?(?: is| are)?:|required:|is required|are required)".to_owned()),
        ("code", r"(?-i:[A-Z]{2,5})(?:[ -]|)(?:\d{3,4}(?-i:[A-Z]{0,2})|\d[A-Z]\d{2})\b".to_owned()),
        ("orand", r"and/or\b|or\b".to_owned()),
        ("and", r"and\b|&|as well as\b|plus\b".to_owned()),
        ("number", r"\d{3,4}(?-i:[A-Z]?)\b".to_owned()),
        ("mark", r"[,;/():–—]| - |\+".to_owned()),
        ("word", r"[^\s,;/():–—]+".to_owned()),
    ]
    .iter()
    .fold(String::from("(?i)"), |all, (name, alternative)| {
        let joint = if all.len() > 4 { "|" } else { "" };
        format!("{all}{joint}(?P<{name}>{alternative})")
    })
}

/// What looks like a subject of a code and is none.
const NO_SUBJECT: [&str; 14] =
    ["OR", "AND", "IN", "SAT", "ACT", "GRE", "GMAT", "TOEFL", "IELTS", "GPA", "DA", "CC", "TSI", "OF"];

/// The items of a text.
pub(super) fn items(text: &str) -> Vec<Item> {
    let Some(pattern) = ITEM.as_ref() else { return Vec::new() };
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    while let Some(found) = pattern.captures_at(text, at) {
        let Some(whole) = found.get(0) else { break };
        let (mut kind, mut to) = (kind(&found, text), whole.end());
        let begins = text[..whole.start()].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
            || !whole.as_str().starts_with(char::is_alphanumeric);
        let ends = text[whole.end()..].chars().next().is_none_or(|after| !after.is_alphanumeric())
            || whole.as_str().ends_with([' ', ',', ';', '/', '(', ')', ':']);
        if (!begins || !ends) && found.name("mark").is_none() {
            // A phrase that ends inside a word is none: the whole word stands for itself.
            let rest = text[whole.start()..].find(|letter: char| letter.is_whitespace() || ",;/():".contains(letter));
            (kind, to) = (Kind::Word, rest.map_or(text.len(), |rest| whole.start() + rest));
        }
        items.push(Item { kind, from: whole.start(), to: to.max(whole.start() + 1) });
        at = to.max(whole.start() + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    items
}

fn kind(found: &Captures<'_>, text: &str) -> Kind {
    let has = |name: &str| found.name(name).is_some();
    let words = found.get(0).map_or("", |whole| whole.as_str());
    let after = found.get(0).map_or("", |whole| &text[whole.end()..]);
    let level =
        after.trim_start_matches(['-', ' ', '–']).get(..5).is_some_and(|word| word.eq_ignore_ascii_case("level"));
    if has("formerly") || has("filler") {
        return Kind::Filler;
    }
    for (name, make) in
        [("all", Kind::GradeForAll as fn(Grade) -> Kind), ("gradefor", Kind::GradeFor), ("gradeof", Kind::GradeOf)]
    {
        if has(name) {
            return grade(found).map_or(Kind::Word, make);
        }
    }
    if has("or_with") {
        return Kind::WhenFor(RequiredWhen::BeforeOrWith);
    } else if has("taken") {
        return Kind::WhenOf;
    } else if has("with") {
        return Kind::WhenFor(RequiredWhen::With);
    } else if has("equivalent") {
        return Kind::Equivalent;
    } else if has("count") {
        return count(words).map_or(Kind::Word, Kind::Count);
    } else if has("either") {
        return if words.contains("following") { Kind::Count(1) } else { Kind::Either };
    } else if has("both") {
        return Kind::Both;
    } else if has("code") && !level {
        let subject: String = words.chars().take_while(char::is_ascii_alphabetic).collect();
        let known = !NO_SUBJECT.contains(&subject.as_str());
        return words.parse().ok().filter(|_| known).map_or(Kind::Word, Kind::Code);
    } else if has("orand") {
        return Kind::Or;
    } else if has("and") {
        return Kind::And;
    } else if has("number") && !level {
        return Kind::Number(words.to_owned());
    }
    match words {
        "," => Kind::Comma,
        ";" => Kind::Semicolon,
        "/" => Kind::Slash,
        "(" => Kind::Open,
        ")" => Kind::Close,
        ":" | "–" | "—" | " - " => Kind::Colon,
        "+" => Kind::And,
        _ => Kind::Word,
    }
}

/// The grade among what was found: the last group that is one.
fn grade(found: &Captures<'_>) -> Option<Grade> {
    found.iter().skip(1).flatten().filter(|group| group.len() <= 4).find_map(|group| group.as_str().parse().ok())
}

fn count(words: &str) -> Option<u8> {
    let lower = words.to_ascii_lowercase();
    let spelled = ["one", "two", "three", "four", "five", "six"];
    lower.split([' ', '(', ')']).find_map(|word| {
        let at = spelled.iter().position(|spelled| *spelled == word);
        at.and_then(|at| u8::try_from(at + 1).ok()).or_else(|| word.parse().ok().filter(|number| *number > 0))
    })
}
