"""Audience: a segment in; frozen recipients with channel, language and merge values out."""
