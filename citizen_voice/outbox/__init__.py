"""What leaves the system by mail: a row written with the act, delivered after it by the worker."""
