package dev.stet.fork;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xmx2g",
        "-Da=b",
        "-XX:+UseSerialGC",
        "-Xlog:gc",
        "-Xlog:disable",
        "-Xlog:gc:stderr",
        "-Xlog:gc*:stdout:time",
        "-Xlog:gc::time"
      })
  void aChildHasTheOptionsOfItsParent(String option) {
    assertThat(JvmCommand.isShared(option)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-javaagent:jacoco.jar",
        "-agentlib:jdwp=transport=dt_socket",
        "-Xlog:gc:file=gc.log",
        "-Xlog:gc*:gc.log",
        "-Xlog:gc:gc.log:time:filecount=5",
        "-XX:StartFlightRecording=filename=a.jfr",
        "-Dcom.sun.management.jmxremote.port=9010",
        "an argument"
      })
  void whatTwoCannotShareIsLeftOut(String option) {
    assertThat(JvmCommand.isShared(option)).isFalse();
  }

  @Test
  void theLauncherIsThatOfThisJava() {
    assertThat(JvmCommand.likeThisJvm().java()).isExecutable();
  }
}
