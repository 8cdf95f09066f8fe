//! A picture of what comes before what: boxes in layers with arrows between them, as SVG.
//!
//! It carries no colours and no fonts of its own: classes say what a box is, and the page's style sheet gives them their look in
//! light, dark, high contrast and print. Every picture has a table beside it with the same in words; the picture names itself by a
//! title and a description.
//!
//! Layout: Sugiyama, Tagawa and Toda's layers, as in the `dagre` library.

use std::fmt::Write;

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, Point, RankDir, layout};

/// A box of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureBox {
    /// Its key, unlike any other's.
    pub key: String,
    /// Its name.
    pub name: String,
    /// A line below the name.
    pub below: String,
    /// What it is, as classes of the style sheet.
    pub classes: Vec<&'static str>,
    /// The address it leads to.
    pub link: Option<String>,
}

/// An arrow between two boxes, by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureArrow {
    /// From.
    pub from: usize,
    /// To.
    pub to: usize,
    /// Whether one way among several: drawn dashed.
    pub choice: bool,
}

/// Width of a box.
const WIDTH: f64 = 210.0;
/// Height of a line of text.
const LINE: f64 = 18.0;
/// Room above and below the lines of a box.
const ROOM: f64 = 12.0;
/// Characters that fit on a line of a name.
const FITS: usize = 23;
/// Characters that fit on the line below it, whose letters are smaller.
const FITS_BELOW: usize = 28;

/// Draws the picture.
#[must_use]
pub fn picture(title: &str, description: &str, boxes: &[PictureBox], arrows: &[PictureArrow]) -> String {
    let lines: Vec<Vec<String>> = boxes.iter().map(lines).collect();
    let laid = lay(boxes, &lines, arrows);
    let mut svg = String::new();
    let (width, height) = size(&laid);
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<svg class=\"picture\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"group\" \
         aria-labelledby=\"picture-title picture-description\"><title id=\"picture-title\">{}</title>\
         <desc id=\"picture-description\">{}</desc><defs><marker id=\"picture-head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" \
         markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path class=\"picture-head\" d=\"M0 0 10 5 0 10z\"/></marker></defs>",
        escape(title),
        escape(description),
    );
    for (arrow, points) in arrows.iter().zip(&laid.arrows) {
        draw_arrow(&mut svg, arrow, points);
    }
    for ((one, lines), place) in boxes.iter().zip(&lines).zip(&laid.boxes) {
        draw_box(&mut svg, one, lines, *place);
    }
    svg.push_str("</svg>");
    svg
}

/// Places of boxes (middle, width, height) and the bends of arrows.
struct Laid {
    boxes: Vec<(f64, f64, f64)>,
    arrows: Vec<Vec<Point>>,
}

fn lay(boxes: &[PictureBox], lines: &[Vec<String>], arrows: &[PictureArrow]) -> Laid {
    let mut graph: Graph<NodeLabel, EdgeLabel> =
        Graph::with_options(GraphOptions { directed: true, multigraph: false, compound: false });
    let key = |index: usize| format!("{index:05}");
    let height = |index: usize| 2.0 * ROOM + LINE * to_float(lines[index].len());
    for index in 0..boxes.len() {
        let label = NodeLabel { width: WIDTH, height: height(index), ..NodeLabel::default() };
        graph.set_node(key(index), Some(label));
    }
    for arrow in arrows {
        graph.set_edge(key(arrow.from), key(arrow.to), Some(EdgeLabel::default()), None);
    }
    let options = LayoutOptions {
        rankdir: RankDir::TB,
        nodesep: 36.0,
        ranksep: 48.0,
        edgesep: 16.0,
        marginx: 8.0,
        marginy: 8.0,
        ..LayoutOptions::default()
    };
    layout(&mut graph, Some(options));
    let place = |index: usize| {
        let node = graph.node(&key(index));
        let at = node.and_then(|node| node.x.zip(node.y)).unwrap_or_default();
        (at.0, at.1, height(index))
    };
    let bends = |arrow: &PictureArrow| {
        graph.edge(&key(arrow.from), &key(arrow.to), None).map(|edge| edge.points.clone()).unwrap_or_default()
    };
    Laid { boxes: (0..boxes.len()).map(place).collect(), arrows: arrows.iter().map(bends).collect() }
}

fn size(laid: &Laid) -> (f64, f64) {
    let right = laid.boxes.iter().map(|(x, _, _)| x + WIDTH / 2.0);
    let low = laid.boxes.iter().map(|(_, y, height)| y + height / 2.0);
    let bends = laid.arrows.iter().flatten();
    let widest = right.chain(bends.clone().map(|point| point.x)).fold(WIDTH, f64::max);
    let lowest = low.chain(bends.map(|point| point.y)).fold(LINE, f64::max);
    (widest + 8.0, lowest + 8.0)
}

fn draw_arrow(svg: &mut String, arrow: &PictureArrow, points: &[Point]) {
    let Some(first) = points.first() else { return };
    let class = if arrow.choice { "picture-arrow picture-choice" } else { "picture-arrow" };
    let _ = write!(svg, "<path class=\"{class}\" marker-end=\"url(#picture-head)\" d=\"M{:.1} {:.1}", first.x, first.y);
    for point in &points[1..] {
        let _ = write!(svg, " L{:.1} {:.1}", point.x, point.y);
    }
    svg.push_str("\"/>");
}

fn draw_box(svg: &mut String, one: &PictureBox, lines: &[String], (x, y, height): (f64, f64, f64)) {
    let (left, top) = (x - WIDTH / 2.0, y - height / 2.0);
    if let Some(link) = &one.link {
        let _ = write!(svg, "<a href=\"{}\">", escape(link));
    }
    let _ = write!(
        svg,
        "<g class=\"picture-box {}\"><rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{WIDTH:.0}\" height=\"{height:.1}\" rx=\"8\"/>",
        one.classes.join(" ")
    );
    for (index, line) in lines.iter().enumerate() {
        let class = if index + 1 == lines.len() { "picture-below" } else { "picture-name" };
        let base = top + ROOM + LINE * (to_float(index) + 0.75);
        let _ = write!(svg, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{base:.1}\">{}</text>", escape(line));
    }
    svg.push_str("</g>");
    if one.link.is_some() {
        svg.push_str("</a>");
    }
}

/// The name in lines that fit, then the line below it.
fn lines(one: &PictureBox) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in one.name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= FITS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(short(word, FITS)),
        }
    }
    lines.push(short(&one.below, FITS_BELOW));
    lines
}

fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most - 1).collect();
    format!("{kept}…")
}

#[expect(clippy::cast_precision_loss, reason = "a number of lines")]
const fn to_float(number: usize) -> f64 {
    number as f64
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(key: &str, name: &str) -> PictureBox {
        PictureBox {
            key: key.to_owned(),
            name: name.to_owned(),
            below: "course".to_owned(),
            classes: vec!["a"],
            link: None,
        }
    }

    fn arrow(from: usize, to: usize) -> PictureArrow {
        PictureArrow { from, to, choice: false }
    }

    #[test]
    fn boxes_do_not_overlap_and_arrows_lead_down() {
        let boxes: Vec<PictureBox> =
            (0..8).map(|index| one(&index.to_string(), "A name of several words to be broken")).collect();
        let arrows =
            [arrow(0, 3), arrow(1, 3), arrow(2, 4), arrow(3, 5), arrow(4, 5), arrow(5, 6), arrow(0, 6), arrow(5, 7)];
        let lines: Vec<Vec<String>> = boxes.iter().map(lines).collect();
        let laid = lay(&boxes, &lines, &arrows);
        for (index, (x, y, height)) in laid.boxes.iter().enumerate() {
            for (other_x, other_y, other_height) in &laid.boxes[index + 1..] {
                let apart =
                    (x - other_x).abs() >= WIDTH || (y - other_y).abs() >= f64::midpoint(*height, *other_height);
                assert!(apart, "{index}");
            }
        }
        for arrow in &arrows {
            assert!(laid.boxes[arrow.from].1 < laid.boxes[arrow.to].1, "{arrow:?}");
        }
        assert!(laid.arrows.iter().all(|points| points.len() >= 2));
    }

    #[test]
    fn the_same_boxes_give_the_same_picture_and_nothing_breaks_out() {
        let boxes = [one("a", "<script>&\"x\""), one("b", "B")];
        let draw = || picture("T & U", "d", &boxes, &[arrow(0, 1)]);
        assert_eq!(draw(), draw());
        assert!(!draw().contains("<script>"));
        assert!(draw().contains("&lt;script&gt;&amp;&quot;x&quot;"));
        assert!(picture("empty", "", &[], &[]).ends_with("</svg>"));
    }
}
