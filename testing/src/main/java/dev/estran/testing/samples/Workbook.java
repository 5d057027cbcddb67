package dev.estran.testing.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The budget of 2025 as an Office Open XML workbook; entries are stored, not deflated, so that every JDK writes the same bytes. */
final class Workbook {
    private static final LocalDateTime STAMP = LocalDateTime.of(2025, 1, 2, 8, 0);
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);

    private Workbook() {}

    static byte[] budget(List<Shop> shops, Dice dice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String part : List.of(
                    "[Content_Types].xml",
                    "_rels/.rels",
                    "xl/workbook.xml",
                    "xl/_rels/workbook.xml.rels",
                    "xl/styles.xml")) {
                entry(
                        zip,
                        part,
                        String.join("\n", Fragments.load("workbook.txt").section(part)));
            }
            entry(zip, "xl/worksheets/sheet1.xml", sheet(shops, dice));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String sheet(List<Shop> shops, Dice dice) {
        StringBuilder out = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
                """);
        out.append("<row r=\"1\">");
        List<String> header = List.of("shop_id", "month", "target_eur", "staff_hours", "target_per_hour");
        for (int i = 0; i < header.size(); i++) {
            out.append(text((char) ('A' + i) + "1", header.get(i)));
        }
        out.append("</row>\n");
        int row = 2;
        for (Shop shop : shops) {
            for (int month = 1; month <= 12; month++) {
                out.append(line(row++, shop, LocalDate.of(2025, month, 1), dice));
            }
        }
        return out.append("</sheetData></worksheet>\n").toString();
    }

    private static String line(int row, Shop shop, LocalDate month, Dice dice) {
        double season =
                month.getMonthValue() == 7 || month.getMonthValue() == 8 ? 1.8 : month.getMonthValue() == 12 ? 1.4 : 1;
        long target = Math.round(shop.weight() * season * (1800 + dice.below(500)) / 50) * 50;
        int hours = (int) Math.round(shop.surface() * 0.11 * season) * 5;
        double ratio = target / (double) hours;
        return "<row r=\"" + row + "\">" + text("A" + row, shop.id())
                + "<c r=\"B" + row + "\" s=\"1\"><v>" + ChronoUnit.DAYS.between(EPOCH, month) + "</v></c>"
                + "<c r=\"C" + row + "\"><v>" + target + "</v></c>"
                + "<c r=\"D" + row + "\"><v>" + hours + "</v></c>"
                + "<c r=\"E" + row + "\"><f>ROUND(C" + row + "/D" + row + ",2)</f><v>"
                + String.format(Locale.ROOT, "%.2f", ratio) + "</v></c></row>\n";
    }

    private static String text(String cell, String value) {
        return "<c r=\"" + cell + "\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(STAMP);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
