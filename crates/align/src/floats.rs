//! Sums of floating-point numbers that run in one order on every machine.

/// Adds `values` to `sums`, number by number.
pub(crate) fn add(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

/// Sum of `value` over `values`, sixteen at a time and then those one after another: always in the same order.
pub(crate) fn sum_of(values: &[f32], value: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0_f32; 16];
    let (parts, rest) = values.as_chunks::<16>();
    for part in parts {
        for (sum, one) in sums.iter_mut().zip(part) {
            *sum += value(*one);
        }
    }
    sums.iter().sum::<f32>() + rest.iter().map(|one| value(*one)).sum::<f32>()
}
