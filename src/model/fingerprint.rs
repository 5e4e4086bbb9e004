/// FNV-1a over the text, eight bytes at a time: the same on every machine.
pub fn fingerprint(seed: u64, text: &str) -> u64 {
    fingerprint_of(seed, text.as_bytes())
}

/// The same of any bytes.
pub fn fingerprint_of(seed: u64, bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}
