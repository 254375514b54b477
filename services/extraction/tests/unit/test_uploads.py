from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest

from extraction.domain import uploads
from extraction.domain.errors import TooManyScenes
from extraction.domain.scripts import ScriptVersion, is_same
from extraction.domain.uploads import Upload, clean_file_name, read_upload

SCENE = b"INT. LIGHTHOUSE - NIGHT\n\nMIRA trims the lamp.\n"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        (None, None),
        ("", None),
        (" \n ", None),
        ("folder/", None),
        ("draft.fountain", "draft.fountain"),
        ("../../etc/passwd", "passwd"),
        ("C:\\scripts\\draft.txt", "draft.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("雨夜.md", "雨夜.md"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
    ],
)
def test_a_file_name_is_kept_without_what_does_harm(name: str | None, clean: str | None) -> None:
    assert clean_file_name(name) == clean


def test_a_read_upload_says_how_it_is_read() -> None:
    file = read_upload(Upload(SCENE, title="  ", format=" ", file_name="the_lamp.fountain"))
    assert (file.title, file.format, file.file_name) == ("the lamp", "fountain", "the_lamp.fountain")
    assert (file.data, file.encoding, file.sha256) == (SCENE, "utf-8", sha256(SCENE).hexdigest())
    assert [scene.place for scene in file.scenes] == ["LIGHTHOUSE"]


def test_more_scenes_than_the_limit_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_SCENES", 2)
    assert len(read_upload(Upload(SCENE * 2)).scenes) == 2
    with pytest.raises(TooManyScenes, match="3 scenes, at most 2"):
        read_upload(Upload(SCENE * 3))


@pytest.mark.parametrize(
    ("upload", "same"),
    [
        (Upload(SCENE), True),
        (Upload(SCENE, file_name="another name.fountain"), True),
        (Upload(SCENE, title="The Lamp"), True),
        (Upload(SCENE, title="Another"), False),
        (Upload(SCENE, format="txt"), False),
        (Upload(SCENE + b"\n"), False),
    ],
)
def test_only_news_makes_a_new_version(upload: Upload, same: bool) -> None:
    first = read_upload(Upload(SCENE, title="The Lamp"))
    known = ScriptVersion(
        id=UUID(int=1),
        script_id=UUID(int=2),
        project_id=UUID(int=3),
        branch_id=UUID(int=4),
        version=1,
        title=first.title,
        format=first.format,
        file_name=first.file_name,
        encoding=first.encoding,
        sha256=first.sha256,
        bytes=len(first.data),
        scene_count=len(first.scenes),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert is_same(known, read_upload(upload), upload) is same
