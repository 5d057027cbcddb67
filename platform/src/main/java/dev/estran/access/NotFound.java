package dev.estran.access;

import dev.estran.ErrorCode;
import dev.estran.EstranException;

/**
 * What is said of a name that stands for nothing. Services say it of what does not exist, the rights check of what a
 * caller may not know of, in the same words.
 */
public final class NotFound {

    private NotFound() {}

    public static EstranException of(Securable securable) {
        String name = securable.name();
        return switch (securable.kind()) {
            case PLATFORM -> new EstranException(ErrorCode.DENIED, "Not allowed on the platform.");
            case SECRET -> error(ErrorCode.SECRET_NOT_FOUND, "There is no secret " + name + ".", name);
            case CATALOG ->
                error(
                        ErrorCode.CATALOG_NOT_FOUND,
                        "There is no catalog " + name + ". SHOW CATALOGS lists them; CREATE CATALOG makes one.",
                        name);
            case SCHEMA ->
                error(
                        ErrorCode.SCHEMA_NOT_FOUND,
                        "There is no schema " + name + ". SHOW SCHEMAS lists them; CREATE SCHEMA " + name
                                + " makes it.",
                        name);
            case TABLE ->
                error(
                        ErrorCode.TABLE_NOT_FOUND,
                        "There is no table " + name + ". SHOW TABLES IN " + schema(securable) + " lists them.",
                        name);
            case VIEW ->
                error(
                        ErrorCode.VIEW_NOT_FOUND,
                        "There is no view " + name + ". SHOW VIEWS IN " + schema(securable) + " lists them.",
                        name);
            case MODEL ->
                error(ErrorCode.MODEL_NOT_FOUND, "There is no model " + name + ". SHOW MODELS lists them.", name);
            case FUNCTION ->
                error(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "There is no function " + name + ". SHOW FUNCTIONS lists them.",
                        name);
            case CONNECTION ->
                error(
                        ErrorCode.CONNECTION_NOT_FOUND,
                        "There is no connection " + name + ". SHOW CONNECTIONS lists them.",
                        name);
            case ENDPOINT ->
                error(
                        ErrorCode.ENDPOINT_NOT_FOUND,
                        "There is no model " + name + ". SHOW ENDPOINTS lists them; ./estran models add connects one.",
                        name);
        };
    }

    private static String schema(Securable object) {
        return new Securable(Securable.Kind.SCHEMA, object.parts().subList(0, 2)).name();
    }

    private static EstranException error(ErrorCode code, String message, String name) {
        return new EstranException(code, message).with("name", name);
    }
}
