"""`python -m enroll` is the command `enroll`."""

from enroll.cli import main

if __name__ == "__main__":
    main()
