"""How sharp the walks of a definition are: small wrongs done to it, and whether a walk notices. Authors run it."""

from trinh.mutation.operators import Mutant
from trinh.mutation.report import MutationReport, mutated

__all__ = ["Mutant", "MutationReport", "mutated"]
