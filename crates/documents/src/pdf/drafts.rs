//! Lines while they are being made: with the geometry that paragraphs and running heads are told by.

use credway_model::{PageArea, Place};

use super::segments::Segment;
use super::tables::{Row, Stretch};
use crate::document::{Cell, Kind, Line};

/// A line with its geometry.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) line: Line,
    pub(super) page: u32,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    /// Left edge of the column it stands in.
    pub(super) column: f32,
    /// Width of its first word.
    pub(super) first_word: f32,
    pub(super) furniture: bool,
    /// The grid it stands in, where it is a line of letters of one width.
    pub(super) grid: Option<Grid>,
}

/// A line's place in a grid of letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// Width of a letter, in points.
    pub(super) cell: f32,
    /// How many blank lines stand before it.
    pub(super) blank_before: usize,
}

impl Draft {
    /// The line it became, after its blank lines.
    pub(super) fn lines(self) -> impl Iterator<Item = Line> {
        let mut line = self.line;
        if self.furniture {
            line.kind = Kind::Furniture;
        }
        let blank = Line { kind: Kind::Preformatted, ..Line::plain(String::new(), line.place.clone(), true) };
        let blanks = self.grid.filter(|_| !self.furniture).map_or(0, |grid| grid.blank_before);
        std::iter::repeat_n(blank, blanks).chain([line])
    }
}

/// From this share of the letters' size on, white in a line is more than that between words.
const WIDE_WHITE: f32 = 1.0;

/// The drafts of one column of one page.
pub(super) fn drafts(page: u32, stretches: Vec<Stretch>, tables: &mut u32) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    for stretch in stretches {
        match stretch {
            Stretch::Text(lines) => found.extend(lines.iter().filter_map(|line| text(page, line))),
            Stretch::Table(rows) => {
                *tables += 1;
                found.extend(rows.iter().filter_map(|cells| row(page, cells, *tables)));
            }
        }
    }
    let column = found.iter().map(|draft| draft.left).fold(f32::MAX, f32::min);
    for draft in &mut found {
        draft.column = column;
        draft.line.indent = points(draft.left - column);
    }
    found
}

fn text(page: u32, line: &Row) -> Option<Draft> {
    let (mut words, mut bold) = (String::new(), 0);
    for (index, segment) in line.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|before| &line[before]) {
            // In justified text the white between words is wider than in a line of its own.
            words.push(if segment.left - before.right > WIDE_WHITE * segment.size { '\t' } else { ' ' });
        }
        if bold == words.trim_end().len() && segment.bold > 0 {
            bold = words.len() + segment.bold;
        }
        words.push_str(segment.text.trim_start());
    }
    let text = words.trim_end().to_owned();
    let bold = bold.min(text.len());
    let line_drafted = Line {
        size: line.first().map_or(0, |segment| (segment.size * 10.0).round() as u16),
        bold: floor_boundary(&text, bold),
        ..Line::plain(text, area(page, line.iter()), false)
    };
    draft(page, line_drafted, line.iter())
}

fn row(page: u32, cells: &[Vec<Segment>], table: u32) -> Option<Draft> {
    let all = || cells.iter().flatten();
    let cell = |segments: &Vec<Segment>| Cell {
        text: segments.iter().map(|segment| segment.text.trim()).collect::<Vec<_>>().join("\n"),
        place: area(page, segments.iter()),
    };
    let cells_drafted: Vec<Cell> = cells.iter().map(cell).collect();
    let text = cells_drafted.iter().map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join("\t");
    let bold = if all().all(|segment| segment.bold >= segment.text.trim_end().len()) { text.len() } else { 0 };
    let size = all().next().map_or(0, |segment| (segment.size * 10.0).round() as u16);
    let line = Line { kind: Kind::Row(cells_drafted), size, bold, table, ..Line::plain(text, area(page, all()), true) };
    draft(page, line, all())
}

pub(super) fn draft<'a>(page: u32, line: Line, segments: impl Iterator<Item = &'a Segment> + Clone) -> Option<Draft> {
    let first = segments.clone().next()?;
    let word = first.text.trim_start();
    let letters = word.chars().count().max(1) as f32;
    let first_letters = word.split_whitespace().next().map_or(0, |one| one.chars().count()) as f32;
    Some(Draft {
        page,
        left: segments.clone().map(|segment| segment.left).fold(f32::MAX, f32::min),
        right: segments.clone().map(|segment| segment.right).fold(f32::MIN, f32::max),
        base: first.base,
        size: first.size,
        column: 0.0,
        first_word: (first.right - first.left) * first_letters / letters,
        furniture: segments.clone().all(|segment| segment.furniture),
        grid: None,
        line,
    })
}

pub(super) fn area<'a>(page: u32, segments: impl Iterator<Item = &'a Segment> + Clone) -> Place {
    if segments.clone().next().is_none() {
        return Place::Pages(Vec::new());
    }
    let least = |figure: fn(&Segment) -> f32| segments.clone().map(figure).fold(f32::MAX, f32::min);
    let most = |figure: fn(&Segment) -> f32| segments.clone().map(figure).fold(f32::MIN, f32::max);
    Place::Pages(vec![PageArea {
        page,
        left: points(least(|segment| segment.left).floor()),
        top: points(least(Segment::top).floor()),
        right: points(most(|segment| segment.right).ceil()),
        bottom: points(most(Segment::bottom).ceil()),
    }])
}

fn points(figure: f32) -> u16 {
    figure.clamp(0.0, f32::from(u16::MAX)) as u16
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
