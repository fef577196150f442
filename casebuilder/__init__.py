"""casebuilder: capital bids and business cases for community diagnostic centres."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("casebuilder")
except PackageNotFoundError:  # a plain checkout that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__"]
