-- Liquibase 4.31.1: four changesets of two authors, the last one tagged. The tool: the last is changelog.sql::tag::bob.
CREATE TABLE public.databasechangelog (
    id character varying(255) NOT NULL,
    author character varying(255) NOT NULL,
    filename character varying(255) NOT NULL,
    dateexecuted timestamp without time zone NOT NULL,
    orderexecuted integer NOT NULL,
    exectype character varying(10) NOT NULL,
    md5sum character varying(35),
    description character varying(255),
    comments character varying(255),
    tag character varying(255),
    liquibase character varying(20),
    contexts character varying(255),
    labels character varying(255),
    deployment_id character varying(10)
);
CREATE TABLE public.databasechangeloglock (
    id integer NOT NULL,
    locked boolean NOT NULL,
    lockgranted timestamp without time zone,
    lockedby character varying(255)
);
INSERT INTO public.databasechangelog VALUES ('1', 'ada', 'changelog.sql', '2026-11-21 08:56:14.886611', 1, 'EXECUTED', '9:f89c7e369209a18070cbf8aed548ef90', 'sql', '', NULL, '4.31.1', NULL, NULL, '5251371878');
INSERT INTO public.databasechangelog VALUES ('2', 'ada', 'changelog.sql', '2026-11-21 08:56:14.963006', 2, 'EXECUTED', '9:4cf799b1140772e8b37483eeeab9230e', 'sql', '', NULL, '4.31.1', NULL, NULL, '5251371878');
INSERT INTO public.databasechangelog VALUES ('orders-note', 'bob', 'changelog.sql', '2026-11-21 08:56:14.975261', 3, 'EXECUTED', '9:e7d3ee0534aa0382034fe5cec6c8579f', 'sql', '', NULL, '4.31.1', NULL, NULL, '5251371878');
INSERT INTO public.databasechangelog VALUES ('tag', 'bob', 'changelog.sql', '2026-11-21 08:56:14.981513', 4, 'EXECUTED', '9:1d1fadd10e0c7d463a0513b6d654b261', 'sql', '', 'v1', '4.31.1', NULL, NULL, '5251371878');
INSERT INTO public.databasechangeloglock VALUES (1, false, NULL, NULL);
ALTER TABLE ONLY public.databasechangeloglock
    ADD CONSTRAINT databasechangeloglock_pkey PRIMARY KEY (id);
