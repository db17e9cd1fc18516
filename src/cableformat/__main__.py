"""`python -m cableformat` is the command."""

from cableformat.cli import main

if __name__ == "__main__":
    main()
