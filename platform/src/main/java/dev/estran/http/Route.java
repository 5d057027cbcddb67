package dev.estran.http;

import io.vertx.core.http.HttpMethod;

/**
 * One path of the API. The OpenAPI file is held against the list of these by a test.
 *
 * @param path in OpenAPI form, {@code /api/v1/sql/{id}}
 * @param open whether it answers without a token
 */
public record Route(HttpMethod method, String path, boolean open, Handler handler) {

    static Route get(String path, Handler handler) {
        return new Route(HttpMethod.GET, path, false, handler);
    }

    static Route post(String path, Handler handler) {
        return new Route(HttpMethod.POST, path, false, handler);
    }

    static Route put(String path, Handler handler) {
        return new Route(HttpMethod.PUT, path, false, handler);
    }

    static Route delete(String path, Handler handler) {
        return new Route(HttpMethod.DELETE, path, false, handler);
    }

    static Route openGet(String path, Handler handler) {
        return new Route(HttpMethod.GET, path, true, handler);
    }

    static Route openPost(String path, Handler handler) {
        return new Route(HttpMethod.POST, path, true, handler);
    }

    /** Answers on a virtual thread; may block. */
    @FunctionalInterface
    interface Handler {
        Reply handle(Request request) throws Exception;
    }
}
