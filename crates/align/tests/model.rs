//! The deep engine with a model made up for the test: eight numbers wide, with weights by a formula. The expected sums come from the same
//! formula in double precision outside of Credway.

use credway_align::{Bert, Engine, ModelError, ModelFiles, ShippedEngine, Statement};

mod small_model;

use small_model::{CONFIG, vocabulary, weights};

const EXPECTED: [f64; 8] = [-1.1614, 0.8379, 7.2895, 3.5576, -1.0816, 5.6881, 5.4501, -2.1926];
const EXPECTED_LONG: [f64; 8] = [-1.7124, 1.1724, 10.5208, 5.1853, -1.5694, 8.3488, 7.887, -3.2348];

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
