package dev.estran.model.provider.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Persons by title or common first name. Weak by nature: it knows no grammar, and a name without title or listed first
 * name is missed.
 */
final class PersonRecogniser implements Recogniser {

    static final PersonRecogniser INSTANCE = new PersonRecogniser();

    private static final String PART = "\\p{Lu}[\\p{L}'’]{0,25}(?:-\\p{Lu}[\\p{L}'’]{0,25})?";
    private static final String PARTICLE = "(?:(?:de la|de|du|des|d'|van|von|der|den|di|da|el|al|le|la|ben)[ ]){0,2}";

    private static final Pattern TITLED =
            Pattern.compile("(?<![\\p{L}\\d])(?:M\\.|MM\\.|Mr\\.?|Mrs\\.?|Ms\\.?|Mme\\.?|Mlle\\.?|"
                    + "Madame|Monsieur|Mademoiselle|Miss|Dr\\.?|Docteur|Doctor|Pr\\.?|Prof\\.?|Professeur|Professor|Ma[iî]tre|Me|Sir|Lady)"
                    + "[ \\u00a0](" + PARTICLE + PART + "(?:[ \\u00a0]" + PARTICLE + PART + "){0,3})");
    private static final Pattern CAPITALISED =
            Pattern.compile("(?<![\\p{L}\\d])(" + PART + ")((?:[ \\u00a0]" + PARTICLE + PART + "){0,3})");

    private static final Set<String> FIRST_NAMES = Set.copyOf(List.of(
            ("abdel ahmed alassane alberto alessandro alfred ali alicia alma amadou amelia andrzej anita anja anton antonio anton aurelien bob carol chiara dan dave edward eleonore emilie fanny fernando francesca francesco fred gaspard giovanni hana helena hussein ilyes imane jan jules kamel katarzyna kenza laetitia luca luigi maeva malik manon marco mariam mateo maurice medhi mustapha nathan nour ousmane piotr rania roberto rosa ruth salome sean sven tania teresa tim youssef yusuf zineb adam adele adrien agnes alain albert alex alexandra alexandre alexis "
                            + "alice aline amandine amelie amina amy ana anais andre andrea andrew angela anissa anna anne annie anthony "
                            + "antoine arnaud arthur audrey aurelie axel aziz baptiste barbara bastien beatrice ben benjamin benoit bernard "
                            + "bertrand brian brigitte bruno camille carine carla carlos caroline catherine cecile cedric celine chantal "
                            + "charles charlotte chloe chris christian christine christophe claire clara claude claudine clement colette "
                            + "corinne cyril damien daniel danielle david deborah delphine denis didier diana dominique dorothee edouard "
                            + "elena elise elisabeth elizabeth ella elodie emily emma emmanuel emmanuelle eric estelle esther etienne eva "
                            + "fabien fabrice farid fatima fatou felix florence florian francis francois francoise frederic gabriel "
                            + "gabrielle gaelle gael george georges gerard gilbert gilles giulia gregory guillaume guy hannah hans hassan "
                            + "helen helene henri henry herve hugo ibrahim ines isabelle ivan jack jacqueline jacques james jane jean "
                            + "jeanne jennifer jeremy jerome jessica joao joel john jonathan jose joseph julia julie julien juliette karim "
                            + "karine kate kevin khadija kim lars laura laure laurence laurent lea leila lena leo leon lily linda "
                            + "lisa loic louis louise luc lucas lucie lucy lydie madeleine magali maria marc marcel margaux marguerite "
                            + "marianne marie marina marine marion mark martin martine mary mathieu mathilde matthew matthieu maxime "
                            + "mehdi melanie mia michael michel michele michelle mike mohamed mohammed monique morgane mounir muriel myriam "
                            + "nadia nadine nathalie nicolas nicole nina noah noemie nora odile olga oliver olivia olivier omar oscar "
                            + "pablo pascal patricia patrick paul paula pauline pedro peter philippe pierre quentin rachel rachid "
                            + "raphael raymond rebecca regis remi rene richard robert robin roger romain rose ryan sabine sabrina said "
                            + "salma sam samia samir samuel sandra sandrine sara sarah sebastien serge sergio severine simon simone sofia "
                            + "solene sonia sophia sophie stefan stephane stephanie steve steven susan suzanne sylvain sylvie tanguy "
                            + "theo theodore therese thibault thierry thomas tom tristan valentin valerie vanessa veronique victor "
                            + "victoria vincent virginie walter william xavier yann yannick yasmine yves yvette yvonne zoe")
                    .split(" ")));

    private PersonRecogniser() {}

    @Override
    public List<Span> find(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher titled = TITLED.matcher(text);
        while (titled.find()) {
            spans.add(new Span(titled.start(1), titled.end(1)));
        }
        Matcher capitalised = CAPITALISED.matcher(text);
        int position = 0;
        while (position < text.length() && capitalised.find(position)) {
            position = capitalised.end(1);
            if (FIRST_NAMES.contains(firstPart(capitalised.group(1)))) {
                spans.add(new Span(capitalised.start(), capitalised.end()));
                position = capitalised.end();
            }
        }
        return Spans.withoutOverlaps(spans);
    }

    private static String firstPart(String name) {
        String folded = Words.fold(name);
        int hyphen = folded.indexOf('-');
        return hyphen < 0 ? folded : folded.substring(0, hyphen);
    }
}
