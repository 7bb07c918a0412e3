"""Linking with archives that Apache Spark holds: the same steps and the same answers as on one
machine, the archive's records shared out over many."""

from sexton.linkage.spark.linking import link_by_spark
from sexton.linkage.spark.pool import SparkPool
from sexton.linkage.spark.session import NoSpark, SparkFailed, open_session
from sexton.linkage.spark.source import Source, open_source

__all__ = [
    "NoSpark",
    "Source",
    "SparkFailed",
    "SparkPool",
    "link_by_spark",
    "open_session",
    "open_source",
]
