"""Sheets: every list and report as CSV or as a workbook, in which codes stay text and no cell is a formula."""
