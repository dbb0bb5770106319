package dev.stet.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class JvmChangeTest {
  private static final JvmCommand PLAIN = new JvmCommand(
      Path.of("java"), List.of("-Xmx1g", "-XX:+UseG1GC", "-Dx=1", "-XX:-UseZGC"), "lib");

  @Test
  void noneChangesNothing() {
    assertThat(JvmChange.NONE.applied(PLAIN)).isEqualTo(PLAIN);
    Surroundings here = Surroundings.ofThisJvm();
    assertThat(JvmChange.NONE.applied(here)).isEqualTo(here);
    assertThat(JvmChange.NONE).hasToString("");
  }

  @Test
  void whatIsSetComesAfterWhatThisJvmHas() {
    JvmChange change = JvmChange.NONE
        .withProperty("x", "2")
        .without("-XX:[+-]Use\\w+GC")
        .withOptions(List.of("-XX:+UseSerialGC"))
        .withJava(Path.of("/other"));
    JvmCommand command = change.applied(PLAIN);
    assertThat(command.options()).containsExactly("-Xmx1g", "-Dx=1", "-Dx=2", "-XX:+UseSerialGC");
    assertThat(command.java()).isEqualTo(JvmChange.launcher(Path.of("/other")));
    assertThat(command.classPath()).isEqualTo("lib");
    assertThat(change).hasToString(command.java() + " -Dx=2 -XX:+UseSerialGC");
  }

  private static byte[] tell(byte[] request, ForkHost host) {
    host.begin(new byte[0]);
    String told = String.join(
        " ",
        Locale.getDefault().toLanguageTag(),
        Locale.getDefault(Locale.Category.FORMAT).toLanguageTag(),
        System.getProperty("user.language"),
        TimeZone.getDefault().getID(),
        Charset.defaultCharset().name(),
        System.getProperty("java.io.tmpdir"),
        Integer.toString(Runtime.getRuntime().availableProcessors()),
        Integer.toString(ForkJoinPool.getCommonPoolParallelism()),
        System.getProperty("java.vm.info"));
    return told.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aChildHasItAll() throws InterruptedException {
    JvmChange change = JvmChange.NONE
        .withLocale(Locale.forLanguageTag("tr-TR"))
        .withTimeZone(TimeZone.getTimeZone("Pacific/Chatham"))
        .withProperty("file.encoding", "ISO-8859-1")
        .withProperty("java.io.tmpdir", "/elsewhere")
        .withProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "7")
        .withOptions(List.of("-XX:ActiveProcessorCount=5", "-Xint"));
    try (ForkPool pool = ForkPool.of(JvmChangeTest::tell, change)) {
      ForkEnd end = pool.run(new byte[0], begun -> begun, Optional.empty(), () -> false);
      assertThat(new String(((ForkEnd.Answered) end).answer(), StandardCharsets.UTF_8))
          .startsWith("tr-TR tr-TR tr Pacific/Chatham ISO-8859-1 /elsewhere 5 7 interpreted mode");
    }
  }
}
