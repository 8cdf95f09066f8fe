//! The deep engine with a model made up for the test: eight numbers wide, with weights by a formula. The expected sums come from the same
//! formula in double precision outside of Credway.

use credway_align::{Bert, Engine, ModelError, ModelFiles, ShippedEngine, Statement};
use safetensors::{Dtype, serialize, tensor::TensorView};

const CONFIG: &str = r#"{"model_type":"bert","hidden_size":8,"intermediate_size":16,"num_attention_heads":2,"num_hidden_layers":2,
"max_position_embeddings":16,"hidden_act":"gelu","layer_norm_eps":1e-12}"#;

const EXPECTED: [f64; 8] = [-1.1614, 0.8379, 7.2895, 3.5576, -1.0816, 5.6881, 5.4501, -2.1926];
const EXPECTED_LONG: [f64; 8] = [-1.7124, 1.1724, 10.5208, 5.1853, -1.5694, 8.3488, 7.887, -3.2348];

fn vocabulary() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/model/vocab.txt")).unwrap()
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

#[expect(clippy::cast_possible_truncation, reason = "weights are below one half")]
fn weights(left_out: Option<&str>) -> Vec<u8> {
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

fn read(config: &str, vocabulary: &[u8], weights: &[u8]) -> Result<Bert, ModelError> {
    Bert::read(ModelFiles { config: config.as_bytes(), vocabulary, weights })
}

#[test]
fn sums_are_those_of_the_formula() {
    let model = read(CONFIG, &vocabulary(), &weights(None)).unwrap();
    let long = "a ".repeat(40);
    for (text, expected) in [("Configure role-based access control", EXPECTED), (long.as_str(), EXPECTED_LONG)] {
        for (found, expected) in model.sums(&[text])[0].iter().zip(expected) {
            assert!((f64::from(*found) - expected).abs() < 2e-2, "{text}: {found} {expected}");
        }
        assert_eq!(model.sums(&["Explain photosynthesis", text])[1], model.sums(&[text])[0], "{text}");
    }
}

#[test]
fn an_engine_with_a_model_ranks_and_says_which_it_is() {
    let engine = ShippedEngine::deep(read(CONFIG, &vocabulary(), &weights(None)).unwrap());
    let statement = |text: &str| Statement { text: text.to_owned(), context: String::new() };
    let targets = [statement("Compose a fugue"), statement("Configure role-based access control")];
    let ranked = engine.rank(&[statement("Set up role-based access control")], &targets, 2, &()).unwrap();
    assert_eq!(ranked[0][0].target, 1);
    assert!(engine.name().starts_with("deep ") && engine.name().contains("model "), "{}", engine.name());
}

#[test]
fn what_cannot_be_run_is_refused_with_its_reason() {
    let (words, whole) = (vocabulary(), weights(None));
    let refused = |config: &str, words: &[u8], weights: &[u8]| read(config, words, weights).unwrap_err();
    assert!(matches!(refused("{", &words, &whole), ModelError::Unreadable(_)));
    assert!(matches!(refused(&CONFIG.replace("\"bert\"", "\"mpnet\""), &words, &whole), ModelError::OtherKind(_)));
    assert!(matches!(refused(&CONFIG.replace("\"gelu\"", "\"silu\""), &words, &whole), ModelError::OtherKind(_)));
    assert!(matches!(refused(&CONFIG.replace("heads\":2", "heads\":3"), &words, &whole), ModelError::OtherKind(_)));
    for (from, to) in
        [("hidden_size\":8", "hidden_size\":0"), ("embeddings\":16", "embeddings\":4503599627370496"), ("1e-12", "-1")]
    {
        assert!(matches!(refused(&CONFIG.replace(from, to), &words, &whole), ModelError::OtherKind(_)), "{to}");
    }
    assert_eq!(refused(CONFIG, b"a\nb\n", &whole), ModelError::Vocabulary);
    assert!(matches!(refused(CONFIG, &words, &whole[..whole.len() - 8]), ModelError::Unreadable(_)));
    let name = "encoder.layer.1.output.dense.bias";
    assert_eq!(refused(CONFIG, &words, &weights(Some(name))), ModelError::Tensor(name.to_owned()));
    let wider = CONFIG.replace("\"intermediate_size\":16", "\"intermediate_size\":32");
    assert!(matches!(refused(&wider, &words, &whole), ModelError::Tensor(_)));
}
