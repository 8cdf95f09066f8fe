//! The small sentence encoder: a few transformer layers over the rows of the static table, distilled and trained by
//! `tools/alignment` (`model/MODEL_CARD.md` says from what).
//!
//! x₀(i) = row(token i) + place(i) · each layer: x += O · attend(QKV · n(x)), then x += D · relu(U · n(x) + b), where n divides by the
//! root of the mean square · the vector of a text is the direction of Σᵢ x(i). Without layers this is the static table's own vector.
//!
//! File, little-endian: magic `CWEN`, u32 version 1, dims, heads, hidden, layers, places; places × dims f32; then a layer's matrices
//! QKV, O, U, D, each as one f32 scale an output and outputs × inputs i16, with U's bias (f32) after U.

use std::sync::LazyLock;

use crate::attention::{AttentionRoom, attend};
use crate::floats::{add, sum_of};
use crate::linear::{Linear, Room};
use crate::table::TABLE;
use crate::wordpiece::WORD_PIECE;

static BYTES: &[u8] = include_bytes!("../model/encoder.bin");

/// The embedded encoder.
#[expect(clippy::expect_used, reason = "compiled in; a test reads it")]
pub(crate) static ENCODER: LazyLock<Encoder> =
    LazyLock::new(|| Encoder::read(BYTES).expect("the embedded encoder is whole"));

/// The encoder file, for the digest of the weights.
pub(crate) fn bytes() -> &'static [u8] {
    BYTES
}

struct Layer {
    mix: Linear,
    out: Linear,
    up: Linear,
    down: Linear,
}

/// Layers over the static table.
pub(crate) struct Encoder {
    width: usize,
    heads: usize,
    places: Vec<f32>,
    layers: Vec<Layer>,
}

/// Why an encoder cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EncoderError {
    /// The first bytes are not those of an encoder of this version for this table.
    #[error("not an encoder of version 1 for this table")]
    NotAnEncoder,
    /// It ends too early, goes on too long, or has numbers that do not fit together.
    #[error("the encoder's numbers do not fit together")]
    Broken,
}

/// Reads numbers one after another.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn four(&mut self) -> Result<[u8; 4], EncoderError> {
        let (four, rest) = self.0.split_first_chunk().ok_or(EncoderError::Broken)?;
        self.0 = rest;
        Ok(*four)
    }

    fn size(&mut self) -> Result<usize, EncoderError> {
        Ok(u32::from_le_bytes(self.four()?) as usize)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, EncoderError> {
        (0..count).map(|_| self.four().map(f32::from_le_bytes)).collect()
    }

    fn linear(&mut self, inputs: usize, outputs: usize, bias: bool) -> Result<Linear, EncoderError> {
        let scales = self.floats(outputs)?;
        let (steps, rest) = self.0.split_at_checked(2 * inputs * outputs).ok_or(EncoderError::Broken)?;
        self.0 = rest;
        let steps: Vec<i16> = steps.as_chunks().0.iter().map(|two| i16::from_le_bytes(*two)).collect();
        let bias = if bias { self.floats(outputs)? } else { Vec::new() };
        Linear::new(inputs, &steps, scales, bias).ok_or(EncoderError::Broken)
    }
}

impl Encoder {
    fn read(bytes: &[u8]) -> Result<Self, EncoderError> {
        let mut reader = Reader(bytes.strip_prefix(b"CWEN").ok_or(EncoderError::NotAnEncoder)?);
        if reader.size()? != 1 {
            return Err(EncoderError::NotAnEncoder);
        }
        let [width, heads, hidden, layers, places] =
            [reader.size()?, reader.size()?, reader.size()?, reader.size()?, reader.size()?];
        if width != TABLE.width || heads == 0 || width % heads != 0 || places == 0 {
            return Err(EncoderError::NotAnEncoder);
        }
        let places = reader.floats(places * width)?;
        let layers = (0..layers).map(|_| {
            Ok(Layer {
                mix: reader.linear(width, 3 * width, false)?,
                out: reader.linear(width, width, false)?,
                up: reader.linear(width, hidden, true)?,
                down: reader.linear(hidden, width, false)?,
            })
        });
        let layers = layers.collect::<Result<_, EncoderError>>()?;
        if reader.0.is_empty() { Ok(Self { width, heads, places, layers }) } else { Err(EncoderError::Broken) }
    }

    /// The sums of the vectors of `texts`; zero for a text without a word piece.
    pub(crate) fn sums(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let most = self.places.len() / self.width;
        let pieces: Vec<Vec<u16>> = texts
            .iter()
            .map(|text| {
                let mut pieces = WORD_PIECE.encode(text);
                pieces.retain(|piece| TABLE.counts(*piece));
                pieces.truncate(most);
                pieces
            })
            .collect();
        let lengths: Vec<usize> = pieces.iter().map(Vec::len).collect();
        let mut tokens = self.rows(&pieces);
        let mut work = Work::default();
        for layer in &self.layers {
            self.pass(layer, &lengths, &mut tokens, &mut work);
        }
        let mut rest = tokens.as_slice();
        let sum = |length: &usize| {
            let (own, others) = rest.split_at(length * self.width);
            rest = others;
            let mut sum = vec![0.0; self.width];
            for token in own.chunks_exact(self.width) {
                add(&mut sum, token);
            }
            sum
        };
        lengths.iter().map(sum).collect()
    }

    /// Row and place of every piece.
    fn rows(&self, pieces: &[Vec<u16>]) -> Vec<f32> {
        let mut tokens = Vec::with_capacity(pieces.iter().map(Vec::len).sum::<usize>() * self.width);
        for text in pieces {
            for (piece, place) in text.iter().zip(self.places.chunks_exact(self.width)) {
                let start = tokens.len();
                tokens.extend_from_slice(place);
                TABLE.add_piece(*piece, 1.0, &mut tokens[start..]);
            }
        }
        tokens
    }

    fn pass(&self, layer: &Layer, lengths: &[usize], tokens: &mut [f32], work: &mut Work) {
        let width = self.width;
        normalise(tokens, width, &mut work.normal);
        layer.mix.apply(&work.normal, &mut work.room, &mut work.wide);
        work.seen.clear();
        let mut mixed = work.wide.as_slice();
        for length in lengths {
            let (own, others) = mixed.split_at(length * 3 * width);
            attend(own, width, self.heads, &mut work.attention, &mut work.seen);
            mixed = others;
        }
        layer.out.apply(&work.seen, &mut work.room, &mut work.wide);
        add(tokens, &work.wide);
        normalise(tokens, width, &mut work.normal);
        layer.up.apply(&work.normal, &mut work.room, &mut work.wide);
        for value in &mut work.wide {
            *value = if *value > 0.0 { *value } else { 0.0 };
        }
        layer.down.apply(&work.wide, &mut work.room, &mut work.normal);
        add(tokens, &work.normal);
    }
}

/// Scratch space of a pass.
#[derive(Default)]
struct Work {
    normal: Vec<f32>,
    wide: Vec<f32>,
    seen: Vec<f32>,
    room: Room,
    attention: AttentionRoom,
}

/// Every token divided by the root of its mean square.
fn normalise(tokens: &[f32], width: usize, out: &mut Vec<f32>) {
    out.clear();
    for token in tokens.chunks_exact(width) {
        #[expect(clippy::cast_precision_loss, reason = "a token is some hundreds of numbers wide")]
        let scale = 1.0 / (sum_of(token, |value| value * value) / width as f32 + 1e-6).sqrt();
        out.extend(token.iter().map(|value| value * scale));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::unescape;
    use crate::vectors::{cosine, unit};

    #[test]
    fn cosines_equal_those_of_the_training_script() {
        let mut lines = 0;
        for line in include_str!("../model/golden_encoded.tsv").lines() {
            let parts: Vec<String> = line.split('\t').map(unescape).collect();
            let sums = ENCODER.sums(&[&parts[0], &parts[1]]);
            let expected: f32 = parts[2].parse().unwrap();
            let found = cosine(&unit(&sums[0]), &unit(&sums[1]));
            assert!((found - expected).abs() < 2e-3, "{line}: {found}");
            lines += 1;
        }
        assert!(lines >= 20);
    }

    #[test]
    fn a_text_has_the_same_vector_whatever_stands_beside_it() {
        let texts = ["Configure role-based access control", "", "Explain photosynthesis", "\u{0}\u{301}"];
        let together = ENCODER.sums(&texts);
        for (text, vector) in texts.iter().zip(&together) {
            assert_eq!(&ENCODER.sums(&[text])[0], vector);
        }
        assert!(together[1].iter().all(|value| *value == 0.0));
    }

    #[test]
    fn a_broken_encoder_is_refused() {
        assert_eq!(Encoder::read(b"CWXX").err(), Some(EncoderError::NotAnEncoder));
        assert_eq!(Encoder::read(b"CWEN\x02\0\0\0").err(), Some(EncoderError::NotAnEncoder));
        assert_eq!(Encoder::read(&BYTES[..BYTES.len() - 1]).err(), Some(EncoderError::Broken));
        assert_eq!(Encoder::read(&[BYTES, b"x"].concat()).err(), Some(EncoderError::Broken));
    }
}
