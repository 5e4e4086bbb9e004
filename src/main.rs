//! Runs the command, prints the error, chooses the exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    diplograph::cli::main()
}
