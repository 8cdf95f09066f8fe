//! From fragments to segments: words that stand together on one base line without a wide gap.
//!
//! Fragments are joined without a blank where their gap is below 0.18 em (kerning splits words there), with one up to
//! 0.65 em; a wider gap ends the segment. A bullet or number at the beginning stays with what follows it.

use super::fragments::Fragment;

/// Below this share of the letters' size two fragments are one word.
const WORD_GAP: f32 = 0.18;
/// Above this share of the letters' size two fragments are apart.
const WIDE_GAP: f32 = 0.65;
/// How far a label and its text may be apart, in letters' sizes.
const LABEL_GAP: f32 = 6.0;
/// The same for a number that does not begin the line.
const NEAR_LABEL_GAP: f32 = 1.5;
/// How far base lines on one line may differ (raised and lowered letters), in letters' sizes.
const BASE_SHIFT: f32 = 0.35;

/// Words that stand together on a base line.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    /// How many bytes of the text from its beginning are bold.
    pub(super) bold: usize,
    pub(super) text: String,
    pub(super) furniture: bool,
}

impl Segment {
    /// Upper edge of its letters.
    pub(super) fn top(&self) -> f32 {
        self.base - self.size * 0.8
    }

    /// Lower edge of its letters.
    pub(super) fn bottom(&self) -> f32 {
        self.base + self.size * 0.25
    }

    pub(super) fn of(fragment: &Fragment) -> Self {
        let bold = if fragment.bold { fragment.text.len() } else { 0 };
        Self {
            left: fragment.left,
            right: fragment.right,
            base: fragment.base,
            size: fragment.size,
            bold,
            text: fragment.text.clone(),
            furniture: fragment.furniture,
        }
    }

    /// Takes the fragment that follows on the line.
    fn take(&mut self, fragment: &Fragment, joint: &str) {
        let bold_so_far = self.bold == self.text.len();
        let joint = if self.text.ends_with(' ') || fragment.text.starts_with(' ') { "" } else { joint };
        self.text.push_str(joint);
        self.text.push_str(&fragment.text);
        if bold_so_far && fragment.bold {
            self.bold = self.text.len();
        }
        self.right = self.right.max(fragment.right);
        self.furniture &= fragment.furniture;
    }
}

/// Joins what stands together, line by line from the top, each from the left.
pub(super) fn segments(mut fragments: Vec<Fragment>) -> Vec<Segment> {
    fragments.sort_by(|one, other| one.base.total_cmp(&other.base).then(one.left.total_cmp(&other.left)));
    let mut found = Vec::new();
    let mut line: Vec<Fragment> = Vec::new();
    for fragment in fragments {
        // A line is as tall as its largest letters: raised figures belong to the words beside them.
        let reach = line.iter().map(|one| one.size).fold(fragment.size, f32::max) * BASE_SHIFT;
        if line.first().is_some_and(|first| (fragment.base - first.base).abs() > reach) {
            close(&mut line, &mut found);
        }
        line.push(fragment);
    }
    close(&mut line, &mut found);
    found
}

fn close(line: &mut Vec<Fragment>, found: &mut Vec<Segment>) {
    line.sort_by(|one, other| one.left.total_cmp(&other.left));
    let mut current: Option<Segment> = None;
    let mut first = true;
    for fragment in line.drain(..) {
        let Some(segment) = current.as_mut() else {
            current = Some(Segment::of(&fragment));
            continue;
        };
        let gap = fragment.left - segment.right;
        let size = segment.size.max(fragment.size);
        // Further to the right a number may as well be a cell of its own.
        let reach = if first || is_bullet(segment.text.trim()) { LABEL_GAP } else { NEAR_LABEL_GAP };
        let label = is_label(segment.text.trim()) && gap < reach * size;
        // Columns may share a base line within the tolerance without sharing the line: a far piece with another base.
        let same_base = (fragment.base - segment.base).abs() < 0.6 || gap < 0.25 * size;
        if (gap < WIDE_GAP * size && same_base && gap > -size * 20.0) || label {
            let joint = if gap < WORD_GAP * size { "" } else { " " };
            segment.take(&fragment, joint);
        } else {
            found.extend(current.replace(Segment::of(&fragment)));
            first = false;
        }
    }
    found.extend(current);
    found.retain(|segment| !segment.text.trim().is_empty());
}

fn is_bullet(text: &str) -> bool {
    let mut letters = text.chars();
    matches!((letters.next(), letters.next()), (Some(one), None) if "•◦▪■□●○‣–—-*·►▶➢✓✔".contains(one))
}

/// A bullet, or a number or letter with its point or bracket.
fn is_label(text: &str) -> bool {
    if is_bullet(text) {
        return true;
    }
    if text.len() > 8 || text.chars().count() < 2 {
        return false;
    }
    let body = text.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let pointed = body.len() < text.len();
    let numbers = !body.is_empty()
        && body.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let letter =
        body.len() <= 4 && body.chars().all(|letter| "ivxlcIVXLC".contains(letter)) || body.chars().count() == 1;
    (numbers && (pointed || body.contains('.'))) || (pointed && letter && !body.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(left: f32, right: f32, base: f32, text: &str) -> Fragment {
        Fragment { left, right, base, size: 10.0, bold: false, cell: 0.0, text: text.to_owned(), furniture: false }
    }

    #[test]
    fn kerning_joins_and_gaps_part() {
        let check = |fragments: Vec<Fragment>, expected: &[&str]| {
            let got: Vec<String> = segments(fragments).into_iter().map(|segment| segment.text).collect();
            assert_eq!(got, expected);
        };
        check(vec![fragment(0.0, 60.0, 5.0, "Income T"), fragment(59.2, 70.0, 5.0, "ax.")], &["Income Tax."]);
        check(vec![fragment(0.0, 60.0, 5.0, "Income"), fragment(63.0, 70.0, 5.0, "Tax")], &["Income Tax"]);
        check(vec![fragment(0.0, 60.0, 5.0, "Income"), fragment(80.0, 90.0, 5.0, "3")], &["Income", "3"]);
        check(vec![fragment(0.0, 4.0, 5.0, "•"), fragment(30.0, 90.0, 5.0, "Firewalls")], &["• Firewalls"]);
        check(vec![fragment(0.0, 12.0, 5.0, "1.1"), fragment(30.0, 90.0, 5.0, "Firewalls")], &["1.1 Firewalls"]);
        check(vec![fragment(0.0, 9.0, 5.0, "x"), fragment(9.0, 12.0, 2.5, "2")], &["x2"]);
        check(vec![fragment(0.0, 60.0, 15.0, "lower"), fragment(0.0, 60.0, 5.0, "upper")], &["upper", "lower"]);
    }

    #[test]
    fn labels() {
        for label in ["•", "1.", "1.2", "a)", "(iv)", "1.2.3", "-"] {
            assert!(is_label(label), "{label}");
        }
        for word in ["ACCT", "2301", "Title", "3", "I"] {
            assert!(!is_label(word), "{word}");
        }
    }
}
