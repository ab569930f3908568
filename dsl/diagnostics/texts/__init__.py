"""The words of all diagnostics. Each module `en…` holds TEXTS, a mapping of code to Text; all of them are merged."""
