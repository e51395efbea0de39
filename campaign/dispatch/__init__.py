"""Deliveries leave: an approved mailing in; one row per recipient out, each with an outcome that is known
or visibly unknown.

`plan` makes the rows, `claim` takes a chunk of them, `lane` sends it, `sweep` mends what a crash left,
`control` is what people may do. `states` is the only place that changes `Delivery.state`.
"""
