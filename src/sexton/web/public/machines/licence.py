"""Under which licence the register's own part is; what a source says stays under its terms."""

LICENCE = {
    "name": "Apache-2.0",
    "url": "https://www.apache.org/licenses/LICENSE-2.0",
    "covers": "selection, columns and remarks; what a source says stays under that source's terms",
}
