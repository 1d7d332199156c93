"""The audit log engine: walking and following a log of any length, filters, exports. No drawing."""
