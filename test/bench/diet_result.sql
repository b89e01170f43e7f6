-- What the turns of packed days gave.

\echo
\echo 'Packed days,' :rows 'items by 20 a day, 8,000 foods, 14 nutrients: ms, and how many times as long as DuckDB with as many processors'
SELECT name,
       round(max(ms) FILTER (WHERE setting = '1')::numeric) AS "1 processor",
       round(max(ratio) FILTER (WHERE setting = '1')::numeric, 2) AS "x",
       round(max(ms) FILTER (WHERE setting = '2')::numeric) AS "2 processors",
       round(max(ratio) FILTER (WHERE setting = '2')::numeric, 2) AS "x"
FROM result WHERE suite = 'diet' GROUP BY ord, name ORDER BY ord;
SELECT name AS "DuckDB", round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE setting = '1')::numeric) AS "1 thread",
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE setting = '2')::numeric) AS "2 threads"
FROM measured WHERE name LIKE 'DuckDB%' GROUP BY name ORDER BY name;

\echo 'Beside rows, and making the days (1 processor): ms, and how many times as long'
SELECT suite, name, round(ms::numeric) AS ms, round(ratio::numeric, 2) AS x FROM result WHERE suite IN ('diet rows', 'diet ingest', 'diet draws', 'diet hashed') ORDER BY suite, ord;

\echo 'The floor, 1 processor: ns an item for the scan, ns an item and nutrient above it'
SELECT round((scan.ms * 1e6 / :rows)::numeric, 2) AS "scan", round(((a.ms - scan.ms) * 1e6 / :rows)::numeric, 2) AS "sums of 14",
       round(((a.ms - scan.ms) * 1e6 / :rows / 14)::numeric, 3) AS "an item and nutrient",
       round((:rows * 14 * 8 / ((a.ms - scan.ms) / 1000) / 1e9)::numeric, 1) AS "GB/s of composition read"
FROM result a, result scan WHERE a.suite = 'diet' AND a.setting = '1' AND a.name = '(a) by person and day'
    AND scan.suite = 'diet' AND scan.setting = '1' AND scan.name = 'the scan alone';
