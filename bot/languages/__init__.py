"""The languages: a folder each with `lexicon.toml`, `corpus.toml` and `replies.ftl`."""
