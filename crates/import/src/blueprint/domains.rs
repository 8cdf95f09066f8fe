//! Which statements are the domains: those of one class (the same lead or style of number), chosen for the whole outline.
//!
//! The class whose shares come to 100 % wins, the outermost of several; without shares it is the outermost class that has
//! something below it. A statement of another class is a domain only where it repeats a domain's title, as the detail
//! below a table of weights does. So an objective that ends with a share of its own stays an objective.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{Style, is_domain_word};
use super::line::{Lead, Line};
use super::statement::Statement;

/// What makes statements alike, the outermost first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Label(String),
    Heading(u8),
    Number,
    Roman,
    Row,
    Letter,
    /// A word that says what stands below a domain, in an outline that has nothing above it.
    Item(String),
    Bold,
    ShareFirst,
    ShareLast,
    Bullet(char, usize),
}

/// What a statement is for the outline's upper level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Domain,
    /// The sum below a table of weights.
    Total,
    Other,
}

/// A domain's title as it is compared: without case and closing punctuation.
pub(super) fn title_key(words: &str) -> String {
    tidy(words).to_lowercase()
}

/// A domain's title without the punctuation before its share.
pub(super) fn tidy(title: &str) -> String {
    // A hyphen that closes a word is a word divided at the line's end, not a dash before a weight.
    let plain = title.trim().trim_matches('*').trim_end_matches([':', '.', '|', ' ']);
    let plain = plain.trim_start_matches(['|', ' ']);
    [" -", " –", " —"].iter().find_map(|dash| plain.strip_suffix(dash)).unwrap_or(plain).trim().to_owned()
}

/// Says of every statement whether it is a domain.
pub(super) fn roles(statements: &[Statement]) -> Vec<Role> {
    let Some(class) = choose(statements) else { return statements.iter().map(|_| Role::Other).collect() };
    let alike = |statement: &&Statement| class_of(&statement.head).as_ref() == Some(&class);
    let weighted: Vec<&Statement> =
        statements.iter().filter(alike).filter(|one| one.head.share.is_some() && !one.head.is_total()).collect();
    let mut finder = Finder {
        complete: Sum::of(weighted.iter().copied()).is_whole(),
        unweighted: weighted.is_empty(),
        titles: weighted.iter().map(|one| (title_key(&one.head.words), code(&one.head))).collect(),
        class,
        last: None,
        list: BTreeMap::new(),
    };
    statements.iter().map(|statement| finder.role(&statement.head)).collect()
}

fn code(head: &Line) -> Option<String> {
    head.code.as_ref().map(|code| code.written.clone())
}

struct Finder {
    class: Class,
    /// Whether the shares of the class come to 100 %.
    complete: bool,
    unweighted: bool,
    titles: BTreeMap<String, Option<String>>,
    /// The last domain's number.
    last: Option<u32>,
    /// The last number of each style seen below the last domain.
    list: BTreeMap<Style, u32>,
}

impl Finder {
    fn role(&mut self, head: &Line) -> Role {
        if head.is_total() {
            return Role::Total;
        }
        let ordinal = head.code.as_ref().and_then(super::code::Code::ordinal);
        if self.is_domain(head) {
            self.last = ordinal;
            self.list.clear();
            return Role::Domain;
        }
        if let (Some(code), Some(ordinal)) = (&head.code, ordinal) {
            self.list.insert(code.style.clone(), ordinal);
        }
        Role::Other
    }

    fn is_domain(&self, head: &Line) -> bool {
        let alike = class_of(head).as_ref() == Some(&self.class);
        if (alike && head.share.is_some()) || self.repeats(head) {
            return true;
        }
        if !alike {
            return false;
        }
        match &self.class {
            Class::Label(_) | Class::Item(_) | Class::Row => true,
            // Where the shares are whole, a heading without one is another part of the document.
            Class::Heading(_) | Class::Bold => !self.complete,
            Class::Number | Class::Roman | Class::Letter => self.continues(head),
            Class::ShareFirst | Class::ShareLast | Class::Bullet(..) => false,
        }
    }

    /// Whether it bears a title that a domain with a share has.
    fn repeats(&self, head: &Line) -> bool {
        let known = self.titles.get(&title_key(&head.words));
        let same = known.is_some_and(|known| {
            let own = code(head);
            known.is_none() || own.is_none() || *known == own
        });
        same && (head.share.is_some() || !matches!(head.lead, Lead::Bullet(_) | Lead::RowItem))
    }

    /// Whether its number is the next domain's and not the next one of a list below the domain; lists begin at 1.
    fn continues(&self, head: &Line) -> bool {
        let Some(code) = &head.code else { return false };
        if code.style == Style::Formal {
            return true;
        }
        let Some(ordinal) = code.ordinal() else { return false };
        let in_list = self.list.get(&code.style).is_some_and(|last| last + 1 == ordinal);
        match self.last {
            Some(last) => last + 1 == ordinal && !in_list,
            None => self.unweighted && ordinal == 1,
        }
    }
}

fn class_of(head: &Line) -> Option<Class> {
    match head.code.as_ref().map(|code| &code.style) {
        Some(Style::Label(word)) => {
            let class = if is_domain_word(word) { Class::Label } else { Class::Item };
            return Some(class(word.clone()));
        }
        Some(Style::Path | Style::Tag | Style::SmallLetter | Style::SmallRoman)
            if !matches!(head.lead, Lead::Heading(_)) =>
        {
            return None;
        }
        _ => {}
    }
    match (head.lead, head.code.as_ref().map(|code| &code.style)) {
        (Lead::Heading(level), _) => Some(Class::Heading(level)),
        (Lead::Row, _) => Some(Class::Row),
        (Lead::RowItem, _) => None,
        (_, Some(Style::Formal | Style::Number)) => Some(Class::Number),
        (_, Some(Style::Roman)) => Some(Class::Roman),
        (_, Some(Style::Letter)) => Some(Class::Letter),
        (Lead::Bold, _) => Some(Class::Bold),
        (Lead::Bullet(sign), _) => Some(Class::Bullet(sign, head.indent)),
        (Lead::Bare, _) => match &head.share {
            Some(share) if share.first => Some(Class::ShareFirst),
            Some(_) => Some(Class::ShareLast),
            None => None,
        },
    }
}

/// What the shares of a class come to, in hundredths of a per cent.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    count: usize,
    low: u32,
    high: u32,
}

impl Sum {
    fn of<'a>(statements: impl Iterator<Item = &'a Statement>) -> Self {
        let mut sum = Self::default();
        let mut seen = BTreeSet::new();
        // A heading repeated below a table of weights counts once.
        for share in statements
            .filter(|statement| seen.insert(title_key(&statement.head.words)))
            .filter_map(|statement| statement.head.share.as_ref())
        {
            let steps = |figure: &str| figure.parse().map_or(0, credway_model::Percent::steps);
            sum.count += 1;
            sum.low += steps(&share.low);
            sum.high += steps(share.high.as_ref().unwrap_or(&share.low));
        }
        sum
    }

    const fn is_whole(self) -> bool {
        self.low <= 10_000 && self.high >= 10_000
    }
}

/// The class of the domains.
fn choose(statements: &[Statement]) -> Option<Class> {
    let mut groups: BTreeMap<Class, Vec<&Statement>> = BTreeMap::new();
    for statement in statements.iter().filter(|one| !one.head.is_total()) {
        if let Some(class) = class_of(&statement.head) {
            groups.entry(class).or_default().push(statement);
        }
    }
    let weighted = |class: &Class| groups[class].iter().copied().filter(|one| one.head.share.is_some());
    let sums = groups.keys().map(|class| (class, Sum::of(weighted(class))));
    let sums: Vec<(&Class, Sum)> = sums.filter(|(_, sum)| sum.count > 0).collect();
    let whole = sums.iter().find(|(_, sum)| sum.is_whole());
    let first = sums.iter().min_by_key(|(class, sum)| (depth(class), std::cmp::Reverse(sum.count)));
    let Some((class, _)) = whole.or(first).copied() else { return without_shares(statements, &groups) };
    let titles: BTreeSet<String> = weighted(class).map(|one| title_key(&one.head.words)).collect();
    // Announced domains without shares stand above shares that others bear, unless those are the same titles.
    let above = groups.iter().find(|(other, members)| {
        *other < class
            && !matches!(other, Class::Item(_))
            && members.iter().any(|one| is_announced(&one.head))
            && !members.iter().any(|one| titles.contains(&title_key(&one.head.words)))
    });
    Some(above.map_or(class, |(other, _)| other).clone())
}

fn is_path(head: &Line) -> bool {
    head.code.as_ref().is_some_and(|code| code.style == Style::Path)
}

fn is_announced(head: &Line) -> bool {
    head.code.as_ref().is_some_and(|code| matches!(code.style, Style::Formal | Style::Label(_)))
}

/// Shares at the beginning or end of a bare line are equally deep.
const fn depth(class: &Class) -> u8 {
    match class {
        Class::Label(_) => 0,
        Class::Heading(_) => 1,
        Class::Number => 2,
        Class::Roman => 3,
        Class::Row => 4,
        Class::Letter => 5,
        Class::Item(_) => 6,
        Class::Bold => 7,
        Class::ShareFirst | Class::ShareLast => 8,
        Class::Bullet(..) => 9,
    }
}

/// The outermost class where no statement bears a share.
fn without_shares(statements: &[Statement], groups: &BTreeMap<Class, Vec<&Statement>>) -> Option<Class> {
    let first = |class: &Class| {
        statements.iter().position(|statement| class_of(&statement.head).as_ref() == Some(class)).unwrap_or(usize::MAX)
    };
    let label = groups.keys().filter(|class| matches!(class, Class::Label(_))).min_by_key(|class| first(class));
    let heading = || {
        let levels: Vec<(&Class, usize)> = groups
            .iter()
            .filter(|(class, _)| matches!(class, Class::Heading(_)))
            .map(|(class, members)| (class, members.iter().filter(|one| !is_path(&one.head)).count()))
            .collect();
        // Single headings above others are titles: of the document, of its part with the outline.
        let several = levels.iter().find(|(_, count)| *count >= 2);
        let title = levels.first().is_some_and(|(class, count)| *count == 1 && first(class) == 0);
        several.or_else(|| levels.get(usize::from(title))).map(|(class, _)| *class)
    };
    let formal =
        || groups.get_key_value(&Class::Number).filter(|(_, found)| found.iter().any(|one| is_announced(&one.head)));
    let listed = || {
        let classes = [Class::Number, Class::Roman, Class::Letter];
        let found = classes.into_iter().filter(|class| groups.contains_key(class)).min_by_key(first)?;
        // A flat list has no domains.
        let below = |one: &Statement| one.head.is_marked() && class_of(&one.head).as_ref() != Some(&found);
        statements[first(&found)..].iter().any(below).then_some(found)
    };
    let item = || groups.keys().find(|class| matches!(class, Class::Item(_))).cloned();
    let bold = || groups.contains_key(&Class::Bold).then_some(Class::Bold);
    let row = || groups.get_key_value(&Class::Row).map(|(class, _)| class);
    label
        .or_else(row)
        .or_else(heading)
        .or_else(|| formal().map(|(class, _)| class))
        .cloned()
        .or_else(listed)
        .or_else(item)
        .or_else(bold)
}
