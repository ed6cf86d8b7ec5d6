"""The service's unit tests: `python3 -m unittest`, or pytest where it is installed."""

import sys
from pathlib import Path

# As in the deployment package, where the packages below src/ stand at the top.
sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
