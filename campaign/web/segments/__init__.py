"""Segments: the list, one segment, its editor."""

from flask import Blueprint

blueprint = Blueprint("segments", __name__, url_prefix="/segments")
