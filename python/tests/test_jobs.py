"""The scripts that other programs run."""

import pathlib
import sys

import diplograph


def test_no_script_hides_a_module_of_python():
    scripts = {path.stem for path in (pathlib.Path(diplograph.__file__).parent / "jobs").glob("*.py")}
    assert scripts and not scripts & set(sys.stdlib_module_names)
