/// Orders that look random and are the same each time (splitmix64, Steele, Lea and Flood 2014).
pub(super) struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, (self.roll() % (i as u64 + 1)) as usize);
        }
        order
    }

    /// The partition after about every fourth node went to where some other node is.
    pub fn shaken(&mut self, membership: &[usize]) -> Vec<usize> {
        let n = membership.len() as u64;
        let moved = |c: &usize| if self.roll().is_multiple_of(4) { membership[(self.roll() % n) as usize] } else { *c };
        membership.iter().map(moved).collect()
    }
}
