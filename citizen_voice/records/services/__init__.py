"""What happens in the officer's registers: a module a register."""
