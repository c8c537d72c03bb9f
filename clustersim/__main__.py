"""`python -m clustersim` is the same as `clustersim`."""

from clustersim.cli import main

if __name__ == "__main__":
    main()
