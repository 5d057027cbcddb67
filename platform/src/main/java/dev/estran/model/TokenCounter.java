package dev.estran.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts tokens as the o200k encoding does. Its tables load on first use. */
public final class TokenCounter {

    private static final int PER_MESSAGE = 4;

    private TokenCounter() {}

    private static final class Tables {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    public static long count(String text) {
        return Tables.O200K.countTokensOrdinary(text);
    }

    /** Tokens of a request's messages with their frames. */
    public static long count(ChatRequest request) {
        long count = 3;
        for (ChatRequest.Message message : request.messages()) {
            count += PER_MESSAGE + count(message.content());
        }
        return count;
    }
}
