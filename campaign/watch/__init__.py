"""What an operator watches: `probes` ask whether the parts answer, `counts` says what stands in the tables,
`fleet` who works on which queue, `signs` when the beat last did; `metrics` writes all of it for Prometheus.
"""
