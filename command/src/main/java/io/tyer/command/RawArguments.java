package io.tyer.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arguments as the bytes they are. Java decodes them by the locale, and under {@code LC_ALL=C},
 * as in cron jobs, that destroys whatever is not ASCII; Linux still has the bytes.
 */
public final class RawArguments {

  private static final char REPLACEMENT = '\uFFFD';

  private RawArguments() {}

  /** The arguments read as UTF-8 where the locale's encoding could not read them. */
  public static String[] decode(String[] args) {
    if (!isDamaged(args)) {
      return args;
    }
    byte[][] raw = last(args.length);
    if (raw == null) {
      return args;
    }
    String[] decoded = new String[raw.length];
    for (int i = 0; i < raw.length; i++) {
      decoded[i] = new String(raw[i], StandardCharsets.UTF_8);
    }
    return decoded;
  }

  private static boolean isDamaged(String[] args) {
    for (String arg : args) {
      if (arg.indexOf(REPLACEMENT) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The last arguments of this process, null where the system does not tell. */
  public static byte @Nullable [] @Nullable [] last(int count) {
    byte[] all;
    try {
      all = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    } catch (IOException e) {
      return null;
    }
    return last(count, all);
  }

  /** The last of these arguments, each of which ends with a zero byte; null if they are fewer. */
  public static byte @Nullable [] @Nullable [] last(int count, byte[] all) {
    byte[][] result = new byte[count][];
    int end = all.length - 1; // each argument ends with a zero byte
    for (int i = count - 1; i >= 0; i--) {
      if (end < 0) {
        return null;
      }
      int begin = end;
      while (begin > 0 && all[begin - 1] != 0) {
        begin--;
      }
      result[i] = Arrays.copyOfRange(all, begin, end);
      end = begin - 1;
    }
    return result;
  }
}
