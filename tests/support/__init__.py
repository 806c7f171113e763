"""What tests of several folders share: small records, definitions, scenes, sites and processes."""
