"""Times: lengths, clocks, days, ranges and recurrences, as rules over tokens of any language."""
