package dev.estran.model.training;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** A model file of one dense input and one output of probabilities, run by ONNX Runtime. Thread-safe. */
final class OnnxLinearModel {

    private static final Cleaner CLEANER = Cleaner.create();

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final int width;

    /** Native memory is given back when this object is no longer used. */
    OnnxLinearModel(byte[] file, int width) {
        this.width = width;
        try {
            environment = OnnxEnvironment.get();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
                session = environment.createSession(file, options);
            }
            input = session.getInputNames().iterator().next();
            CLEANER.register(this, new Closing(session));
        } catch (OrtException e) {
            throw new EstranException(
                    ErrorCode.MODEL_DAMAGED, "The model file cannot be loaded. Train the model again.", e);
        }
    }

    /** Probabilities by row and label. */
    float[][] run(List<Vocabulary.Vector> rows) {
        FloatBuffer values = ByteBuffer.allocateDirect(4 * width * rows.size())
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int row = 0; row < rows.size(); row++) {
            Vocabulary.Vector vector = rows.get(row);
            for (int i = 0; i < vector.size(); i++) {
                values.put(row * width + vector.column(i), (float) vector.value(i));
            }
        }
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, new long[] {rows.size(), width});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new EstranException(ErrorCode.MODEL_FAILED, "The model could not be run. Train it again.", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private record Closing(OrtSession session) implements Runnable {
        @Override
        public void run() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
