"""Evidence: a decided submission in; a pack that proves what was signed, offline and years later, out.

`collect` gathers the facts, `pack` hashes them into one root and signs it, `paper` prints them, `verify`
needs nothing but the file. A pack is the JSON; the PDF carries it as an attachment, the ZIP has both.
"""

from campaign.approval.evidence.keys import Key, key_of
from campaign.approval.evidence.pack import Pack, make_pack
from campaign.approval.evidence.verify import Report, Unreadable, verify

__all__ = ["Key", "Pack", "Report", "Unreadable", "key_of", "make_pack", "verify"]
