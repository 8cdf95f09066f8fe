//! Bars of text for coverage, so that a terminal shows it at a glance; the figure stands beside every bar.

/// A bar of `width` cells for `percent` of 100, in eighths of a cell.
pub(crate) fn bar(percent: f64, width: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 8 × width"
    )]
    let eighths = (percent.clamp(0.0, 100.0) / 100.0 * (width * 8) as f64).round() as usize;
    let mut drawn = "█".repeat(eighths / 8);
    drawn.push_str(PARTS[eighths % 8]);
    let cells = eighths.div_ceil(8);
    drawn.push_str(&"·".repeat(width - cells));
    drawn
}

/// A percentage with one decimal place, or "–" where there is none.
pub(crate) fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1} %"))
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn bars_have_their_width() {
        for (value, expected) in [(0.0, "····"), (50.0, "██··"), (100.0, "████"), (31.25, "█▎··"), (250.0, "████")]
        {
            assert_eq!(bar(value, 4), expected);
        }
    }
}
