"""How fast mail may leave: limits of relays, sending domains and receiving providers, shared by all workers.

`terms` says what a limit is, `providers` which domains are one provider, `buckets` counts in Redis or Valkey
(`local` without it), `slots` shares connections, `gate` is what a lane asks.
"""
