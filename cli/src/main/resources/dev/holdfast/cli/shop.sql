-- A small shop with what a schema usually has: keys, a foreign key, checks, an index, a view, a sequence, a document.
CREATE TABLE customer (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   text NOT NULL,
    email  text NOT NULL UNIQUE,
    joined timestamptz NOT NULL
);
CREATE TABLE product (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title   text NOT NULL,
    price   numeric(10, 2) NOT NULL CHECK (price > 0),
    details jsonb NOT NULL
);
CREATE TABLE purchase (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    product_id  bigint NOT NULL REFERENCES product,
    quantity    int NOT NULL CHECK (quantity > 0),
    bought      timestamptz NOT NULL
);
CREATE INDEX purchase_by_customer ON purchase (customer_id, bought);
CREATE VIEW turnover AS
    SELECT p.title, sum(u.quantity * p.price) AS turnover
      FROM purchase u JOIN product p ON p.id = u.product_id GROUP BY p.title;

INSERT INTO customer (name, email, joined)
    SELECT 'Customer ' || i, 'customer' || i || '@example.org', timestamptz '2024-01-01 00:00:00+00' + i * interval '1 hour'
      FROM generate_series(1, 2000) i;
INSERT INTO product (title, price, details)
    SELECT 'Product ' || i, 1 + (i * 37 % 9900) / 100.0,
           jsonb_build_object('color', (ARRAY['red', 'green', 'blue'])[1 + i % 3], 'weight_g', i * 13 % 5000)
      FROM generate_series(1, 300) i;
INSERT INTO purchase (customer_id, product_id, quantity, bought)
    SELECT 1 + i * 7919 % 2000, 1 + i * 7 % 300, 1 + i % 5,
           timestamptz '2025-01-01 00:00:00+00' + i * interval '5 minutes'
      FROM generate_series(1, 50000) i;
