//! x
fn main(){ let a:Vec<String>=std::env::args().collect(); println!("{:?}", keqiao_embedding::import(a[1].as_ref(), a[2].as_ref())); }
