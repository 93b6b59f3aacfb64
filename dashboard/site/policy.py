"""What a document of the site may load and run, as its Content-Security-Policy says it."""

from __future__ import annotations

import base64
import hashlib

# Before anything is painted, so that a reader who chose the other scheme sees no flash of this one.
EARLY_SCRIPT = (
    'try{const s=localStorage.getItem("scheme");if(s)document.documentElement.dataset.scheme=s}catch{}'
)


def write_policy(*scripts: str) -> str:
    """The policy of a page; `scripts` are the hashes of scripts within it, beside the early one's."""
    early = base64.b64encode(hashlib.sha256(EARLY_SCRIPT.encode()).digest()).decode()
    allowed = " ".join(["'self'", f"'sha256-{early}'", *scripts])
    return (
        f"default-src 'self'; script-src {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'none'"
    )
