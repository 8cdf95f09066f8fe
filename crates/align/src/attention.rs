//! How the tokens of one statement look at each other: softmax(q · kᵀ ÷ √width) · v for each head. Every sum runs in a fixed order, so
//! that the bits are the same on every machine.

use crate::exact::exponential_32;

/// Scratch space, kept from call to call.
#[derive(Default)]
pub(crate) struct AttentionRoom {
    keys: Vec<f32>,
    weights: Vec<f32>,
}

/// Attention within one statement: `mixed` holds query, key and value of each token one after another (3 × `width` numbers a
/// token); what each token sees (`width` numbers) is appended to `out`.
pub(crate) fn attend(mixed: &[f32], width: usize, heads: usize, room: &mut AttentionRoom, out: &mut Vec<f32>) {
    let (tokens, size) = (mixed.len() / (3 * width), width / heads);
    let start = out.len();
    out.resize(start + tokens * width, 0.0);
    let out = &mut out[start..];
    #[expect(clippy::cast_precision_loss, reason = "a head is some dozens of numbers wide")]
    let scale = 1.0 / (size as f32).sqrt();
    for head in 0..heads {
        let at = |token: usize, part: usize| token * 3 * width + part * width + head * size;
        turn_keys(mixed, tokens, size, &at, &mut room.keys);
        for token in 0..tokens {
            let query = &mixed[at(token, 0)..][..size];
            room.weights.clear();
            room.weights.resize(tokens, 0.0);
            for (value, keys) in query.iter().zip(room.keys.chunks_exact(tokens)) {
                for (weight, key) in room.weights.iter_mut().zip(keys) {
                    *weight += value * key;
                }
            }
            softmax(&mut room.weights, scale);
            let seen = &mut out[token * width + head * size..][..size];
            for (other, weight) in room.weights.iter().enumerate() {
                for (seen, value) in seen.iter_mut().zip(&mixed[at(other, 2)..][..size]) {
                    *seen += weight * value;
                }
            }
        }
    }
}

/// The keys of a head with the tokens side by side.
fn turn_keys(mixed: &[f32], tokens: usize, size: usize, at: &impl Fn(usize, usize) -> usize, keys: &mut Vec<f32>) {
    keys.clear();
    keys.resize(tokens * size, 0.0);
    for token in 0..tokens {
        for (number, value) in mixed[at(token, 1)..][..size].iter().enumerate() {
            keys[number * tokens + token] = *value;
        }
    }
}

/// e^(scale · weight) as a share of their sum.
fn softmax(weights: &mut [f32], scale: f32) {
    let most = weights.iter().fold(f32::MIN, |most, weight| if *weight > most { *weight } else { most });
    for weight in &mut *weights {
        *weight = exponential_32((*weight - most) * scale);
    }
    let sum: f32 = weights.iter().sum();
    for weight in weights {
        *weight /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_alone_sees_itself_and_equal_tokens_see_their_mean() {
        let (mut out, mut room) = (Vec::new(), AttentionRoom::default());
        attend(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, 1, &mut room, &mut out);
        assert_eq!(out, [5.0, 6.0]);
        out.clear();
        attend(&[0.0, 1.0, 2.0, 0.0, 1.0, 4.0], 1, 1, &mut room, &mut out);
        assert_eq!(out, [3.0, 3.0]);
        out.clear();
        // Query 1 sees keys 0 and ln 3: shares ¼ and ¾ of the values 2 and 4.
        attend(&[1.0, 0.0, 2.0, 1.0, 3.0_f32.ln(), 4.0], 1, 1, &mut room, &mut out);
        assert!((out[0] - 3.5).abs() < 1e-5, "{out:?}");
    }
}
