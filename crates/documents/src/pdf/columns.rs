//! Columns of text on a page, found by the white between them.
//!
//! A gutter is an upright strip that almost no segment crosses while many stand on either side of it. The few that do
//! cross (titles, running heads) divide the page into bands; within a band the columns follow one another from the
//! left. Narrow columns are no columns of text: they are a table's, and are left to it.

use super::segments::Segment;

/// The least share of the page's text width that a column of text has.
const NARROWEST_COLUMN: f32 = 0.22;
/// The least width of a gutter, in points.
const NARROWEST_GUTTER: f32 = 6.0;

/// Segments in reading order, in groups of one column within one band.
pub(super) fn columns(segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    let gutters = gutters(&segments);
    if gutters.is_empty() {
        return vec![segments];
    }
    let mut groups: Vec<Vec<Segment>> = Vec::new();
    let mut band: Vec<Vec<Segment>> = vec![Vec::new(); gutters.len() + 1];
    for segment in segments {
        if gutters.iter().any(|gutter| segment.left < *gutter && segment.right > *gutter) {
            groups.extend(band.iter_mut().map(std::mem::take));
            groups.push(vec![segment]);
        } else {
            let column = gutters.iter().take_while(|gutter| segment.left >= **gutter).count();
            band[column].push(segment);
        }
    }
    groups.extend(band);
    groups.retain(|group| !group.is_empty());
    groups
}

/// The middles of the gutters, from the left; none where the page has one column or a table over its whole width.
fn gutters(segments: &[Segment]) -> Vec<f32> {
    let body: Vec<&Segment> = segments.iter().filter(|segment| !segment.furniture).collect();
    let left = body.iter().map(|segment| segment.left).fold(f32::MAX, f32::min);
    let right = body.iter().map(|segment| segment.right).fold(f32::MIN, f32::max);
    if body.len() < 8 || right - left < 100.0 {
        return Vec::new();
    }
    let strips = strips(&body, left, right);
    let middles: Vec<f32> = strips.iter().map(|(from, to)| (from + to) / 2.0).collect();
    let mut edges = vec![left];
    for (from, to) in &strips {
        edges.extend([*from, *to]);
    }
    edges.push(right);
    let wide = edges.chunks(2).all(|column| column[1] - column[0] >= NARROWEST_COLUMN * (right - left));
    if wide { middles } else { Vec::new() }
}

/// Upright strips that almost nothing crosses and that have enough on either side.
fn strips(body: &[&Segment], left: f32, right: f32) -> Vec<(f32, f32)> {
    let allowed = (body.len() / 25).max(2);
    let enough = (body.len() / 12).max(3);
    let width = (right - left).ceil() as usize;
    let mut crossing = vec![0_usize; width + 1];
    for segment in body {
        let from = (segment.left - left).floor().max(0.0) as usize;
        let to = ((segment.right - left).ceil() as usize).min(width);
        crossing[from.min(width)..to].iter_mut().for_each(|count| *count += 1);
    }
    let mut strips = Vec::new();
    let mut begun: Option<usize> = None;
    // The last place lies behind the edge and ends a strip that reaches it.
    crossing[width] = usize::MAX;
    for (at, crossing) in crossing.iter().enumerate() {
        if *crossing <= allowed {
            begun.get_or_insert(at);
        } else if let Some(from) = begun.take() {
            let (from, to) = (left + from as f32, left + at as f32);
            let before = body.iter().filter(|segment| segment.right <= from + 1.0).count();
            let after = body.iter().filter(|segment| segment.left >= to - 1.0).count();
            if to - from >= NARROWEST_GUTTER && before >= enough && after >= enough {
                strips.push((from, to));
            }
        }
    }
    strips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(left: f32, right: f32, base: f32, text: &str) -> Segment {
        Segment { left, right, base, size: 10.0, bold: 0, text: text.to_owned(), furniture: false }
    }

    /// Ten lines in the spans given, with a title over all.
    fn page(spans: &[(f32, f32)]) -> Vec<Segment> {
        let mut page = vec![segment(50.0, 550.0, 10.0, "title")];
        for line in 0..10_u8 {
            for (column, (left, right)) in spans.iter().enumerate() {
                page.push(segment(*left, *right, 30.0 + 12.0 * f32::from(line), &format!("{column}.{line}")));
            }
        }
        page
    }

    #[test]
    fn columns_follow_one_another_below_a_title() {
        let groups = columns(page(&[(50.0, 290.0), (310.0, 550.0)]));
        let firsts: Vec<(&str, usize)> = groups.iter().map(|group| (group[0].text.as_str(), group.len())).collect();
        assert_eq!(firsts, [("title", 1), ("0.0", 10), ("1.0", 10)]);
        assert_eq!(columns(page(&[(50.0, 200.0), (215.0, 380.0), (395.0, 550.0)])).len(), 4);
    }

    #[test]
    fn a_table_and_plain_text_stay_whole() {
        assert_eq!(columns(page(&[(50.0, 100.0), (115.0, 250.0), (280.0, 300.0), (320.0, 550.0)])).len(), 1);
        assert_eq!(columns(page(&[(50.0, 550.0)])).len(), 1);
    }
}
