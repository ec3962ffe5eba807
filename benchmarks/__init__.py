"""What a request costs beside the textbook way and the bare server: ratios of one run, never absolutes."""
