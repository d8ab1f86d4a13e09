package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class ScreenLoggerTest {

  /** Else what they log would be told twice. */
  @Test
  void classesWhoseWarningsAreToldOtherwiseAreThere() {
    for (String name : ScreenLogger.TOLD_OTHERWISE) {
      assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
          .as(name)
          .doesNotThrowAnyException();
    }
  }
}
