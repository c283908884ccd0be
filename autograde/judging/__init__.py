"""One answer in, a report out: no files, no processes, no catalogue."""
