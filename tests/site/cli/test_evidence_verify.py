"""wangge evidence verify: its exit codes and words, on a machine where nothing is installed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lib.evidence.bundle_cast import CASE, PUBLIC, REPORTER, bundle
from wangge.lib.evidence import fingerprint, redact
from wangge.site.cli import main

KEY = fingerprint(PUBLIC)
WHOLE = bundle()
CHANGED = WHOLE.replace("复查".encode(), "已查".encode())


@pytest.fixture
def run(capsys, tmp_path):
    """Verifies these bytes; answers with exit code, stdout and stderr."""

    def verify(raw: bytes, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "matter.zip"
        file.write_bytes(raw)
        code = main(["evidence", "verify", str(file), *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return verify


def test_a_whole_bundle_is_0_and_says_which_key_to_compare(run):
    code, out, err = run(WHOLE)
    assert code == 0 and not err
    assert f"matter.zip：证据成立，没有改动。事项 {CASE['number']}，4 步，照片 2 张。" in out
    assert "没有核对公钥指纹" in out and KEY in out


def test_with_the_published_key_it_is_said_to_fit(run):
    code, out, _ = run(WHOLE, "--key", KEY.upper())
    assert code == 0 and f"公钥指纹相符：{KEY}" in out and "没有核对" not in out


def test_another_key_is_1(run):
    code, out, err = run(WHOLE, "--key", "ab" * 32)
    assert code == 1 and not out and "不是您给出的那把" in err


def test_a_changed_step_is_1_and_named(run):
    code, out, err = run(CHANGED)
    assert code == 1 and not out
    assert "证据不成立" in err and "第 3 步的内容被改过" in err


@pytest.mark.parametrize(
    ("raw", "said"), [(b"hello", "这不是证据包"), (WHOLE[:-9], "文件不完整")], ids=["words", "half"]
)
def test_what_is_no_bundle_is_2(run, raw, said):
    code, out, err = run(raw)
    assert code == 2 and not out and "无法核验" in err and said in err


def test_a_file_that_is_not_there_is_2(capsys, tmp_path):
    assert main(["evidence", "verify", str(tmp_path / "none.zip")]) == 2
    assert "读不了这个文件" in capsys.readouterr().err


def test_a_key_that_is_no_fingerprint_is_a_wrong_call(run):
    with pytest.raises(SystemExit) as wrong:
        run(WHOLE, "--key", KEY[:-1])
    assert wrong.value.code == 2


def test_json_is_one_object(run):
    code, out, err = run(redact(WHOLE, {"reporter", "actor"}), "--key", KEY, "--json")
    told = json.loads(out)
    assert code == 0 and not err and REPORTER not in out
    assert told["proven"] and told["usable"] and told["key_compared"] and told["problems"] == []
    assert told["hidden"]["case.json"] == ["reporter"] and told["steps"] == 4 and told["key"] == KEY


def test_json_names_what_is_wrong(run):
    code, out, _ = run(CHANGED, "--json")
    told = json.loads(out)
    assert code == 1 and not told["proven"] and told["usable"]
    assert [(one["code"], one.get("number")) for one in told["problems"]] == [("step_changed", 3)]
    assert told["problems"][0]["words"].startswith("第 3 步")


def test_it_needs_no_keys_no_database_and_leaves_nothing_behind(tmp_path):
    """An auditor's machine: no settings in the environment, a home that stays empty."""
    file, home = tmp_path / "matter.zip", tmp_path / "home"
    file.write_bytes(WHOLE)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("WANGGE", "DJANGO"))
    }
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from wangge.site.cli import main; sys.exit(main())",
         "evidence", "verify", str(file), "--key", KEY],
        env=environment | {"WANGGE_HOME": str(home)}, cwd=Path(__file__).parents[3],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "证据成立" in done.stdout and not home.exists()
