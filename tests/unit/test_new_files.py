"""Files that were not there before."""

from pathlib import Path

import pytest

from service.new_files import new_file


class TestNewFile:
    def test_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        """What is written is there, and nobody else may read it."""
        file = tmp_path / "new"
        with new_file(file) as out:
            out.write(b"all of it")
        assert file.read_bytes() == b"all of it"
        assert file.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("reason", [OSError, KeyboardInterrupt])
    def test_is_gone_where_it_was_not_finished(
        self, tmp_path: Path, reason: type[BaseException]
    ) -> None:
        """What was interrupted can be begun again under the same name."""
        file = tmp_path / "new"

        def write_half() -> None:
            with new_file(file) as out:
                out.write(b"half")
                raise reason

        with pytest.raises(reason):
            write_half()
        assert not file.exists()

    def test_is_never_written_over(self, tmp_path: Path) -> None:
        """What was there stays as it is."""
        file = tmp_path / "old"
        file.write_bytes(b"old")
        with pytest.raises(FileExistsError), new_file(file):
            pytest.fail("It was opened.")
        assert file.read_bytes() == b"old"
