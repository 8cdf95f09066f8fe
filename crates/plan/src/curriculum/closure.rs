//! Who can be reached from whom: one row of bits a course.

/// A square of bits: row by row, who is reached.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// Words of a row.
    width: usize,
    words: Vec<u64>,
}

impl Reach {
    /// Nobody reaches anybody.
    pub(super) fn none(courses: usize) -> Self {
        let width = courses.div_ceil(64);
        Self { width, words: vec![0; width * courses] }
    }

    /// Whether `to` is reached from `from`.
    pub(super) fn holds(&self, from: usize, to: usize) -> bool {
        self.words[from * self.width + to / 64] >> (to % 64) & 1 == 1
    }

    pub(super) fn insert(&mut self, from: usize, to: usize) {
        self.words[from * self.width + to / 64] |= 1 << (to % 64);
    }

    /// What `other` is reached from `through` is reached from `from` too.
    pub(super) fn take(&mut self, from: usize, other: &Self, through: usize) {
        let theirs = &other.words[through * other.width..][..other.width];
        for (mine, theirs) in self.words[from * self.width..][..self.width].iter_mut().zip(theirs) {
            *mine |= theirs;
        }
    }

    /// As [`Reach::take`], of this square itself.
    pub(super) fn follow(&mut self, from: usize, through: usize) {
        let (from, through) = (from * self.width, through * self.width);
        for word in 0..self.width {
            self.words[from + word] |= self.words[through + word];
        }
    }

    /// How many are reached from `from`.
    pub(super) fn count(&self, from: usize) -> usize {
        self.words[from * self.width..][..self.width].iter().map(|word| word.count_ones() as usize).sum()
    }
}
