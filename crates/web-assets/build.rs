//! Builds anew when the web apps were.

fn main() {
    println!("cargo::rerun-if-changed=dist");
}
