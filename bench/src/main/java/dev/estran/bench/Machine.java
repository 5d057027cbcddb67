package dev.estran.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were measured on. */
record Machine(String processor, int processors, long memoryMib, String system, String java, double load) {

    static Machine now() {
        var bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                processorName(),
                bean.getAvailableProcessors(),
                bean.getTotalMemorySize() >> 20,
                bean.getName() + " " + bean.getVersion() + " " + bean.getArch(),
                System.getProperty("java.vendor.version", "") + " " + Runtime.version(),
                bean.getSystemLoadAverage());
    }

    /** CPU time of this process so far, in milliseconds, all threads. */
    static double cpuMillis() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6;
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }

    @Override
    public String toString() {
        return processors + " x " + processor + ", " + memoryMib + " MiB, " + system + ", Java " + java.strip()
                + ", load average " + Figures.digits(load);
    }
}
