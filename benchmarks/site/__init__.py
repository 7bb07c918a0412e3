"""The public site on a large register: made once into a folder, then asked and measured."""
