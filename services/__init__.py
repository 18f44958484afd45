"""The verbs that a click and the clock share: load, decide, record; no listeners and no drawing."""
