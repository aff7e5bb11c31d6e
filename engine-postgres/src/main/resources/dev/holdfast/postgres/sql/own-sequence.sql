-- Whether a sequence, %1$s, belongs to a column of some tables, %2$s, or to what a column of theirs is when nothing is said.
SELECT EXISTS (
  SELECT 1 FROM pg_catalog.pg_depend d
   WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = %1$s::pg_catalog.regclass
     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = ANY (%2$s))
    OR EXISTS (
  SELECT 1 FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attrdef a ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = a.oid
   WHERE a.adrelid = ANY (%2$s) AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
     AND d.refobjid = %1$s::pg_catalog.regclass)
