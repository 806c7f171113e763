"""The papers: what README, Makefile and compose promise exists."""

import re

import pytest
import yaml

from tests.house.tree import ROOT
from tests.support.command_line import called

README = (ROOT / "README.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
TRINH_SERVICES = {
    service: said for service, said in COMPOSE["services"].items() if said.get("image", "").startswith("trinh")
}


def test_every_make_target_of_the_readme_exists():
    promised = {target for line in re.findall(r"\bmake ((?:[a-z-]+ ?)+)`", README) for target in line.split()}
    promised |= set(re.findall(r"^    make ([a-z-]+)$", README, re.MULTILINE))
    assert {"run", "test", "check"} <= promised
    assert promised - TARGETS == set()


def test_every_make_target_of_the_contributors_exists():
    promised = re.findall(r"`make ([a-z-]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert len(promised) > 5
    assert set(promised) - TARGETS == set()


def test_what_runs_before_a_commit_is_ours_and_fetches_nothing():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    commands = [hook["entry"].split() for repository in hooks for hook in repository["hooks"]]
    assert ["make", "check-quick"] in commands
    assert {words[1] for words in commands if words[0] == "make"} - TARGETS == set()


def test_every_folder_of_the_readme_exists():
    folders = re.findall(r"^\| `([a-z/]+/)`", README, re.MULTILINE)
    assert len(folders) > 5
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


@pytest.mark.parametrize("words", sorted(set(re.findall(r"`trinh ([a-z]+(?: [a-z]+)?)", README))))
def test_every_command_of_the_readme_explains_itself(words: str):
    answer = called(*words.split(), "--help")
    assert answer.exit_code == 0, answer.output
    assert "usage" in answer.output.lower()


@pytest.mark.parametrize("service", sorted(TRINH_SERVICES))
def test_every_command_of_the_containers_exists(service: str):
    answer = called(*TRINH_SERVICES[service]["command"], "--help")
    assert answer.exit_code == 0, answer.output


def test_every_setting_in_the_papers_is_one():
    from trinh.settings import Settings

    prefix = Settings.model_config.get("env_prefix", "").upper()
    known = {str(field.validation_alias or f"{prefix}{name}").upper() for name, field in Settings.model_fields.items()}
    named = set(re.findall(r"^\| `(TRINH_[A-Z_]+|PORT)`", README, re.MULTILINE))
    named |= {name for said in TRINH_SERVICES.values() for name in said["environment"]}
    assert named - known == set()


def test_what_the_readme_lets_an_operator_set_reaches_the_containers():
    named = set(re.findall(r"`(TRINH_[A-Z_]+)`", README)) - {"TRINH_HOME"}
    named |= {f"TRINH_SMTP{name}" for name in re.findall(r"`(_[A-Z]+)`", README)}
    assert {"TRINH_SMTP_PASSWORD", "TRINH_TRUSTED_HOPS"} <= named
    for service in ("web", "worker"):
        assert named - set(TRINH_SERVICES[service]["environment"]) == set()


def test_redis_of_the_containers_neither_forgets_nor_evicts():
    command = COMPOSE["services"]["redis"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_every_server_of_the_containers_is_watched_or_watches():
    """Workers report by heartbeat to the web's health check; migrate ends."""
    unwatched = {service for service, said in COMPOSE["services"].items() if "healthcheck" not in said}
    assert unwatched == {"migrate", "worker"}


def test_our_containers_write_nowhere_but_into_their_volume():
    assert TRINH_SERVICES
    assert all(said["read_only"] and said["cap_drop"] == ["ALL"] for said in TRINH_SERVICES.values())
    assert all("documents:/var/lib/trinh" in said["volumes"] for said in TRINH_SERVICES.values())


def test_the_image_does_not_run_as_root():
    users = re.findall(r"^USER (\S+)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert users[-1:] == ["10001"]


def test_no_secret_of_the_containers_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    secrets = re.findall(r"\$\{TRINH_(?:SECRET_KEY|DATABASE_PASSWORD)(:.)", text)
    assert secrets
    assert set(secrets) == {":?"}
