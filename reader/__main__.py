"""`python -m reader` is `tingwen`."""

from reader.cli.launch import main

if __name__ == "__main__":
    main()
