"""Attacks on grading, as data: one module for each family."""

from tests.autograde.attacks import (
    bombs,
    counting,
    disguises,
    equality,
    frames,
    language,
    leaving,
    links,
    network,
    notebooks,
    outliving,
    reading,
    scripts,
    system,
    writing,
)

FAMILIES = {
    "forged equality and patched libraries": equality.ATTACKS,
    "leaving early": leaving.ATTACKS,
    "reading tests, answers, environment and memory": reading.ATTACKS,
    "writing grades, tests and what is shared": writing.ATTACKS,
    "network": network.ATTACKS,
    "processes that outlive grading": outliving.ATTACKS,
    "bombs": bombs.ATTACKS,
    "forged messages": frames.ATTACKS,
    "tampered notebooks": notebooks.ATTACKS,
    "links and names": [*links.ATTACKS, links.ODD],
    "scripts in feedback": scripts.ATTACKS,
    "results known by heart": counting.ATTACKS,
    "tricks of the language": language.ATTACKS,
    "tricks of the system": system.ATTACKS,
    "disguises": disguises.ATTACKS,
}
EVERY = {f"{index:03d}_{a.name}": a for index, a in enumerate(a for family in FAMILIES.values() for a in family)}
