"""The links of the Belgian register, measured against pairs that people judged."""
