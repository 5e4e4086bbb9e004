//! The program as a user runs it, in a folder.

use std::path::Path;
use std::process::{Command, Output};

pub const PATH: &str = env!("CARGO_BIN_EXE_diplograph");

pub fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(PATH).args(args).current_dir(dir).env_remove("DIPLOGRAPH_GRAPH").output().expect("a run")
}

/// What it prints to the two outputs, once it has ended with that status.
#[track_caller]
pub fn done(dir: &Path, args: &[&str], status: i32) -> (String, String) {
    let output = run(dir, args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(status), "{args:?}\n{out}\n{err}");
    (out, err)
}
