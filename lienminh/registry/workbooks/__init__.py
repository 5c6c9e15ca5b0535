"""The registry taken in from workbooks as they are in the field, and given out as one."""
