"""The direction of the house, and locks that any index can serve."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports

CHECKOUT = Path(__file__).parent.parent


def test_every_import_keeps_the_direction_of_the_house(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The linter would silence the log of everything that runs in this process after it.
    monkeypatch.setattr("logging.config.dictConfig", lambda _settings: None)
    exit_code = lint_imports(config_filename=str(CHECKOUT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert exit_code == 0, capsys.readouterr().out


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_holds_hashes_and_no_addresses(lock: str) -> None:
    text = (CHECKOUT / lock).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
