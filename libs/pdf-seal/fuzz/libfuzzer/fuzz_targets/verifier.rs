#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| pdf_seal_fuzz::Target::Verifier.execute(input));
