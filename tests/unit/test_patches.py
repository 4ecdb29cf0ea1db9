"""How new values are laid over old ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import TooMuchMetadata
from service.domain.patches import differing, laid_over, merged_metadata

# So few that what is laid over and what lies below often have some of them in common.
KEYS = st.integers(0, 40).map(str)
METADATA = st.dictionaries(KEYS, st.sampled_from(["x", "y"]), max_size=25)
PATCHES = st.dictionaries(KEYS, st.sampled_from(["", "x", "y"]), max_size=25)
TREES = st.dictionaries(
    KEYS, st.none() | st.integers() | st.dictionaries(KEYS, st.integers(), max_size=3), max_size=5
)


class TestMergedMetadata:
    @given(METADATA, PATCHES)
    def test_takes_the_patch_where_it_speaks(
        self, old: dict[str, str], patch: dict[str, str]
    ) -> None:
        """Keys of the patch win or vanish; the others stay."""
        merged = merged_metadata(old, patch)
        assert all(merged[key] == value for key, value in patch.items() if value)
        assert all(key not in merged for key, value in patch.items() if not value)
        assert all(merged[key] == old[key] for key in old.keys() - patch.keys())

    @given(METADATA)
    def test_clears(self, old: dict[str, str]) -> None:
        """An empty value in place of the whole removes every key."""
        assert merged_metadata(old, "") == {}

    def test_grows_to_fifty_keys(self) -> None:
        """What is there and what is added count together; what is removed does not."""
        old = {f"key {number}": "value" for number in range(49)}
        assert len(merged_metadata(old, {"another": "value"})) == 50
        assert len(merged_metadata(old, {"a": "1", "b": "1", "key 0": ""})) == 50
        with pytest.raises(TooMuchMetadata):
            merged_metadata(old, {"a": "1", "b": "1"})


class TestLaidOver:
    def test_goes_hash_by_hash(self) -> None:
        """Only the members that are named change."""
        old = {"card": {"network": "visa", "flow": {"a": 1}}, "link": {}}
        new = {"card": {"flow": {"b": 2}}}
        assert laid_over(old, new) == {
            "card": {"network": "visa", "flow": {"a": 1, "b": 2}},
            "link": {},
        }

    def test_unsets_leaves(self) -> None:
        """None in place of a hash unsets all in it."""
        assert laid_over({"address": {"city": "Oslo"}}, {"address": None}) == {
            "address": {"city": None}
        }

    def test_replaces_what_is_no_hash(self) -> None:
        """A value in place of a hash, or a hash in place of a value, is taken whole."""
        assert laid_over({"a": None, "b": {"c": 1}}, {"a": {"x": 1}, "b": 2}) == {
            "a": {"x": 1},
            "b": 2,
        }

    @given(TREES)
    def test_of_nothing_is_the_old(self, old: dict[str, object]) -> None:
        """An empty patch changes nothing, and neither does the old over itself."""
        assert laid_over(old, {}) == old
        assert laid_over(old, old) == old


class TestDiffering:
    def test_leaves_out_what_was_there(self) -> None:
        """Only new values are told, and null is none where there was none."""
        assert differing({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": None}) == {"b": 3}
        assert differing({"a": 1}, {"a": None}) == {"a": None}
