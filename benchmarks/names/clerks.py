"""Writing a Russian name as a clerk would: the rules stand in `sexton.simulate.clerks`."""

from sexton.simulate.clerks import HANDS, RULES, drawn_hand, write

__all__ = ["HANDS", "RULES", "drawn_hand", "write"]
