package io.tyer.server.run;

import com.google.protobuf.TextFormat;
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
        throw new Refusal(
            "the leader does not tell hashes of tokens: it is of an earlier release, upgrade it");
      }
      all.addTokens(token.toBuilder().clearUsed());
    }
    return HEADING + TextFormat.printer().printToString(all);
  }

  static List<TokenView> read(Path file) {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new Refusal(file + " is larger than " + MOST_BYTES + " bytes: it is no backup");
      }
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Refusal("the backup cannot be read: " + file, e);
    }
    if (!text.startsWith(HEADING)) {
      throw new Refusal(file + " is not what 'tyer token export' prints");
    }
    ListTokensReply.Builder all = ListTokensReply.newBuilder();
    try {
      TextFormat.getParser().merge(text, all);
    } catch (TextFormat.ParseException e) {
      throw new Refusal(file + " is damaged: " + e.getMessage(), e);
    }
    return all.getTokensList();
  }
}
