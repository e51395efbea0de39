"""Campaigns: the life cycle from draft to finished."""
