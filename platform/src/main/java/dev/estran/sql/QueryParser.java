package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** SQL text to syntax trees and back, by the engine's own grammar. Binds nothing, runs nothing. Thread-safe. */
public interface QueryParser {

    /**
     * One query as the node of its statement ({@code {"type":"SELECT_NODE",...}} and the like).
     *
     * @throws dev.estran.EstranException SYNTAX_ERROR with {@code position} (0-based offset in the text) in details, or
     *     MULTIPLE_STATEMENTS
     */
    ObjectNode parseQuery(String sql);

    /** One expression as its node. */
    JsonNode parseExpression(String sql);

    /** The query's text. */
    String printQuery(JsonNode query);

    /** The expression's text. */
    String printExpression(JsonNode expression);

    /**
     * The type as the engine prints it, for example {@code DECIMAL(12,2)} for {@code numeric(12, 2)}.
     *
     * @throws dev.estran.EstranException TYPE_NOT_SUPPORTED
     */
    String canonicalType(String type);
}
