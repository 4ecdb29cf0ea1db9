"""`python -m service`, the same as `seti`."""

from service.cli import main

if __name__ == "__main__":
    main()
