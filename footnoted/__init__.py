"""The command `footnoted`: the command lines of etl and of the dashboard as one."""
