package dev.estran.model.training;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The process's one ONNX Runtime environment, made on first use. */
final class OnnxEnvironment {

    /**
     * ONNX Runtime 1.29 runs a recursive regular expression over the process's command line when its environment is made:
     * beyond some 4,000 characters (a long class path) the usual stack overflows in native code and the process dies. This
     * much stack serves the longest command line Linux allows for one argument many times over; only touched pages cost.
     */
    private static final long STACK_BYTES = 256L << 20;

    private OnnxEnvironment() {}

    static OrtEnvironment get() {
        return Holder.ENVIRONMENT;
    }

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = make();
    }

    private static OrtEnvironment make() {
        CompletableFuture<OrtEnvironment> made = new CompletableFuture<>();
        Runnable making = () -> {
            try {
                made.complete(OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "estran"));
            } catch (Throwable e) {
                made.completeExceptionally(e);
            }
        };
        Thread thread = new Thread(null, making, "onnx-environment", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return made.join();
        } catch (CompletionException e) {
            throw new EstranException(
                    ErrorCode.MODEL_FAILED,
                    "ONNX Runtime cannot be loaded on this machine; trained models need it. See ./estran doctor.",
                    e.getCause());
        }
    }
}
