"""Inbound: raw mail in; replies, bounces and complaints matched to their deliveries out."""
