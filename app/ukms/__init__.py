"""UKM: small businesses of persons and groups, their products and papers, and their figures year by year."""
