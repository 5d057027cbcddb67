package dev.estran.platform;

import dev.estran.access.Access;
import dev.estran.ai.AnswerStore;
import dev.estran.ai.LocalMethods;
import dev.estran.ai.StagedAiCalls;
import dev.estran.ai.StoredAiExecutor;
import dev.estran.config.Config;
import dev.estran.config.Settings;
import dev.estran.journal.Journal;
import dev.estran.metastore.DataDirectory;
import dev.estran.metastore.Metastore;
import dev.estran.model.CallLimits;
import dev.estran.model.ChatClient;
import dev.estran.model.Endpoints;
import dev.estran.model.ModelCalls;
import dev.estran.model.Prices;
import dev.estran.model.Secrets;
import dev.estran.model.TrialCalls;
import dev.estran.model.UsageLog;
import dev.estran.model.UsageRecord;
import dev.estran.model.provider.openai.OpenAiClient;
import dev.estran.model.training.TrainedModels;
import dev.estran.secret.StoredSecrets;
import dev.estran.sql.AiCalls;
import dev.estran.sql.QueryParser;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The parts behind AI functions: endpoints, suppliers, local methods, own models, the executor and its store. */
final class AiParts implements AutoCloseable {

    private final Endpoints endpoints;
    private final OpenAiClient openAi;
    private final AnswerStore store;
    private final StoredAiExecutor executor;
    private final TrainedModels trainedModels;
    private final TrialCalls trials;
    private final AiCalls calls;

    AiParts(
            Config config,
            DataDirectory directory,
            Path models,
            Metastore metastore,
            Access access,
            Journal journal,
            StoredSecrets secrets,
            QueryParser parser,
            Clock clock) {
        Prices prices = Prices.shipped();
        prices.requireCurrency(config.get(Settings.AI_CURRENCY));
        CallLimits limits = CallLimits.DEFAULT.with(config.get(Settings.AI_ATTEMPTS), config.get(Settings.AI_TIMEOUT));
        UsageLog usage = record -> journal.append(UsageRecord.JOURNAL, record.toJson());
        endpoints = new Endpoints(access, metastore, prices);
        openAi = new OpenAiClient(new Secrets(System::getenv, secrets::load), limits);
        Map<String, ChatClient> clients = Map.of("openai", openAi, "openai_compatible", openAi);
        ModelCalls modelCalls = new ModelCalls(clients, prices, usage, limits, clock);
        trials = new TrialCalls(endpoints, clients, prices, usage, limits, clock);
        store = new AnswerStore(
                directory.root().resolve("answers.db"),
                AnswerStore.Limits.ofBytes(config.get(Settings.AI_STORE_BYTES)));
        trainedModels = new TrainedModels(access, metastore, models, clock);
        executor = new StoredAiExecutor(
                endpoints,
                modelCalls,
                prices,
                usage,
                store,
                LocalMethods.builtIn(),
                new OwnClassifiers(trainedModels),
                new StoredAiExecutor.Limits(
                        config.get(Settings.AI_CONCURRENCY),
                        Runtime.getRuntime().availableProcessors()));
        calls = new StagedAiCalls(parser, executor);
    }

    Endpoints endpoints() {
        return endpoints;
    }

    TrainedModels trainedModels() {
        return trainedModels;
    }

    TrialCalls trials() {
        return trials;
    }

    AiCalls calls() {
        return calls;
    }

    @Override
    public void close() {
        Closing closing = new Closing();
        closing.close("AI executor", executor);
        closing.close("supplier client", openAi);
        closing.close("answer store", store);
        closing.rethrow();
    }
}
