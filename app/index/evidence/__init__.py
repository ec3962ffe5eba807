"""What our registers say of the index rows they can speak of, beside the official scores."""
