"""Campaigns: from an idea to the last delivery.

`life` holds the states and what moves between them; `edit` every change to what will be signed;
`start` the way to dispatch. All of them record who did what.
"""
