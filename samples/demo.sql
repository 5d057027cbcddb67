-- Eight questions to the data of Ourlemer. `./estran demo` runs them in this order,
-- one at a time they work in `./estran sql` too. Tables: lake.demo.orders, products, shops, customers, tickets.

-- title: Revenue by shop and month, against the year before
-- why: A plain join with two windows: the share of the chain, and growth over the same month last year.
WITH monthly AS (
  SELECT s.name AS shop,
         date_trunc('month', o.ordered_at) AS month,
         sum(o.quantity * o.unit_price * (1 - coalesce(o.discount, 0))) AS revenue
  FROM lake.demo.orders AS o
  JOIN lake.demo.shops AS s ON s.shop_id = o.shop_id
  WHERE o.status <> 'cancelled'
  GROUP BY ALL
), compared AS (
  SELECT shop, month, revenue,
         revenue / sum(revenue) OVER (PARTITION BY month) AS share,
         lag(revenue, 12) OVER (PARTITION BY shop ORDER BY month) AS year_before
  FROM monthly
)
SELECT shop,
       strftime(month, '%Y-%m') AS month,
       round(revenue, 2) AS revenue,
       round(100 * share, 1) AS percent_of_chain,
       round(100 * (revenue / year_before - 1), 1) AS percent_growth
FROM compared
WHERE month = TIMESTAMP '2025-07-01'
ORDER BY revenue DESC, shop
LIMIT 10;

-- title: Best sellers of summer 2025, with their material
-- why: products came from nested JSON: attributes is a struct, tags a list, and both are read in place.
SELECT p.name,
       p.attributes.material AS material,
       list_contains(p.tags, 'recycled') AS recycled,
       sum(o.quantity) AS pieces,
       round(sum(o.quantity * o.unit_price * (1 - coalesce(o.discount, 0))), 2) AS revenue,
       round(100.0 * count(*) FILTER (WHERE o.status = 'returned') / count(*), 1) AS percent_returned
FROM lake.demo.orders AS o
JOIN lake.demo.products AS p ON p.product_id = o.product_id
WHERE o.ordered_at >= TIMESTAMP '2025-06-01' AND o.ordered_at < TIMESTAMP '2025-09-01'
GROUP BY ALL
ORDER BY revenue DESC, p.name
LIMIT 10;

-- title: Good customers who fell silent
-- why: Who spent much, has not bought for half a year and had written to support: the list to call on Monday.
WITH spending AS (
  SELECT customer_id,
         count(*) AS orders,
         sum(quantity * unit_price * (1 - coalesce(discount, 0))) AS spent,
         max(ordered_at) AS last_order
  FROM lake.demo.orders
  WHERE customer_id IS NOT NULL AND status <> 'cancelled'
  GROUP BY customer_id
), complaints AS (
  SELECT customer_id, count(*) AS tickets, max(opened_at) AS last_ticket
  FROM lake.demo.tickets
  WHERE customer_id IS NOT NULL
  GROUP BY customer_id
)
SELECT c.customer_id, c.city, s.orders, round(s.spent, 2) AS spent,
       CAST(s.last_order AS DATE) AS last_order, t.tickets
FROM spending AS s
JOIN complaints AS t ON t.customer_id = s.customer_id
JOIN lake.demo.customers AS c ON c.customer_id = s.customer_id
WHERE s.last_order < TIMESTAMP '2025-07-01' AND t.last_ticket >= s.last_order - INTERVAL 60 DAY
ORDER BY s.spent DESC, c.customer_id
LIMIT 10;

-- title: Which language do customers write in?
-- why: ai_detect_language runs locally, without a model; the column `language` tells how often it agrees.
SELECT t.language AS written_in,
       ai_detect_language(t.body) AS detected,
       count(*) AS tickets
FROM lake.demo.tickets AS t
GROUP BY ALL
ORDER BY tickets DESC, written_in, detected;

-- title: Tickets fit to be shown to anyone
-- why: ai_mask takes out phones, e-mails and IBANs by their form and check digits; nothing leaves the machine.
SELECT t.ticket_id, ai_mask(t.body, ['phone', 'email', 'iban']) AS body
FROM lake.demo.tickets AS t
WHERE t.topic = 'refund' AND t.body LIKE '%FR76%'
ORDER BY t.ticket_id
LIMIT 5;

-- title: What does each shop hear about, and does the router know it?
-- why: ticket_router was trained on part of these tickets, so agreement here flatters it; CREATE MODEL reported the honest figure.
WITH routed AS (
  SELECT t.shop_id, t.topic,
         ai_classify(
           t.body,
           ['delivery', 'billing', 'refund', 'product_defect', 'account', 'shop_experience', 'stock', 'other'],
           model => 'lake.demo.ticket_router') AS routed
  FROM lake.demo.tickets AS t
)
SELECT s.name AS shop,
       r.routed AS topic,
       count(*) AS tickets,
       count(*) FILTER (WHERE r.routed = r.topic) AS agreed
FROM routed AS r
JOIN lake.demo.shops AS s ON s.shop_id = r.shop_id
GROUP BY ALL
ORDER BY tickets DESC, shop, topic
LIMIT 12;

-- title: References and amounts out of the prose
-- why: ai_extract finds typed facts in free text, in either language; here for complaints about bills.
SELECT t.ticket_id, t.language,
       ai_extract(t.body, ['reference', 'amount']) AS facts
FROM lake.demo.tickets AS t
WHERE t.topic = 'billing' AND t.body LIKE '%OM-%' AND regexp_matches(t.body, '€|eur')
ORDER BY t.ticket_id
LIMIT 8;

-- title: The shop in Brest moves to a larger place
-- why: An UPDATE makes a new version of the table and leaves the old one readable. Running it again changes nothing.
UPDATE lake.demo.shops SET surface_m2 = 710 WHERE shop_id = 'S02';

-- why: AT (VERSION => 1) reads the table as it was first loaded, next to what it is now, in one query.
SELECT s.shop_id, s.name, old.surface_m2 AS before_m2, s.surface_m2 AS after_m2
FROM lake.demo.shops AS s
JOIN lake.demo.shops AS old AT (VERSION => 1) ON old.shop_id = s.shop_id
WHERE s.surface_m2 <> old.surface_m2
ORDER BY s.shop_id;
