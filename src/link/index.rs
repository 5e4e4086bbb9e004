//! Lists of values by a text, without a copy of the text: it is compared by a hash of 64 bits, and a test holds that no two
//! names of the tables share one.

use rustc_hash::FxHashMap;

/// The end of a list.
const NONE: u32 = u32::MAX;

/// Values by key, each list in the order of its making.
pub struct Index<T> {
    /// Hash of the key -> first and last of its list.
    lists: FxHashMap<u64, (u32, u32)>,
    /// Each value with the place of the next of its list.
    values: Vec<(T, u32)>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Self { lists: FxHashMap::default(), values: Vec::new() }
    }
}

impl<T> Index<T> {
    pub fn with_capacity(keys: usize) -> Self {
        Self {
            lists: FxHashMap::with_capacity_and_hasher(keys, rustc_hash::FxBuildHasher),
            values: Vec::with_capacity(keys),
        }
    }

    pub fn get(&self, key: &str) -> impl Iterator<Item = &T> {
        self.at(hash(key))
    }

    /// The values of a key by its hash.
    pub fn at(&self, hash: u64) -> impl Iterator<Item = &T> {
        let mut next = self.lists.get(&hash).map_or(NONE, |l| l.0);
        std::iter::from_fn(move || {
            let (value, after) = self.values.get(next as usize)?;
            next = *after;
            Some(value)
        })
    }

    pub fn push(&mut self, key: &str, value: T) {
        self.push_at(hash(key), value);
    }

    pub fn push_at(&mut self, hash: u64, value: T) {
        let place = self.values.len() as u32;
        self.values.push((value, NONE));
        let last = std::mem::replace(&mut self.lists.entry(hash).or_insert((place, place)).1, place);
        if last != place {
            self.values[last as usize].1 = place;
        }
    }

    /// Puts the values that fit before the others of their list.
    pub fn prefer(&mut self, key: &str, fits: impl Fn(&T) -> bool)
    where
        T: Clone,
    {
        let (first, rest): (Vec<T>, Vec<T>) = self.get(key).cloned().partition(fits);
        self.lists.remove(&hash(key));
        first.into_iter().chain(rest).for_each(|v| self.push(key, v));
    }
}

/// The hash of a text.
pub fn hash(text: &str) -> u64 {
    let mix = crate::model::fingerprint(text.len() as u64, text);
    (mix ^ mix >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
