"""The doors for what can be swapped or added: readers, functions, channels, frameworks.

The name of a door enters; the things that stand behind it leave, the built-in ones by the same way as anyone's, with a
diagnostic for each that is broken. A plug-in is an object named by an entry point of an installed distribution.
"""
