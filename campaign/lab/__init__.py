"""The lab: the demo's data and people, benchmarks."""
