package dev.estran;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the layering of the architecture page, and the few rules about who may see which library. */
final class ArchitectureTest {

    /** From top to bottom: a package may use those below it, never those above. A new package takes its place here. */
    private static final List<String> LAYERS = List.of(
            "cli",
            "platform",
            "http",
            "chat",
            "assistant",
            "agent",
            "eval",
            "ai",
            "search",
            "model",
            "load",
            "export",
            "query",
            "sql",
            "lake",
            "storage",
            "secret",
            "identity",
            "access",
            "journal",
            "metastore",
            "config");

    private static final String ROOT = "dev.estran";

    private static JavaClasses classes = new ClassFileImporter().importPackages();

    @BeforeAll
    static void load() {
        classes = new ClassFileImporter().importPath(Path.of("target", "classes"));
        assertThat(classes).as("classes below target/classes").isNotEmpty();
    }

    @Test
    void everyPackageHasItsLayer() {
        Set<String> layers = packages().stream()
                .map(JavaPackage::getName)
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.", -1)[0])
                .collect(Collectors.toSet());
        assertThat(layers)
                .as("packages without a layer: add them to LAYERS at their place")
                .isSubsetOf(LAYERS);
    }

    @Test
    void arrowsGoDownwardsOnly() {
        for (int i = 0; i < LAYERS.size(); i++) {
            String[] above =
                    LAYERS.subList(0, i).stream().map(ArchitectureTest::inside).toArray(String[]::new);
            if (above.length > 0) {
                check(noClasses()
                        .that()
                        .resideInAPackage(inside(LAYERS.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above)
                        .because("what a lower package needs from above is an interface owned below"));
            }
        }
        check(noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".*..")
                .because("the types of the root package lie below every other"));
    }

    @Test
    void librariesStayBehindTheirAdapters() {
        onlyIn("io.vertx..", "http", "model");
        onlyIn("io.netty..", "http", "model");
        onlyIn("org.duckdb..", "sql.duckdb");
        onlyIn("org.apache.iceberg..", "lake", "storage");
        onlyIn("org.sqlite..", "metastore", "ai");
        onlyIn("org.flywaydb..", "metastore");
        onlyIn("org.postgresql..", "metastore");
        onlyIn("com.zaxxer.hikari..", "metastore");
        onlyIn("picocli..", "cli");
        onlyIn("org.apache.poi..", "load", "export");
        onlyIn("org.jline..", "cli");
    }

    @Test
    void onlyTheCommandLineWritesToTheConsole() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(inside("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("everything else logs"));
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .haveNameMatching(".*\\.[A-Za-z0-9$]*(Util|Utils|Utility|Utilities|Helper|Helpers|Manager)([A-Z$].*)?")
                .because("such a name says nothing; name the thing"));
        check(noClasses()
                .should()
                .resideInAnyPackage("..impl..", "..util..", "..utils..", "..common..", "..helper..", "..manager..")
                .because("packages are named after features"));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages().stream()
                        .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .as("packages without @NullMarked in their package-info")
                .isEmpty();
    }

    private static void onlyIn(String library, String... layers) {
        String[] allowed = Set.of(layers).stream().map(ArchitectureTest::inside).toArray(String[]::new);
        check(noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("only " + String.join(", ", layers) + " may know " + library));
    }

    /** Our packages that hold a class besides package-info. */
    private static Set<JavaPackage> packages() {
        return classes.stream()
                .filter(c -> c.getPackageName().startsWith(ROOT))
                .filter(c -> !c.getSimpleName().equals("package-info"))
                .map(c -> classes.getPackage(c.getPackageName()))
                .collect(Collectors.toSet());
    }

    private static String inside(String layer) {
        return ROOT + "." + layer + "..";
    }

    /** Layers without classes yet break no rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }
}
