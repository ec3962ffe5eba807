"""Reports: what the registers add up to, one module a report; sums always equal what was counted."""
