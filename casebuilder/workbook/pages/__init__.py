"""The pages that `templates/workbook/pages` declares: links, charts and engine results."""
