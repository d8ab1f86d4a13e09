package io.tyer.testkit.logs;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;

/** Before any test runs, makes {@link RecordingLogs} the provider, unless one was named. */
public final class ChooseRecordingLogs implements LauncherSessionListener {

  /** For JUnit, which finds it as a service. */
  public ChooseRecordingLogs() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty(LoggerFactory.PROVIDER_PROPERTY_KEY) == null) {
      System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, RecordingLogs.class.getName());
    }
  }
}
