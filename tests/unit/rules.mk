# Unit tests: each part of the project names its own in a *.mk.inc here.
include $(sort $(wildcard tests/unit/*.mk.inc))
