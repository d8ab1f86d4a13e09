package io.tyer.cli;

import io.tyer.LockView;
import io.tyer.LockView.Place;
import java.util.List;

/** A listing for programs; its form is described in {@code tyer locks --help}. */
final class LocksJson {

  private static final int FORMAT = 1;

  private final StringBuilder text = new StringBuilder();

  private LocksJson() {}

  static String text(String store, List<LockView> locks) {
    LocksJson json = new LocksJson();
    json.text.append("{\"format\": ").append(FORMAT).append(", \"store\": ");
    json.string(store).append(", \"locks\": [");
    for (int i = 0; i < locks.size(); i++) {
      json.text.append(i == 0 ? "\n" : ",\n");
      json.lock(locks.get(i));
    }
    return json.text.append(locks.isEmpty() ? "]}\n" : "\n]}\n").toString();
  }

  /** The same on one line. Line ends are between members only: in texts they are escaped. */
  static String line(String store, List<LockView> locks) {
    return text(store, locks).replaceAll("\n *", "") + "\n";
  }

  /** Instead of a listing, why there is none; on one line. */
  static String error(String store, String why) {
    StringBuilder text = new StringBuilder("{\"format\": ").append(FORMAT).append(", \"store\": ");
    JsonText.append(text, store).append(", \"error\": ");
    return JsonText.append(text, why).append("}\n").toString();
  }

  private void lock(LockView lock) {
    text.append("  {\"name\": ");
    string(lock.name()).append(", \"line\": [");
    for (int i = 0; i < lock.line().size(); i++) {
      text.append(i == 0 ? "\n" : ",\n");
      place(lock.line().get(i));
    }
    text.append("\n  ]");
    if (lock.omitted() > 0) {
      text.append(", \"omitted\": ").append(lock.omitted());
    }
    text.append("}");
  }

  private void place(Place place) {
    boolean permits = !place.exclusive() && place.capacity() > 0;
    text.append("    {\"ticket\": \"").append(place.number());
    text.append("\", \"token\": \"").append(place.token());
    text.append("\", \"state\": \"").append(place.granted() ? "held" : "waiting");
    text.append("\", \"kind\": \"")
        .append(place.exclusive() ? "exclusive" : permits ? "permits" : "shared");
    text.append("\", \"permits\": ").append(place.permits());
    text.append(", \"capacity\": ").append(permits ? place.capacity() : "null");
    text.append(", \"owner\": ");
    string(place.owner()).append(", \"session\": ");
    string(place.session()).append(", \"since\": ");
    string(place.since().toString()).append(", \"revoked\": ").append(place.revoked());
    text.append(", \"biased\": ").append(place.biased()).append("}");
  }

  private StringBuilder string(String value) {
    return JsonText.append(text, value);
  }
}
