\echo 'Packed days by their number of items, 1 processor: ns an item, and megabytes that the process had of its own'
SELECT name, items, pg_size_pretty(bytes) AS stored, round(ms::numeric) AS ms, round((ms * 1e6 / items)::numeric, 2) AS "ns an item", round(kb / 1024.0) AS "MB"
FROM growth ORDER BY ord, items;
