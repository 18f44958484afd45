"""What is true and what is due: values in, values out; no I/O, no SQL, no Slack, no clock."""
