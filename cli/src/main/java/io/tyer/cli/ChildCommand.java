package io.tyer.cli;

import io.tyer.command.Exit;
import io.tyer.command.Printable;
import io.tyer.command.RawArguments;
import io.tyer.command.Refusal;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command and its environment, ready to be started with our standard streams.
 *
 * @param words the command and its arguments
 * @param variables what its environment has beside, and instead of, ours
 */
record ChildCommand(List<String> words, Map<String, String> variables) {

  Process start() throws IOException {
    List<String> command = isEncodable() ? words : throughShell();
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().remove(StoreChoice.PASSWORD);
    builder.environment().remove(StoreChoice.ACCESS_TOKEN);
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** What a start that failed means, as shells tell it. */
  Refusal refusal(IOException e) {
    String message = String.valueOf(e.getMessage());
    String command = Printable.text(words.get(0));
    if (message.contains("error=2,")) {
      return new Refusal(Exit.NOT_FOUND, command + ": not found", e);
    }
    int cause = message.lastIndexOf("error=");
    String why = cause < 0 ? message : message.substring(message.indexOf(',', cause) + 1).trim();
    return new Refusal(Exit.NOT_EXECUTABLE, command + ": cannot be started: " + why, e);
  }

  /** Whether Java can hand all of it on unchanged in this locale. */
  private boolean isEncodable() {
    for (String word : words) {
      if (!survives(word)) {
        return false;
      }
    }
    for (String value : variables.values()) {
      if (!survives(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean survives(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 128) {
        return word.indexOf('\uFFFD') < 0 && Charset.defaultCharset().newEncoder().canEncode(word);
      }
    }
    return true;
  }

  /**
   * The same through a shell that puts bytes in place which Java could not encode, and then becomes
   * the command: {@code eval "$(printf '%b' "...")"} of a text in ASCII.
   */
  @SuppressWarnings("OrphanedFormatString") // the format is the shell's
  private List<String> throughShell() {
    StringBuilder script = new StringBuilder("eval \"$(printf '%b' '");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      octal(script, "export " + variable.getKey() + "=");
      quoted(script, variable.getValue().getBytes(StandardCharsets.UTF_8));
      octal(script, "; ");
    }
    octal(script, "exec");
    for (byte[] word : bytes()) {
      octal(script, " ");
      quoted(script, word);
    }
    return List.of("/bin/sh", "-c", script.append("')\"").toString());
  }

  private List<byte[]> bytes() {
    byte[][] raw = RawArguments.last(words.size());
    if (raw != null) {
      return List.of(raw);
    }
    List<byte[]> bytes = new ArrayList<>();
    for (String word : words) {
      bytes.add(word.getBytes(StandardCharsets.UTF_8));
    }
    return bytes;
  }

  private static void quoted(StringBuilder script, byte[] word) {
    octal(script, "'");
    for (byte b : word) {
      if (b == '\'') {
        octal(script, "'\\''");
      } else {
        octal(script, b);
      }
    }
    octal(script, "'");
  }

  private static void octal(StringBuilder script, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      octal(script, (byte) ascii.charAt(i));
    }
  }

  private static void octal(StringBuilder script, byte b) {
    if (b == ' ' || b == '/' || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z')) {
      script.append((char) b);
    } else {
      script.append(String.format("\\0%03o", b & 0xff));
    }
  }
}
