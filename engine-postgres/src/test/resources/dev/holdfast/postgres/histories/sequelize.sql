-- Sequelize 6.37.8 (sequelize-cli 6.6.5): two migrations. The tool: both are up.
CREATE TABLE public."SequelizeMeta" (
    name character varying(255) NOT NULL
);
INSERT INTO public."SequelizeMeta" VALUES ('20240101120000-users.js');
INSERT INTO public."SequelizeMeta" VALUES ('20240305090000-orders.js');
ALTER TABLE ONLY public."SequelizeMeta"
    ADD CONSTRAINT "SequelizeMeta_pkey" PRIMARY KEY (name);
