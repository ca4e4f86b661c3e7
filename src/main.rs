//! The `wharfinger` program.
fn main() {}
