"""The completeness frameworks that ship: seven published checklists.

Facts about a strategy and, where there is data, figures about its population enter; a verdict a check leaves. Each
checklist is a TOML file (codes, questions, sentences, snippets) beside a module with one small function a code.
"""
