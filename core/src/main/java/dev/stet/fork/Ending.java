package dev.stet.fork;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Says how a process ended, as far as its exit code, its crash report and its last words tell. The first line is the same
 * for the same cause, so that a night's failures can be counted by it.
 */
final class Ending {
  private static final int SIGNALS = 128;
  private static final Map<Integer, String> NAMES = Map.of(
      1, "SIGHUP",
      2, "SIGINT",
      3, "SIGQUIT",
      4, "SIGILL, an illegal instruction",
      6, "SIGABRT, as after a crash of the JVM or of native code",
      7, "SIGBUS, a crash in native code",
      8, "SIGFPE, a crash in native code",
      9, "SIGKILL: killed from outside, as the system does when memory runs out",
      11, "SIGSEGV, a crash in native code",
      15, "SIGTERM: told to end from outside");

  private Ending() {}

  static String of(Process process, String lastLines) {
    StringBuilder text = new StringBuilder(code(process.exitValue()));
    for (String folder : new String[] {"", System.getProperty("java.io.tmpdir", "")}) {
      Path report = Path.of(folder, "hs_err_pid" + process.pid() + ".log").toAbsolutePath();
      if (Files.exists(report)) {
        text.append("\n  crash report: ").append(report);
        break;
      }
    }
    if (!lastLines.isEmpty()) {
      text.append("\n  last lines on the error output:\n")
          .append(lastLines.indent(4).stripTrailing());
    }
    return text.toString();
  }

  static String code(int code) {
    String signal = NAMES.get(code - SIGNALS);
    if (signal != null) {
      return "exit code " + code + " (" + signal + ")";
    }
    return "exit code " + code + " (as by System.exit(" + code + ") or Runtime.halt)";
  }
}
