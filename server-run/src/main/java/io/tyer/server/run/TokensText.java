package io.tyer.server.run;

import io.tyer.protocol.v1.Quotas;
import io.tyer.protocol.v1.TokenView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Tokens as people read them. */
final class TokensText {

  private TokensText() {}

  static String of(List<TokenView> tokens) {
    if (tokens.isEmpty()) {
      return String.format("there are no tokens but the operator's own%n");
    }
    StringBuilder text = new StringBuilder();
    for (TokenView token : tokens) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s  %s  made %s, expires %s; %s%n",
              token.getId(),
              String.join(" ", token.getGrantsList()),
              time(token.getCreated()),
              token.getExpires() == 0 ? "never" : time(token.getExpires()),
              used(token)));
      if (!token.getLabel().isEmpty()) {
        text.append("                  ").append(token.getLabel()).append(System.lineSeparator());
      }
    }
    return text.toString();
  }

  private static String used(TokenView token) {
    Quotas used = token.getUsed();
    Quotas most = token.getQuotas();
    String text =
        count(used.getSessions(), most.getSessions(), "sessions")
            + ", "
            + count(used.getTickets(), most.getTickets(), "tickets")
            + ", "
            + count(used.getWaiting(), most.getWaiting(), "waiting")
            + (most.getBytes() == 0
                ? ""
                : ", " + used.getBytes() + " of " + most.getBytes() + " bytes");
    return most.getRequestsPerSecond() == 0
        ? text
        : text + ", at most " + most.getRequestsPerSecond() + " requests/s";
  }

  private static String count(int used, int most, String what) {
    return used + (most == 0 ? "" : " of " + most) + " " + what;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
