//! Lines with a depth as a nested list: which tags open and close before each.
//!
//! Templates know no recursion; a list is walked once, and each line says what stands before it.

/// What stands before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Whether a list is opened; otherwise the item before ends.
    pub(crate) opens: bool,
    /// How many lists end before it.
    pub(crate) closes: usize,
}

/// The steps of lines of these depths, from 0, each at most one deeper than the one before; and how many lists end behind the last.
pub(crate) fn steps(depths: impl IntoIterator<Item = usize>) -> (Vec<Step>, usize) {
    let mut steps = Vec::new();
    let mut open = 0;
    for depth in depths {
        let opens = depth + 1 > open;
        let closes = open.saturating_sub(depth + 1);
        open = if opens { open + 1 } else { open - closes };
        steps.push(Step { opens, closes });
    }
    (steps, open)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list as tags.
    fn tags(depths: &[usize]) -> String {
        let (steps, open) = steps(depths.iter().copied());
        let mut html = String::new();
        for step in steps {
            html.push_str(if step.opens { "<ul>" } else { "</li>" });
            html.push_str(&"</ul></li>".repeat(step.closes));
            html.push_str("<li>x");
        }
        html + &"</li></ul>".repeat(open)
    }

    #[test]
    fn lists_are_opened_and_closed_in_turn() {
        assert_eq!(tags(&[]), "");
        assert_eq!(tags(&[0, 0]), "<ul><li>x</li><li>x</li></ul>");
        assert_eq!(
            tags(&[0, 1, 2, 0, 1]),
            "<ul><li>x<ul><li>x<ul><li>x</li></ul></li></ul></li><li>x<ul><li>x</li></ul></li></ul>"
        );
    }
}
