package io.tyer.store.redis;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What a server says of itself (INFO). */
record ServerInfo(Map<String, String> fields) {

  private static final int RUN_DIGITS = 16;

  static ServerInfo parse(String info) {
    Map<String, String> fields = new HashMap<>();
    for (String row : info.split("\r?\n", -1)) {
      int colon = row.indexOf(':');
      if (colon > 0 && row.charAt(0) != '#') {
        fields.put(row.substring(0, colon), row.substring(colon + 1).trim());
      }
    }
    return new ServerInfo(fields);
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * Names the life of a master: another one for each process that ever served, and for each time
   * that one became the master, since it may lack what another had meanwhile.
   */
  String run() {
    String process = head("run_id");
    String history = head("master_replid");
    return process.isEmpty() || history.isEmpty()
        ? ""
        : process.substring(0, RUN_DIGITS / 2) + history.substring(0, RUN_DIGITS / 2);
  }

  /**
   * As {@link #run()}, another one each time that sentinels make it the master: also where it never
   * stopped taking itself for one.
   */
  String run(long epoch) {
    return epoch == 0 || run().isEmpty()
        ? run()
        : HexFormat.of().toHexDigits(HexFormat.fromHexDigitsToLong(run()) + epoch);
  }

  private String head(String field) {
    String id = field(field);
    return id.length() < RUN_DIGITS ? "" : id.substring(0, RUN_DIGITS);
  }

  boolean isMaster() {
    return field("role").equals("master");
  }

  boolean isClusterNode() {
    return field("cluster_enabled").equals("1");
  }

  /** Whether its scripts can do what ours need: SET with GET, HRANDFIELD. */
  boolean isNewEnough() {
    String[] parts = field("redis_version").split("\\.", 3);
    try {
      int major = Integer.parseInt(parts[0]);
      return major > 6 || (major == 6 && parts.length > 1 && Integer.parseInt(parts[1]) >= 2);
    } catch (NumberFormatException e) {
      return true; // something compatible that counts otherwise
    }
  }

  /** Its name and version for people. */
  String product() {
    String valkey = field("valkey_version");
    return valkey.isEmpty() ? "Redis " + field("redis_version") : "Valkey " + valkey;
  }
}
