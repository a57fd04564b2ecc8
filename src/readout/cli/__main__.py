"""Run the command line: python -m readout.cli."""

from readout.cli.program import main

if __name__ == "__main__":
    main()
