package dev.estran.testing.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes support tickets. A ticket is a scene (a real order) told by a persona: a core that carries the topic, and
 * around it what people add: greetings, context, asides about other topics that are not the cause, requests, earlier mails.
 */
final class TicketWriter {
    private static final double LABEL_NOISE = 0.02;
    private static final double VAGUE = 0.03;
    private static final double AMBIGUOUS = 0.12;

    private final World world;
    private final List<Order> orders;
    private final Dice dice;
    private final Grammar grammar;
    private final Repeats repeats = new Repeats(9);

    TicketWriter(World world, List<Order> orders, Dice dice) {
        this.world = world;
        this.orders = orders.subList(0, orders.size() - 400);
        this.dice = dice;
        this.grammar = new Grammar(dice);
    }

    List<Ticket> write(int count, int resent) {
        List<Ticket> out = new ArrayList<>();
        while (out.size() < count - resent) {
            Ticket ticket = one();
            if (repeats.accept(ticket.body())) {
                out.add(ticket);
            }
        }
        for (int i = 0; i < resent; i++) {
            Ticket t = dice.pick(out);
            out.add(new Ticket(
                    t.opened().plusMinutes(dice.between(3, 3000)),
                    t.shop(),
                    t.customer(),
                    t.language(),
                    t.channel(),
                    t.subject(),
                    t.body(),
                    t.topic()));
        }
        return out;
    }

    private Ticket one() {
        Topic topic = dice.weighted(List.of(Topic.values()), Topic::share);
        String language =
                dice.weighted(List.of("fr", "en", "mixed"), l -> l.equals("fr") ? 60 : l.equals("en") ? 35 : 5);
        Persona persona = dice.weighted(List.of(Persona.values()), Persona::share);
        Draft draft = new Draft(topic, language, persona);
        boolean french = !language.equals("en");
        Scene scene = scene(draft.main, topic, language);
        Slots slots = new Slots(scene, dice);
        Typist typist = new Typist(persona, dice);
        String body = draft.text(scene, slots, typist);
        String channel = channel(persona);
        boolean titled = channel.equals("email") || (channel.equals("form") && dice.chance(0.8));
        String section = dice.chance(0.12) ? dice.pick(List.of(Topic.values())).label() : topic.label();
        String title = !titled || dice.chance(0.04)
                ? null
                : typist.finish(slots.fill(
                        grammar.resolve(grammar.draw((french ? "fr/" : "en/") + section, "subject")), french));
        Topic label = dice.chance(LABEL_NOISE) ? dice.weighted(List.of(Topic.values()), Topic::share) : topic;
        return new Ticket(scene.opened(), scene.shop(), scene.customer(), language, channel, title, body, label);
    }

    private String channel(Persona persona) {
        return persona == Persona.SMS
                ? dice.oneOf("sms", "chat", "chat", "form")
                : dice.oneOf("email", "email", "email", "form", "form", "chat");
    }

    private Scene scene(String core, Topic topic, String language) {
        String group = core.startsWith("#") ? core.substring(1, core.indexOf(' ')) : "";
        boolean sized = core.contains("<size");
        while (true) {
            Order order = dice.pick(orders);
            Customer customer = order.customer();
            boolean fits = (group.isEmpty() || order.product().is(group))
                    && (!sized || order.product().sized());
            fits &= topic != Topic.DELIVERY || !order.channel().equals("shop");
            fits &= topic != Topic.SHOP_EXPERIENCE || order.shop() != null;
            if (fits
                    && (customer == null
                            || language.equals("mixed")
                            || customer.language().equals(language))) {
                return Scene.of(order, world, language, dice);
            }
        }
    }

    private final class Draft {
        private final Topic topic;
        private final Persona persona;
        private final boolean mixed;
        private final String language;
        private final String main;
        private final boolean brief;

        Draft(Topic topic, String language, Persona persona) {
            this.topic = topic;
            this.persona = persona;
            this.mixed = language.equals("mixed");
            this.language = mixed ? "fr" : language;
            this.brief = dice.chance(persona == Persona.SMS ? 0.4 : 0.05);
            this.main = main();
        }

        private String main() {
            if (mixed) {
                return grammar.draw("mixed", topic.label());
            }
            if (dice.chance(VAGUE)) {
                return grammar.draw(language + "/common", "vague");
            }
            List<String> unclear = grammar.sections(language + "/ambiguous", topic.label());
            if (!unclear.isEmpty() && dice.chance(AMBIGUOUS)) {
                return grammar.draw(language + "/ambiguous", dice.pick(unclear));
            }
            return grammar.draw(language + "/" + topic.label(), brief ? "short" : "core");
        }

        String text(Scene scene, Slots slots, Typist typist) {
            List<Piece> pieces = brief ? briefly() : fully(scene);
            StringBuilder out = new StringBuilder();
            boolean lines = persona != Persona.SMS && dice.chance(0.6);
            Kind before = Kind.INLINE;
            for (Piece piece : pieces) {
                if (piece.text.isEmpty()) {
                    continue;
                }
                String said = said(piece, slots, typist);
                boolean breaks = lines
                        && (piece.kind == Kind.PARAGRAPH || piece.kind == Kind.CLOSING || before == Kind.GREETING);
                if (before == Kind.GREETING
                        && !breaks
                        && out.charAt(out.length() - 1) == ','
                        && !said.matches("(?s)(I\\b|OM-).*")) {
                    said = said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
                }
                out.append(out.isEmpty() ? "" : piece.kind == Kind.QUOTE ? "\n\n" : breaks ? "\n" : " ")
                        .append(said);
                before = piece.kind;
            }
            return out.toString();
        }

        private String said(Piece piece, Slots slots, Typist typist) {
            boolean french = piece.language.equals("fr");
            String bare = piece.text.startsWith("#") ? piece.text.substring(piece.text.indexOf(' ') + 1) : piece.text;
            String said = slots.fill(typist.type(grammar.resolve(bare), french), french);
            said = french ? said : said.replace(" ?", "?");
            boolean open = Character.isLetterOrDigit(said.charAt(said.length() - 1));
            if (open && persona != Persona.SMS && piece.kind != Kind.GREETING && piece.kind != Kind.CLOSING) {
                said += ".";
            }
            return piece.kind == Kind.SHOUTED ? said.toUpperCase(Locale.ROOT) : typist.finish(said);
        }

        private List<Piece> briefly() {
            List<Piece> out = new ArrayList<>();
            add(out, Kind.GREETING, 0.5, "common", "greeting." + persona.section());
            out.add(new Piece(main, language, Kind.INLINE));
            add(out, Kind.INLINE, 0.25, other().label(), "aside");
            add(out, Kind.INLINE, 0.2, "common", "filler");
            add(out, Kind.CLOSING, 0.4, "common", "closing." + persona.section());
            return out;
        }

        private List<Piece> fully(Scene scene) {
            List<Piece> out = new ArrayList<>();
            add(out, Kind.GREETING, 0.85, "common", "greeting." + persona.section());
            List<Piece> middle = new ArrayList<>();
            add(middle, Kind.PARAGRAPH, 0.35, "common", "context");
            if (dice.chance(0.3)) {
                middle.add(aside(scene));
            }
            middle.add(
                    dice.below(middle.size() + 1),
                    new Piece(main, language, dice.chance(0.5) ? Kind.PARAGRAPH : Kind.INLINE));
            out.addAll(middle);
            add(
                    out,
                    persona == Persona.ANGRY && dice.chance(0.25) ? Kind.SHOUTED : Kind.INLINE,
                    0.4,
                    "common",
                    "filler");
            if (dice.chance(0.07)) {
                out.add(aside(scene));
            }
            add(out, Kind.INLINE, 0.5, topic.label(), "request");
            add(out, Kind.PARAGRAPH, 0.3, "common", "request.any");
            add(out, Kind.CLOSING, 0.75, "common", "closing." + persona.section());
            add(out, Kind.QUOTE, 0.09, "common", "quoted");
            return out;
        }

        private Piece aside(Scene scene) {
            String tongue = tongue();
            String said =
                    grammar.draw(tongue + "/" + other().label(), "aside", s -> scene.sized() || !s.contains("<size"));
            return new Piece(said, tongue, Kind.INLINE);
        }

        private Topic other() {
            Topic candidate = topic;
            while (candidate == topic) {
                candidate = dice.pick(List.of(Topic.values()));
            }
            return candidate;
        }

        private void add(List<Piece> to, Kind kind, double probability, String file, String section) {
            String tongue = tongue();
            if (dice.chance(probability)) {
                to.add(new Piece(grammar.draw(tongue + "/" + file, section), tongue, kind));
            }
        }

        /** In a mixed ticket every piece chooses. */
        private String tongue() {
            return mixed && dice.chance(0.5) ? "en" : language;
        }
    }

    private enum Kind {
        GREETING,
        CLOSING,
        INLINE,
        PARAGRAPH,
        QUOTE,
        SHOUTED
    }

    private record Piece(String text, String language, Kind kind) {}
}
