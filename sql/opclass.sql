-- The operators, operator classes and aggregates of the extension, checked as PostgreSQL's own
-- opr_sanity and type_sanity check the built-in ones.  Every query but the first and the last finds no row.
CREATE VIEW member AS
SELECT classid, objid FROM pg_depend
WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk');
-- every type with an order, and what hashes and sorts it
SELECT opcintype::regtype AS type, amname AS method, amvalidate(c.oid) AS valid, opcdefault AS is_default
FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod
WHERE ('pg_opclass'::regclass, c.oid) IN (SELECT classid, objid FROM member)
ORDER BY opcintype::regtype::text, amname;
-- types without binary input and output
SELECT t.oid::regtype
FROM pg_type t
WHERE ('pg_type'::regclass, t.oid) IN (SELECT classid, objid FROM member)
  AND typtype = 'b' AND typelem = 0 AND (typsend = 0 OR typreceive = 0)
ORDER BY 1;
-- types sorted but not hashed, hashed but not sorted
SELECT opcintype::regtype AS type, string_agg(amname, ', ') AS only
FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod
WHERE ('pg_opclass'::regclass, c.oid) IN (SELECT classid, objid FROM member) AND amname <> 'gin'
GROUP BY opcintype HAVING count(*) <> 2
ORDER BY 1;
-- hash operator families without the extended hash function
SELECT DISTINCT f.opfname
FROM pg_opfamily f JOIN pg_am a ON a.oid = opfmethod
WHERE ('pg_opfamily'::regclass, f.oid) IN (SELECT classid, objid FROM member)
  AND amname = 'hash'
  AND NOT EXISTS (SELECT FROM pg_amproc WHERE amprocfamily = f.oid AND amprocnum = 2);
-- comparison operators without commutator, negator or estimators, equality that neither merges nor hashes
SELECT o.oid::regoperator
FROM pg_operator o
WHERE ('pg_operator'::regclass, o.oid) IN (SELECT classid, objid FROM member)
  AND oprname IN ('=', '<>', '<', '<=', '>', '>=') AND oprleft = oprright
  AND (oprcom = 0 OR oprnegate = 0 OR oprrest = 0 OR oprjoin = 0
       OR oprname = '=' AND NOT (oprcanmerge AND oprcanhash))
ORDER BY 1;
-- equal, negated and commuted operators whose functions are marked differently
SELECT o.oid::regoperator, n.oid::regoperator
FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
    JOIN pg_operator n ON n.oid IN (o.oprnegate, o.oprcom) JOIN pg_proc q ON q.oid = n.oprcode
WHERE ('pg_operator'::regclass, o.oid) IN (SELECT classid, objid FROM member)
  AND (p.provolatile, p.proleakproof, p.proisstrict, p.proparallel)
      IS DISTINCT FROM (q.provolatile, q.proleakproof, q.proisstrict, q.proparallel)
ORDER BY 1, 2;
-- operators whose commutator or negator does not return the favour
SELECT o.oid::regoperator
FROM pg_operator o
    LEFT JOIN pg_operator c ON c.oid = o.oprcom LEFT JOIN pg_operator n ON n.oid = o.oprnegate
WHERE ('pg_operator'::regclass, o.oid) IN (SELECT classid, objid FROM member)
  AND (c.oprcode = 0 OR n.oprcode = 0 OR c.oprcom <> o.oid OR n.oprnegate <> o.oid)
ORDER BY 1;
-- functions of btree and hash operator classes and their <> that are not leakproof, other functions that are
WITH class_function AS (
    SELECT oprcode AS oid FROM pg_amop JOIN pg_operator o ON o.oid IN (amopopr, (SELECT oprnegate FROM pg_operator p WHERE p.oid = amopopr))
    WHERE amopmethod <> (SELECT oid FROM pg_am WHERE amname = 'gin') AND ('pg_opfamily'::regclass, amopfamily) IN (SELECT classid, objid FROM member)
    UNION
    SELECT amproc FROM pg_amproc JOIN pg_opfamily f ON f.oid = amprocfamily AND opfmethod <> (SELECT oid FROM pg_am WHERE amname = 'gin')
    WHERE ('pg_opfamily'::regclass, amprocfamily) IN (SELECT classid, objid FROM member))
SELECT p.oid::regprocedure, proleakproof
FROM pg_proc p
WHERE ('pg_proc'::regclass, p.oid) IN (SELECT classid, objid FROM member)
  AND proleakproof <> (p.oid IN (SELECT oid FROM class_function))
ORDER BY 1;
-- support functions that do not sort or hash alike: not immutable, not strict, not parallel safe
SELECT DISTINCT p.oid::regprocedure
FROM pg_amproc JOIN pg_proc p ON p.oid = amproc
WHERE ('pg_opfamily'::regclass, amprocfamily) IN (SELECT classid, objid FROM member)
  AND (provolatile, proisstrict, proparallel) IS DISTINCT FROM ('i', true, 's')
ORDER BY 1;
-- aggregates without a combine function, or with a state nobody can read
SELECT aggfnoid::regprocedure
FROM pg_aggregate
WHERE ('pg_proc'::regclass, aggfnoid) IN (SELECT classid, objid FROM member)
  AND (aggcombinefn = 0 OR aggtranstype = 'internal'::regtype)
ORDER BY 1;
-- functions that share a C symbol but are not marked alike
SELECT a.oid::regprocedure, b.oid::regprocedure
FROM pg_proc a JOIN pg_proc b ON a.prosrc = b.prosrc AND a.oid < b.oid AND a.prolang = b.prolang
WHERE ('pg_proc'::regclass, a.oid) IN (SELECT classid, objid FROM member)
  AND ('pg_proc'::regclass, b.oid) IN (SELECT classid, objid FROM member)
  AND a.prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
  AND (a.provolatile, a.proisstrict, a.proparallel, a.proleakproof)
      IS DISTINCT FROM (b.provolatile, b.proisstrict, b.proparallel, b.proleakproof)
ORDER BY 1, 2;
-- what is equal hashes alike; without a seed the extended hash ends in the hash (all true)
WITH pair (type, a, b, a_seeded, b_seeded, a_extended, equal) AS (
    SELECT 'nutrient', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('MK-4'::nutrient, '428'::nutrient)) v (a, b)
    UNION ALL
    SELECT 'nutrient_amount', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('0.1 mg'::nutrient_amount, '100 ug'::nutrient_amount)) v (a, b)
    UNION ALL
    SELECT 'nutrient_profile', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('100 g: K1 1 mg, MK-4 2 ug'::nutrient_profile, '100 g: MK-4 2..2 ug, K1 1000 ug (known 100 g)'::nutrient_profile)) v (a, b)
    UNION ALL
    SELECT 'conversion', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('molar: K1 0.1'::conversion, 'molar: MK-4 1, phylloquinone 0.10..0.1'::conversion)) v (a, b)
    UNION ALL
    SELECT 'study_sample', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('-0 ± 0.5 (n=4)'::study_sample, '(n=4, sum=0, ss=0.75)'::study_sample)) v (a, b)
    UNION ALL
    SELECT 'effect_size', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('OR 1 (log SE 0.5)'::effect_size, 'log OR -0 (SE 0.50)'::effect_size)) v (a, b)
    UNION ALL
    SELECT 'calcification', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('0 AU'::calcification, '-0.0 Agatston'::calcification)) v (a, b)
    UNION ALL
    SELECT 'variance_components', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES (variance_components(2, 2, 5, 1, 1), '(persons=2, days=4, days_squared=8, means=10.0, sum=20, ss_between=3, ss_within=2)'::variance_components)) v (a, b)
    UNION ALL
    SELECT 'meta_evidence', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('{0 (SE 1), 1 (SE 2, df=3)}'::meta_evidence, '{-0 (SE 1.0), 1 (SE 2, df=3.0)}'::meta_evidence)) v (a, b)
    UNION ALL
    SELECT 'diet', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('{7: 0.3, 9: 1}'::diet, '{9: 0.5, 7: 0.1, 9: 0.5, 7: 0.2}'::diet)) v (a, b)
    UNION ALL
    SELECT 'food_composition', hash_record(ROW(a)), hash_record(ROW(b)), hash_record_extended(ROW(a), 42),
        hash_record_extended(ROW(b), 42), hash_record_extended(ROW(a), 0), a = b
    FROM (VALUES ('{7: 100 g: K1 1 mg; 9: 30 g}'::food_composition, '{9: 30.0 g; 7: 0.1 kg: K1 1000..1000 ug}'::food_composition)) v (a, b)
)
SELECT type, equal, a = b AS hash, a_seeded = b_seeded AS extended, a_seeded <> a_extended AS seed_counts,
       a_extended::bit(32) = a::bit(32) AS unseeded
FROM pair;
DROP VIEW member;
