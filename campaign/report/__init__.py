"""Report: deliveries and events in; numbers, charts and CSV out."""
