//! A model made up for tests: eight numbers wide, with weights by a formula.

use safetensors::{Dtype, serialize, tensor::TensorView};

pub(crate) const CONFIG: &str = r#"{"model_type":"bert","hidden_size":8,"intermediate_size":16,"num_attention_heads":2,"num_hidden_layers":2,
"max_position_embeddings":16,"hidden_act":"gelu","layer_norm_eps":1e-12}"#;

pub(crate) fn vocabulary() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../align/model/vocab.txt")).unwrap()
}

/// Names and shapes in the order that numbers them.
fn shapes() -> Vec<(String, Vec<usize>)> {
    let mut all: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![30_522, 8]),
        ("embeddings.position_embeddings.weight".into(), vec![16, 8]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, 8]),
        ("embeddings.LayerNorm.weight".into(), vec![8]),
        ("embeddings.LayerNorm.bias".into(), vec![8]),
    ];
    for layer in 0..2 {
        let dense = [
            ("attention.self.query", 8, 8),
            ("attention.self.key", 8, 8),
            ("attention.self.value", 8, 8),
            ("attention.output.dense", 8, 8),
            ("attention.output.LayerNorm", 8, 0),
            ("intermediate.dense", 16, 8),
            ("output.dense", 8, 16),
            ("output.LayerNorm", 8, 0),
        ];
        for (part, outputs, inputs) in dense {
            let name = format!("encoder.layer.{layer}.{part}");
            let shape = if inputs == 0 { vec![outputs] } else { vec![outputs, inputs] };
            all.push((format!("{name}.weight"), shape));
            all.push((format!("{name}.bias"), vec![outputs]));
        }
    }
    all
}

/// The file of weights, whole or without one.
#[expect(clippy::cast_possible_truncation, reason = "weights are below one half")]
pub(crate) fn weights(left_out: Option<&str>) -> Vec<u8> {
    let number = |tensor: usize, at: usize| ((tensor + 1) * 7_919 + at * 104_729) % 2_003;
    let bytes: Vec<(String, Vec<usize>, Vec<u8>)> = shapes()
        .into_iter()
        .enumerate()
        .map(|(tensor, (name, shape))| {
            let value = |at| (f64::from(u32::try_from(number(tensor, at)).unwrap()) / 2_003.0 - 0.5) as f32;
            let count = shape.iter().product::<usize>();
            (name, shape, (0..count).flat_map(|at| value(at).to_le_bytes()).collect())
        })
        .filter(|(name, ..)| Some(name.as_str()) != left_out)
        .collect();
    let views = bytes
        .iter()
        .map(|(name, shape, data)| (name.clone(), TensorView::new(Dtype::F32, shape.clone(), data).unwrap()));
    serialize(views, None).unwrap()
}
