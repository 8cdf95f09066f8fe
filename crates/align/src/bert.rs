//! A sentence encoder of the BERT family, run in whole-number products like the small one: what the deep engine adds.
//!
//! x₀ = n(word + place + segment 0) · each layer: x = n(x + O · attend(QKV · x)), then x = n(x + D · gelu(U · x)), n being layer
//! normalisation with gain and shift · the vector of a text is the direction of the mean over its tokens, `[CLS]` and `[SEP]`
//! among them. Sources: Devlin et al., "BERT" (2019); Wang et al., "MiniLM" (2020); mean pooling as in sentence-transformers.
//! Weights are read from `model.safetensors`; the vocabulary must be the one compiled in (the uncased English one).

use safetensors::SafeTensors;
use serde::Deserialize;

use crate::attention::{AttentionRoom, attend};
use crate::exact::exponential_32;
use crate::floats::{add, sum_of};
use crate::hash::digest;
use crate::linear::{Linear, Room};
use crate::wordpiece::{WORD_PIECE, vocabulary};

const CLASSIFY: u16 = 101;
const SEPARATE: u16 = 102;
/// Word pieces read of a text, as far as the model has places.
const LONGEST: usize = 256;

/// Why a model cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// `config.json` or `model.safetensors` is broken.
    #[error("{0}")]
    Unreadable(String),
    /// Another kind of model.
    #[error("the model is of a kind Credway cannot run: {0}")]
    OtherKind(String),
    /// A tensor is missing or has another shape.
    #[error("the model's tensor {0} is missing or has another shape than config.json says")]
    Tensor(String),
    /// Its words are numbered otherwise.
    #[error("the model's vocabulary is not the uncased English one of 30,522 word pieces")]
    Vocabulary,
}

/// The files of a model folder that are read.
#[derive(Clone, Copy, Debug)]
pub struct ModelFiles<'a> {
    /// `config.json`.
    pub config: &'a [u8],
    /// `vocab.txt`.
    pub vocabulary: &'a [u8],
    /// `model.safetensors`.
    pub weights: &'a [u8],
}

#[derive(Deserialize)]
struct Configuration {
    model_type: String,
    hidden_size: usize,
    intermediate_size: usize,
    num_attention_heads: usize,
    num_hidden_layers: usize,
    max_position_embeddings: usize,
    hidden_act: String,
    layer_norm_eps: f32,
    #[serde(default = "absolute")]
    position_embedding_type: String,
}

fn absolute() -> String {
    "absolute".to_owned()
}

struct Normal {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

struct Layer {
    mix: Linear,
    out: Linear,
    after_mix: Normal,
    up: Linear,
    down: Linear,
    after_down: Normal,
}

/// A model, ready to run.
pub struct Bert {
    width: usize,
    heads: usize,
    smallest: f32,
    words: Vec<f32>,
    places: Vec<f32>,
    first: Normal,
    layers: Vec<Layer>,
    digest: String,
}

impl std::fmt::Debug for Bert {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Bert").field("layers", &self.layers.len()).field("digest", &self.digest).finish()
    }
}

/// Tensors by name.
struct Tensors<'a>(SafeTensors<'a>);

impl Tensors<'_> {
    fn numbers(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let missing = || ModelError::Tensor(name.to_owned());
        let bare = self.0.tensor(name).or_else(|_| self.0.tensor(&format!("bert.{name}"))).map_err(|_| missing())?;
        let data = bare.data();
        if bare.dtype() != safetensors::Dtype::F32 || data.len() != 4 * count {
            return Err(missing());
        }
        Ok(data.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    fn normal(&self, name: &str, width: usize) -> Result<Normal, ModelError> {
        Ok(Normal {
            gain: self.numbers(&format!("{name}.weight"), width)?,
            shift: self.numbers(&format!("{name}.bias"), width)?,
        })
    }

    /// Matrices with the same inputs, one after another as one.
    fn linear(&self, names: &[String], inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            weights.extend(self.numbers(&format!("{name}.weight"), inputs * outputs)?);
            bias.extend(self.numbers(&format!("{name}.bias"), outputs)?);
        }
        Linear::rounded(inputs, &weights, bias).ok_or_else(|| ModelError::Tensor(names.join(", ")))
    }
}

impl Bert {
    /// Reads a model.
    ///
    /// # Errors
    /// [`ModelError`] when it is broken, of another kind, or has another vocabulary.
    pub fn read(files: ModelFiles<'_>) -> Result<Self, ModelError> {
        let configuration: Configuration = serde_json::from_slice(files.config)
            .map_err(|error| ModelError::Unreadable(format!("config.json cannot be read: {error}")))?;
        configuration.check()?;
        if !lines(files.vocabulary).eq(lines(vocabulary())) {
            return Err(ModelError::Vocabulary);
        }
        let tensors = SafeTensors::deserialize(files.weights)
            .map_err(|error| ModelError::Unreadable(format!("model.safetensors cannot be read: {error}")))?;
        Self::assemble(&configuration, &Tensors(tensors), digest(&[files.config, files.weights]))
    }

    fn assemble(configuration: &Configuration, tensors: &Tensors<'_>, digest: String) -> Result<Self, ModelError> {
        let (width, hidden) = (configuration.hidden_size, configuration.intermediate_size);
        let pieces = WORD_PIECE.len();
        let mut places =
            tensors.numbers("embeddings.position_embeddings.weight", configuration.max_position_embeddings * width)?;
        places.truncate(LONGEST.min(configuration.max_position_embeddings) * width);
        let segment = tensors.numbers("embeddings.token_type_embeddings.weight", 2 * width)?;
        for place in places.chunks_exact_mut(width) {
            add(place, &segment[..width]);
        }
        let layer = |number: usize| {
            let name = |part: &str| format!("encoder.layer.{number}.{part}");
            let mix = ["query", "key", "value"].map(|part| name(&format!("attention.self.{part}")));
            Ok(Layer {
                mix: tensors.linear(&mix, width, width)?,
                out: tensors.linear(&[name("attention.output.dense")], width, width)?,
                after_mix: tensors.normal(&name("attention.output.LayerNorm"), width)?,
                up: tensors.linear(&[name("intermediate.dense")], width, hidden)?,
                down: tensors.linear(&[name("output.dense")], hidden, width)?,
                after_down: tensors.normal(&name("output.LayerNorm"), width)?,
            })
        };
        Ok(Self {
            width,
            heads: configuration.num_attention_heads,
            smallest: configuration.layer_norm_eps,
            words: tensors.numbers("embeddings.word_embeddings.weight", pieces * width)?,
            places,
            first: tensors.normal("embeddings.LayerNorm", width)?,
            layers: (0..configuration.num_hidden_layers).map(layer).collect::<Result<_, ModelError>>()?,
            digest,
        })
    }

    /// Numbers of a vector.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Digest of the weights.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The sums over the tokens of each text, `[CLS]` and `[SEP]` among them; their directions are the texts' vectors.
    #[must_use]
    pub fn sums(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let most = self.places.len() / self.width;
        let pieces: Vec<Vec<u16>> = texts.iter().map(|text| framed(text, most)).collect();
        let mut tokens = Vec::new();
        for (piece, place) in pieces.iter().flat_map(|text| text.iter().zip(self.places.chunks_exact(self.width))) {
            let start = tokens.len();
            tokens.extend_from_slice(place);
            add(&mut tokens[start..], &self.words[usize::from(*piece) * self.width..][..self.width]);
        }
        self.first.apply(&mut tokens, self.smallest);
        let mut work = Work::default();
        for layer in &self.layers {
            self.pass(layer, &pieces, &mut tokens, &mut work);
        }
        let mut rest = tokens.as_slice();
        let sum = |text: &Vec<u16>| {
            let (own, others) = rest.split_at(text.len() * self.width);
            rest = others;
            let mut sum = vec![0.0; self.width];
            for token in own.chunks_exact(self.width) {
                add(&mut sum, token);
            }
            sum
        };
        pieces.iter().map(sum).collect()
    }

    fn pass(&self, layer: &Layer, pieces: &[Vec<u16>], tokens: &mut [f32], work: &mut Work) {
        layer.mix.apply(tokens, &mut work.room, &mut work.wide);
        work.seen.clear();
        let mut mixed = work.wide.as_slice();
        for text in pieces {
            let (own, others) = mixed.split_at(text.len() * 3 * self.width);
            attend(own, self.width, self.heads, &mut work.attention, &mut work.seen);
            mixed = others;
        }
        layer.out.apply(&work.seen, &mut work.room, &mut work.wide);
        add(tokens, &work.wide);
        layer.after_mix.apply(tokens, self.smallest);
        layer.up.apply(tokens, &mut work.room, &mut work.wide);
        for value in &mut work.wide {
            *value = gelu(*value);
        }
        layer.down.apply(&work.wide, &mut work.room, &mut work.seen);
        add(tokens, &work.seen);
        layer.after_down.apply(tokens, self.smallest);
    }
}

impl Configuration {
    fn check(&self) -> Result<(), ModelError> {
        let other = |what: String| Err(ModelError::OtherKind(what));
        if !self.layer_norm_eps.is_finite() || self.layer_norm_eps < 0.0 {
            return other("layer_norm_eps is no small number".to_owned());
        }
        if self.model_type != "bert" {
            return other(format!("model_type is “{}”, not “bert”", self.model_type));
        }
        if self.hidden_act != "gelu" || self.position_embedding_type != "absolute" {
            return other("only gelu and absolute positions are known".to_owned());
        }
        let heads = self.num_attention_heads;
        if !(1..=64).contains(&heads)
            || self.hidden_size == 0
            || self.intermediate_size == 0
            || !self.hidden_size.is_multiple_of(2 * heads)
            || self.hidden_size > 4_096
            || !self.intermediate_size.is_multiple_of(2)
        {
            return other("its widths do not fit its heads".to_owned());
        }
        if self.num_hidden_layers > 48
            || !(3..=65_536).contains(&self.max_position_embeddings)
            || self.intermediate_size > 16_384
        {
            return other("it has too many layers, too few places or too wide layers".to_owned());
        }
        Ok(())
    }
}

/// The lines of a file, whatever they end with.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.trim_ascii_end().split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end)
}

/// The pieces of a text with `[CLS]` before and `[SEP]` after, at most `most`.
fn framed(text: &str, most: usize) -> Vec<u16> {
    let mut pieces = WORD_PIECE.encode(text);
    pieces.truncate(most - 2);
    pieces.insert(0, CLASSIFY);
    pieces.push(SEPARATE);
    pieces
}

/// Scratch space of a pass.
#[derive(Default)]
struct Work {
    wide: Vec<f32>,
    seen: Vec<f32>,
    room: Room,
    attention: AttentionRoom,
}

impl Normal {
    /// (x − mean) ÷ deviation · gain + shift, token by token.
    fn apply(&self, tokens: &mut [f32], smallest: f32) {
        let width = self.gain.len();
        #[expect(clippy::cast_precision_loss, reason = "a token is some hundreds of numbers wide")]
        let count = width as f32;
        for token in tokens.chunks_exact_mut(width) {
            let mean = sum_of(token, |value| value) / count;
            let square = sum_of(token, |value| (value - mean) * (value - mean)) / count;
            let scale = 1.0 / (square + smallest).sqrt();
            for ((value, gain), shift) in token.iter_mut().zip(&self.gain).zip(&self.shift) {
                *value = (*value - mean) * scale * gain + shift;
            }
        }
    }
}

/// x · Φ(x), with the error function by Abramowitz and Stegun, formula 7.1.26 (absolute error below 2 · 10⁻⁷).
fn gelu(value: f32) -> f32 {
    let x = value.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = ((((1.061_405_4 * t - 1.453_152_1) * t + 1.421_413_8) * t - 0.284_496_72) * t + 0.254_829_6) * t;
    let tail = 0.5 * series * exponential_32(-x * x);
    if value > 0.0 { value * (1.0 - tail) } else { value * tail }
}
