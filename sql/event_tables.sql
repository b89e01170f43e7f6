-- event_tables: Mantel-Haenszel and Peto.  The values are metafor's (3.8):
--   library(metafor); x <- dat.collins1985a  # deaths: ai = d.xti, n1i = nti, ci = d.xci, n2i = nci
--   rma.mh(ai, n1i = n1i, ci = ci, n2i = n2i, measure = "OR"), "RR", "RD"; rma.peto(...); dat.bcg likewise: tpos, tpos + tneg, cpos, cpos + cneg
CREATE TABLE event_table AS
SELECT 'collins1985a' AS set_name, a, n1, c, n2 FROM unnest('{1,1,NULL,0,NULL,4,4,0,2,0,1,6,10,1,NULL,3,5,1,20,1,0,0,4,1,3,1,0}'::int[], '{50,56,18,14,33,58,40,20,46,18,45,21,153,14,10,24,78,75,259,10,31,51,106,33,36,34,15}'::int[],
    '{1,0,NULL,4,NULL,5,5,2,5,1,0,4,4,0,NULL,1,4,4,35,0,0,2,4,5,2,7,0}'::int[], '{50,53,12,15,36,55,48,20,47,19,43,19,132,14,9,24,80,75,260,11,29,54,107,39,26,31,14}'::int[]) AS t (a, n1, c, n2)
UNION ALL SELECT 'bcg', * FROM unnest('{4,6,3,62,33,180,8,505,29,17,186,5,27}'::int[], '{123,306,231,13598,5069,1541,2545,88391,7499,1716,50634,2498,16913}'::int[],
    '{11,29,11,248,47,372,10,499,45,65,141,3,29}'::int[], '{139,303,220,12867,5808,1451,629,88391,7277,1665,27338,2341,17854}'::int[]) AS t
UNION ALL SELECT 'zeros', * FROM unnest('{0,3,0,5,2}'::int[], '{20,25,40,30,2}'::int[], '{0,1,4,9,3}'::int[], '{22,20,41,28,3}'::int[]) AS t;
CREATE VIEW event_pooled AS
SELECT set_name, e.* FROM (SELECT set_name, mh_odds_ratio(a, n1, c, n2) AS o, mh_risk_ratio(a, n1, c, n2) AS r, mh_risk_difference(a, n1, c, n2) AS d,
        mh_risk_difference(a, n1, c, n2, true) AS d00, mh_risk_difference(a, n1, c, n2, false) AS d01, peto_odds_ratio(a, n1, c, n2) AS p FROM event_table GROUP BY set_name) s,
    LATERAL (VALUES (1, 'MH OR', o), (2, 'MH RR', r), (3, 'MH RD', d), (4, 'MH RD, drop00', d00), (5, 'MH RD, no drop00', d01), (6, 'Peto', p)) AS e (place, what, effect);
SELECT set_name, what, measure(effect), round(estimate(effect)::numeric, 12) AS estimate, round(se(effect)::numeric, 12) AS se, df(effect),
       round(b.lower::numeric, 6) AS lower, round(b.upper::numeric, 6) AS upper
FROM event_pooled, back_transform(effect) AS b ORDER BY set_name, place;
-- a hazard ratio of O - E and V; pooled by FE it is that of the sums
SELECT e, round((p.estimate - (-8.2 + 3.1) / (14.5 + 9.7))::numeric, 12) AS off, round((p.se - 1 / sqrt(14.5 + 9.7))::numeric, 12) AS off_se
FROM (SELECT meta_evidence(log_hazard_ratio(oe, v)) AS e FROM (VALUES (-8.2, 14.5), (3.1, 9.7)) AS t (oe, v)) s, pooled(e, 'FE') p;
-- what does not tell, and what is refused
SELECT mh_odds_ratio(0, 10, 0, 12) AS o, mh_risk_ratio(0, 10, 0, 12) AS r, mh_risk_difference(0, 10, 0, 12) AS d, peto_odds_ratio(0, 10, 0, 12) AS p, mh_odds_ratio(NULL, 10, 1, 10) AS n, peto_odds_ratio(1, 1, 0, 0) AS none;
SELECT mh_odds_ratio(11, 10, 0, 12);
SELECT peto_odds_ratio(-1, 10, 0, 12);
SELECT log_hazard_ratio(1, 0);
SELECT vitk_internal.event_tables_peto('{1,2}');
SELECT vitk_internal.event_tables_peto('{1,2,3,4,5,6,7,8,9,10,11,12,13,14,NULL}');
-- in a window, and in parts
SELECT a, mh_odds_ratio(a, n1, c, n2) OVER (ORDER BY a) IS NOT NULL AS so_far FROM event_table WHERE set_name = 'zeros' AND a > 0;
DROP VIEW event_pooled;
DROP TABLE event_table;
