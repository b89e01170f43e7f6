-- members: the beginning of an update, whose script runs as a superuser also when the owner of a database calls it
--
-- Who owns the extension may add objects of their own to it.  Those are none of ours: no update takes them over.

DO $members$
DECLARE
    foreign_object text;
    owner name;
BEGIN
    SELECT pg_catalog.pg_describe_object(d.classid, d.objid, 0), r.rolname INTO foreign_object, owner
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_extension e ON e.oid OPERATOR(pg_catalog.=) d.refobjid AND e.extname OPERATOR(pg_catalog.=) 'vitk'
    JOIN (SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, proowner FROM pg_catalog.pg_proc
          UNION ALL SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, oid, relowner FROM pg_catalog.pg_class
          UNION ALL SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid, typowner FROM pg_catalog.pg_type
          UNION ALL SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oprowner FROM pg_catalog.pg_operator
          UNION ALL SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcowner FROM pg_catalog.pg_opclass
          UNION ALL SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid, opfowner FROM pg_catalog.pg_opfamily
          UNION ALL SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, oid, nspowner FROM pg_catalog.pg_namespace
         ) AS o (classid, objid, owner)
        ON o.classid OPERATOR(pg_catalog.=) d.classid AND o.objid OPERATOR(pg_catalog.=) d.objid
    JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) o.owner
    WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
      AND d.deptype OPERATOR(pg_catalog.=) 'e' AND NOT r.rolsuper
    ORDER BY 1
    LIMIT 1;
    IF foreign_object IS NOT NULL THEN
        RAISE EXCEPTION 'extension vitk cannot be updated: % was added to it', foreign_object
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = pg_catalog.format('It belongs to %I, who is no superuser and did not install it.', owner),
                  HINT = 'Take it out by ALTER EXTENSION vitk DROP.';
    END IF;
END
$members$;
