"""`python -m stratagem`: the same command line as the `stratagem` script."""

from stratagem.engine.cli import main

if __name__ == "__main__":
    main()
