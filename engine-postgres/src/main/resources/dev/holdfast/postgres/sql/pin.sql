SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET extra_float_digits = 3;
SET bytea_output = 'hex'; SET lc_monetary = 'C'; SET xmloption = 'content'; SET quote_all_identifiers = off;
SET search_path = ''; SET row_security = off; SET standard_conforming_strings = on; SET array_nulls = on;
SET enable_tidscan = on; SET enable_indexonlyscan = off; SET constraint_exclusion = off; SET max_parallel_workers_per_gather = 0; SET jit = off; SET synchronize_seqscans = off;
SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET idle_session_timeout = 0;
SET lock_timeout = '30s'
