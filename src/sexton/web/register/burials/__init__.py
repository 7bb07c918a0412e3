"""What a site or a grave holds: the dead, who counted them, what stood and happened there."""
