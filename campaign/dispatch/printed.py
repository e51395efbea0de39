"""A letter as it was printed: its pages in the PDF of its print run, found by the run's own manifest."""

from __future__ import annotations

import csv
import io
import zipfile

from campaign.dispatch.print_package import MANIFEST
from campaign.errors import NotFound
from campaign.models import Delivery, PrintRun
from campaign.storage import FileStore


def pages_of(files: FileStore, run: PrintRun, delivery: Delivery) -> range:
    """The indices of its pages, from 0; NotFound when the run does not hold it or its package is gone."""
    with zipfile.ZipFile(io.BytesIO(files.get(run.zip_key))) as package:
        text = package.read(MANIFEST).decode("utf-8-sig")
    first = 0
    for row in csv.DictReader(io.StringIO(text)):
        pages = int(row["pages"])
        if row["letter_id"] == str(delivery.id):
            return range(first, first + pages)
        first += pages
    raise NotFound
