//! The single test binary.

fn main() {}
