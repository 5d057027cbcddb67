package dev.estran.http;

import dev.estran.export.ExportService;
import dev.estran.lake.Lake;
import dev.estran.load.LoadService;
import dev.estran.model.TrialCalls;
import dev.estran.query.SavedQueries;
import dev.estran.secret.StoredSecrets;
import dev.estran.sql.SqlService;

/** What the routes of the native API call. */
public record Services(
        SqlService sql,
        LoadService load,
        ExportService export,
        Lake lake,
        SavedQueries savedQueries,
        StoredSecrets secrets,
        TrialCalls trials) {}
