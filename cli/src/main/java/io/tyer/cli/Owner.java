package io.tyer.cli;

import io.tyer.TyerOption;
import io.tyer.command.Refusal;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What others see as the owner of a command's ticket. */
final class Owner {

  private static final int LONGEST = 256;

  private Owner() {}

  /**
   * The label, else what the address or the environment says, else host, process id and command.
   * The command's arguments are left out: they may be secret.
   */
  static String of(RunOptions options, Address address, Map<String, String> environment) {
    String label = options.label();
    if (label != null) {
      if (label.length() > LONGEST) {
        throw Refusal.usage("--label is too long; it has at most " + LONGEST + " characters");
      }
      return withoutControls(label);
    }
    String given = address.option(TyerOption.OWNER.key());
    if (given == null) {
      given = environment.get(TyerOption.OWNER.environmentName());
    }
    if (given != null && !given.isEmpty()) {
      return given;
    }
    String command = options.command().get(0);
    String program = command.substring(command.lastIndexOf('/') + 1);
    String text = host(environment) + " pid " + ProcessHandle.current().pid() + " " + program;
    String clean = withoutControls(text);
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 3) + "...";
  }

  private static String withoutControls(String text) {
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        clean.setCharAt(i, ' ');
      }
    }
    return clean.toString();
  }

  /** Without asking a name server. */
  private static String host(Map<String, String> environment) {
    // Not by a channel: that would load three dozen classes at every start.
    try (FileInputStream in = new FileInputStream("/proc/sys/kernel/hostname")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      String name = environment.get("HOSTNAME");
      return name == null || name.isEmpty() ? "localhost" : name;
    }
  }
}
