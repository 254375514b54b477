"""A small OTLP receiver for the local stack: spans into SQLite, and pages to look at them.

`python -m dramatis.traces --port 4318 --db traces.sqlite` serves `POST /v1/traces`, `/traces` and `/traces/{trace_id}`,
and the same as JSON at `/traces.json` and `/traces/{trace_id}.json`.
"""
