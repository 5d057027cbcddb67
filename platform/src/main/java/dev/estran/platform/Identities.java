package dev.estran.platform;

import dev.estran.access.Access;
import dev.estran.access.Grants;
import dev.estran.identity.AccessTokens;
import dev.estran.identity.Directory;
import dev.estran.metastore.Metastore;
import dev.estran.sql.RightsStatements;
import java.time.Clock;

/** The services about people and rights, wired. */
public final class Identities {

    private final Directory directory;
    private final AccessTokens tokens;
    private final Grants grants;

    Identities(Access access, Metastore metastore, Clock clock) {
        directory = new Directory(access, metastore, clock);
        tokens = new AccessTokens(access, metastore, clock);
        grants = new Grants(access, metastore, directory::find, clock);
    }

    public Directory directory() {
        return directory;
    }

    public AccessTokens tokens() {
        return tokens;
    }

    RightsStatements.Services services() {
        return new RightsStatements.Services(grants, directory, tokens);
    }
}
