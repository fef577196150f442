"""`python -m casebuilder`: the command line."""

from casebuilder.cli.app import main

if __name__ == "__main__":
    main()
