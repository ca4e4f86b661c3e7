//! The policy: any text. What is refused is said where.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger::judge::Policy;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    match Policy::parse("wharfinger.toml", &text) {
        Ok(policy) => assert_eq!(policy.sha256().len(), 64),
        Err(error) => assert!(error.to_string().contains("wharfinger.toml")),
    }
});
