# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = [
#   "accelerate==1.15.0",
#   "diffusers==0.42.1",
#   "huggingface-hub==1.33.0",
#   "numpy==2.4.6",
#   "pillow==13.0.0",
#   "safetensors==0.8.0",
#   "tokenizers==0.23.3",
#   "torch==2.11.0",
#   "transformers==5.17.0",
# ]
# ///
"""AudioLDM2 and MoonDream2 behind framed messages on stdin and stdout.

Started by audioldm2.ts with `uv run --script`, which installs the dependencies above. The code is in the package of the
same name beside this file, which imports nothing else.
"""

import os
import sys

# Must be set before torch and tokenizers are imported.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from audioldm2.wire import Wire  # noqa: E402

if __name__ == "__main__":
    # The wire must take over stdout before a library can print to it.
    wire = Wire()
    from audioldm2.serve import serve

    serve(wire)
