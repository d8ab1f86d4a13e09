package io.tyer.server.run;

import com.google.protobuf.TextFormat;
import io.tyer.command.Refusal;
import io.tyer.protocol.v1.ListTokensReply;
import io.tyer.protocol.v1.TokenView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All tokens, with the hashes of their secrets and without what is used, as text of protobuf. */
final class TokensBackup {

  private static final int MOST_BYTES = 1 << 30;
  private static final String HEADING =
      "# Access tokens of Tyer, of which secrets are kept as SHA-256 only: tyer.v1.ListTokensReply\n";

  private TokensBackup() {}

  static String text(List<TokenView> tokens) {
    ListTokensReply.Builder all = ListTokensReply.newBuilder();
    for (TokenView token : tokens) {
      if (token.getHash().isEmpty()) {
        throw Refusal.unreachable(
            "the leader does not tell hashes of tokens: it is of an earlier release, upgrade it",
            null);
      }
      all.addTokens(token.toBuilder().clearUsed());
    }
    return HEADING + TextFormat.printer().printToString(all) + end(tokens.size());
  }

  /** Without it a backup that was cut between two tokens would be taken for a whole one. */
  private static String end(int tokens) {
    return "# These are all " + tokens + " of them.\n";
  }

  static List<TokenView> read(Path file) {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw Refusal.usage(file + " is larger than " + MOST_BYTES + " bytes: it is no backup");
      }
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Refusal.usage("the backup cannot be read: ", e);
    }
    if (!text.startsWith(HEADING)) {
      throw Refusal.usage(file + " is not what 'tyer token export' prints");
    }
    ListTokensReply.Builder all = ListTokensReply.newBuilder();
    try {
      TextFormat.getParser().merge(text, all);
    } catch (TextFormat.ParseException e) {
      throw Refusal.usage(file + " is damaged: ", e);
    }
    if (!text.endsWith(end(all.getTokensCount()))) {
      throw Refusal.usage(file + " was cut: its last line does not count its tokens");
    }
    return all.getTokensList();
  }
}
