"""How every service runs: transactions, outbox, inbox, outcomes, tracing, tenancy, HTTP."""
