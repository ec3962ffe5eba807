"""The village index: published editions, an exact formula, an audit, and what is stored of them."""
