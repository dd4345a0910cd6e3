from __future__ import annotations

import sys
from pathlib import Path

# Spawned processes import test modules by name ("tests.pipeline.test_cli"). The checkout stands last on the path,
# so that the installed packages are tested where the install is not an editable one.
sys.path.append(str(Path(__file__).parents[1]))
