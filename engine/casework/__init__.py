"""The `test` blocks of a strategy, run: a checked Strategy enters, one `TestResult` a block leaves."""
