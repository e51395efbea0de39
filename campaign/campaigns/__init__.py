"""Campaigns: from an idea to the last delivery.

`life` is the door: made (`make`), signed (`seal`), scheduled (`schedule`), sent (`running`); `states` holds
what may follow what. `edit`, `copy` and `terms` change what will be signed; `trials` decides between test
arms, `added` sends to those who joined later. All of them record who did what.
"""
