//! Running heads and feet: what stands at the same height on many pages, apart from the text, in the same words but for
//! numbers and capitals (page numbers, first and last codes).

use std::collections::BTreeMap;

use super::drafts::Draft;

/// The least number of pages that share a head or foot.
const FEWEST_PAGES: usize = 3;
/// How far its height may differ, in points.
const SPREAD: f32 = 3.0;
/// How many lines from the edge may belong to it.
const DEPTH: usize = 2;

/// Marks the drafts that are heads or feet.
pub(super) fn mark(drafts: &mut [Draft], pages: usize, leading: f32) {
    let edges = edges(drafts, leading);
    let mut groups: BTreeMap<(bool, String, u32), Vec<(usize, bool)>> = BTreeMap::new();
    for (index, foot, apart) in edges {
        let draft = &drafts[index];
        // Heights next to one another fall into one of two overlapping classes.
        let height = (draft.base / SPREAD) as u32;
        for class in [height, height + 1] {
            groups.entry((foot, key(&draft.line.text), class)).or_default().push((index, apart));
        }
    }
    let enough = FEWEST_PAGES.max(pages / 5);
    for group in groups.values() {
        let apart = group.iter().filter(|(_, apart)| *apart).count();
        if group.len() >= enough && apart * 2 >= group.len() {
            for (index, _) in group {
                drafts[*index].furniture = true;
            }
        }
    }
}

/// The outermost lines of every page: index, whether at the foot, whether white parts it from the text.
fn edges(drafts: &[Draft], leading: f32) -> Vec<(usize, bool, bool)> {
    let mut pages: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        pages.entry(draft.page).or_default().push(index);
    }
    let mut found = Vec::new();
    for mut on_page in pages.into_values() {
        on_page.sort_by(|one, other| drafts[*one].base.total_cmp(&drafts[*other].base));
        let heights: Vec<f32> = on_page.iter().map(|index| drafts[*index].base).collect();
        let mut distinct = heights.clone();
        distinct.dedup_by(|one, other| (*one - *other).abs() < 1.0);
        for depth in 0..DEPTH.min(distinct.len().saturating_sub(1)) {
            let from_end = distinct.len() - 1 - depth;
            let head = distinct[depth + 1] - distinct[depth] > 1.3 * leading;
            let foot = distinct[from_end] - distinct[from_end - 1] > 1.3 * leading;
            for (at, is_foot, apart) in [(distinct[depth], false, head), (distinct[from_end], true, foot)] {
                let here = on_page.iter().filter(|index| (drafts[**index].base - at).abs() < 1.0);
                found.extend(here.map(|index| (*index, is_foot, apart)));
            }
        }
    }
    found
}

/// The words with numbers and words in capitals replaced by one mark.
fn key(text: &str) -> String {
    let word = |word: &str| {
        let capitals = word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase);
        if capitals || word.chars().any(|letter| letter.is_ascii_digit()) { "#".to_owned() } else { word.to_owned() }
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}
