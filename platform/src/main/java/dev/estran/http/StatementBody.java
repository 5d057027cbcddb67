package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.Phrase;
import dev.estran.sql.AiCalls;
import dev.estran.sql.SqlService;
import dev.estran.sql.StatementStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A statement's state as JSON. */
final class StatementBody {

    private StatementBody() {}

    static ObjectNode of(StatementStatus status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("statement_id", status.id());
        body.put("state", status.state().name());
        if (!status.state().ended()) {
            phrase(body, "stage", status.doing());
            body.put("fraction", status.fraction());
        }
        body.put("wall_ms", status.wallMillis());
        ArrayNode schema = body.putArray("schema");
        for (int i = 0; i < status.columns().size(); i++) {
            Column column = status.columns().get(i);
            ObjectNode entry = schema.addObject().put("name", column.name()).put("type", column.type());
            String function = status.generated().get(i);
            if (function != null) {
                entry.put("ai", function);
            }
        }
        body.put("total", status.rows());
        body.put("truncated", status.truncated());
        if (status.affected() != null) {
            body.put("affected", status.affected());
        }
        phrase(body, "message", status.said());
        ai(status, body);
        cost(body, "cost", status.cost());
        ObjectNode pinned = body.putObject("pinned");
        status.pinned().forEach(pinned::put);
        EstranException error = status.error();
        if (error != null) {
            body.set("error", ErrorBody.of(error));
        }
        return body;
    }

    /** A line of the list of what runs. */
    static ObjectNode running(SqlService.Running running) {
        StatementStatus status = running.status();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("statement_id", status.id());
        body.put("label", running.label());
        body.put("kind", running.job() ? "job" : "statement");
        body.put("state", status.state().name());
        phrase(body, "stage", status.doing());
        body.put("fraction", status.fraction());
        body.put("submitted_at", running.submitted().toString());
        body.put("wall_ms", status.wallMillis());
        cost(body, "cost", status.cost());
        return body;
    }

    /** The English sentence under the name, its parts for other languages beside it. */
    private static void phrase(ObjectNode body, String name, @Nullable Phrase phrase) {
        if (phrase == null) {
            return;
        }
        body.put(name, phrase.text());
        if (!phrase.key().isEmpty()) {
            body.put(name + "_key", phrase.key());
            ObjectNode values = body.putObject(name + "_values");
            phrase.values().forEach((key, value) -> ErrorBody.put(values, key, value));
        }
    }

    private static void ai(StatementStatus status, ObjectNode body) {
        ArrayNode stages = body.putArray("ai_stages");
        for (AiCalls.Stage stage : status.aiStages()) {
            ObjectNode entry = stages.addObject()
                    .put("function", stage.function())
                    .put("model", stage.model())
                    .put("place", lower(stage.place()))
                    .put("distinct", stage.distinct())
                    .put("asked", stage.asked())
                    .put("stored", stage.stored())
                    .put("failed", stage.failed());
            cost(entry, "cost", stage.cost());
        }
    }

    static String lower(AiCalls.Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    static void cost(ObjectNode body, String field, @Nullable Money cost) {
        if (cost != null) {
            body.putObject(field).put("amount", cost.digits()).put("currency", cost.currency());
        }
    }
}
