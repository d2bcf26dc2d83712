//! Chance that is the same on every machine and in every version: SplitMix64 (Steele, Lea, Flood: "Fast splittable
//! pseudorandom number generators", 2014). Not for secrets.

/// A stream of chance. Streams of different keys are independent.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The stream for thing number `index` of kind `stream` under `seed`.
    pub(super) fn of(seed: u64, stream: u64, index: u64) -> Self {
        let seed = mix(seed.wrapping_add(GOLDEN));
        let stream = mix(seed ^ stream.wrapping_mul(GOLDEN));
        Self(mix(stream ^ index.wrapping_mul(0xd6e8_feb8_6659_fd93)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number from 0 up to but not including `end`; 0 if `end` is 0. Unbiased to one part in 2^64 / `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.next()).wrapping_mul(u128::from(end));
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both possible; `low` if they are the wrong way round.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or(0);
        low.saturating_add(i64::try_from(self.below(span.saturating_add(1))).unwrap_or(0))
    }

    /// True `per_mille` times in a thousand.
    pub(super) fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// One of `from`, each as likely. An empty list gives the default, which no caller has.
    pub(super) fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        let at = self.below(crate::base::u64_from(from.len()));
        from.get(crate::base::usize_from(at)).copied().unwrap_or_default()
    }

    /// `count` characters of `alphabet`.
    pub(super) fn letters(&mut self, alphabet: &[u8], count: usize) -> String {
        (0..count).map(|_| char::from(self.pick(alphabet))).collect()
    }

    /// A UUID of version 4, hyphenated lower case.
    pub(super) fn uuid(&mut self) -> String {
        let high = u128::from(self.next()) << 64;
        uuid::Builder::from_random_bytes((high | u128::from(self.next())).to_be_bytes()).into_uuid().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_fixed_for_ever() {
        let mut dice = Dice::of(7, 1, 2);
        let first: Vec<u64> = (0..3).map(|_| dice.below(1_000_000)).collect();
        assert_eq!(first, vec![633_968, 785_450, 765_272]);
    }

    #[test]
    fn the_generator_is_splitmix64() {
        // The first outputs for the seed 1234567, as the published reference gives them.
        let mut dice = Dice(1_234_567);
        assert_eq!([dice.next(), dice.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn a_range_reaches_both_ends_and_nothing_outside() {
        let mut dice = Dice::of(1, 1, 1);
        let drawn: std::collections::BTreeSet<i64> = (0..500).map(|_| dice.between(-2, 2)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), vec![-2, -1, 0, 1, 2]);
        assert_eq!(dice.between(5, 4), 5);
    }

    #[test]
    fn streams_differ_by_seed_kind_and_index() {
        let firsts =
            [Dice::of(1, 1, 1).next(), Dice::of(2, 1, 1).next(), Dice::of(1, 2, 1).next(), Dice::of(1, 1, 2).next()];
        assert_eq!(firsts.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }
}
