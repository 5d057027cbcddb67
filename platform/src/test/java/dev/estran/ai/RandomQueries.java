package dev.estran.ai;

import java.util.Random;

/** Makes queries with AI calls over the tables __t0 (id, shop, n, body) and __t1 (shop, town). */
final class RandomQueries {

    private final Random random;
    private String table = "t";

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }

    String query() {
        table = "t";
        return switch (random.nextInt(14)) {
            case 0, 1 -> "SELECT id, " + value(2) + " AS v, " + value(1) + " AS w FROM __t0 AS t" + where();
            case 2 ->
                "SELECT " + value(1) + " AS v, count(*) AS c, min(" + value(1) + ") AS m FROM __t0 AS t" + where()
                        + " GROUP BY ALL";
            case 3 ->
                "SELECT shop, " + group() + " AS v, count(*) AS c FROM __t0 AS t" + where()
                        + " GROUP BY shop HAVING " + pick("count(*) > 2", "max(n) > 3", "ai_filter('i', max(body))")
                        + " AND " + pick("ai_filter('i', shop)", "max(id) > 3");
            case 4 -> "SELECT DISTINCT " + value(1) + " AS v, n FROM __t0 AS t" + where();
            case 5 ->
                "SELECT id, " + value(1) + " AS v FROM __t0 AS t" + where()
                        + " QUALIFY row_number() OVER (PARTITION BY shop ORDER BY id) <= 2"
                        + pick("", " AND " + bool(1));
            case 6 ->
                "SELECT q.v, q.id FROM (SELECT id, n, " + value(1) + " AS v FROM __t0 AS t" + where()
                        + ") AS q WHERE q.v LIKE '%" + random.nextInt(4) + "' OR q.n > 3";
            case 7 -> {
                String cte =
                        "WITH c AS (SELECT id, shop, body, n, " + value(1) + " AS g FROM __t0 AS t" + where() + ") ";
                table = "c";
                yield cte + "SELECT g, id, " + value(1) + " AS v FROM c" + where();
            }
            case 8 ->
                "SELECT t.id, u.town, " + call(1) + " AS v FROM __t0 AS t "
                        + pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN") + " __t1 AS u ON t.shop = u.shop AND "
                        + pick("ai_filter('i', t.body, u.town)", "ai_filter('i', u.town)", "t.n > 2", bool(1))
                        + where();
            case 9 ->
                "SELECT id, " + value(1) + " AS v FROM __t0 AS t WHERE "
                        + pick(
                                "EXISTS (SELECT 1 FROM __t1 AS u WHERE u.shop = t.shop AND ai_filter('i', t.body, u.town))",
                                "t.shop IN (SELECT u.shop FROM __t1 AS u WHERE ai_filter('i', u.town))",
                                "t.n > (SELECT count(*) FROM __t1 AS u WHERE u.shop = t.shop AND ai_filter('i', u.town || t.n))",
                                "NOT EXISTS (SELECT 1 FROM __t1 AS u WHERE u.shop < t.shop AND ai_gen(u.town) LIKE '%1')")
                        + " AND " + cheap();
            case 10 ->
                "SELECT " + value(1) + " AS v FROM __t0 AS t" + where() + pick(" UNION ", " UNION ALL ", " EXCEPT ")
                        + "SELECT " + value(1) + " FROM __t0 AS t" + where();
            case 11 ->
                "SELECT id, " + value(1) + " AS v FROM __t0 AS t" + where() + " ORDER BY "
                        + pick("", "n, ", "v, ", call(1) + ", ") + "id LIMIT " + (1 + random.nextInt(12))
                        + pick("", " OFFSET 3");
            case 12 ->
                "SELECT n, sum(CASE WHEN " + bool(1) + " THEN 1 ELSE 0 END) FILTER (WHERE " + bool(1)
                        + ") AS s FROM __t0 AS t" + where() + " GROUP BY n";
            default ->
                "SELECT id, topic FROM (SELECT id, n, " + call(2) + " AS topic FROM __t0 AS t WHERE " + bool(1)
                        + ") AS z WHERE topic LIKE '%" + random.nextInt(4) + "%' AND n < 5";
        };
    }

    private String where() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> " WHERE " + bool(2);
            case 2 -> " WHERE " + cheap() + " AND " + bool(2);
            default -> " WHERE " + bool(1) + " AND " + cheap() + " AND " + bool(1);
        };
    }

    private String cheap() {
        return pick(
                table + ".n > " + random.nextInt(5),
                table + ".shop = 's1'",
                table + ".id % 2 = 0",
                table + ".body IS NOT NULL",
                table + ".body LIKE '%1'");
    }

    private String bool(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> cheap();
            case 1, 2 -> "ai_filter('i', " + text(depth - 1) + ")";
            case 3 -> "ai_classify(" + text(depth - 1) + ", ['a','b','c']) = 'a'";
            case 4 -> "ai_similarity(" + text(depth - 1) + ", " + text(depth - 1) + ") > 12";
            case 5 -> "(" + bool(depth - 1) + " OR " + bool(depth - 1) + ")";
            case 6 -> "NOT (" + bool(depth - 1) + " AND " + bool(depth - 1) + ")";
            default -> "CASE WHEN " + bool(depth - 1) + " THEN " + bool(depth - 1) + " ELSE " + cheap() + " END";
        };
    }

    private String text(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0, 1 -> table + ".body";
            case 2 -> table + ".shop";
            case 3 -> "lower(" + table + ".body)";
            case 4 -> "CAST(" + table + ".n AS VARCHAR)";
            case 5 -> call(depth - 1);
            case 6 -> "CASE WHEN " + cheap() + " THEN " + table + ".body ELSE " + call(depth - 1) + " END";
            default -> "coalesce(" + table + ".body, " + call(depth - 1) + ")";
        };
    }

    private String call(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> "ai_gen(" + text(depth) + ")";
            case 1 -> "ai_summarize(" + text(depth) + ")";
            case 2 -> "ai_detect_language(" + text(depth) + ")";
            default -> "ai_classify(" + text(depth) + ", ['a','b1','c2'])";
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> table + ".shop";
            case 1 ->
                "CASE WHEN " + bool(depth - 1) + " THEN " + text(depth) + " WHEN " + cheap() + " THEN " + call(depth)
                        + " ELSE 'none' END";
            case 2 -> "coalesce(" + text(depth - 1) + ", " + call(depth) + ", 'x')";
            default -> call(depth);
        };
    }

    private String group() {
        return pick(
                "ai_gen(shop || max(body))",
                "ai_summarize(max(" + call(1) + "))",
                "ai_gen(shop)",
                "max(" + call(0) + ")");
    }
}
