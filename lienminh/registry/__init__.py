"""The registry: organisations of the collective economy, their acts and their yearly data."""
