package io.tyer.store.file;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Another process that acquires and releases a lock under bias, once per line that it reads. */
final class Keeper {

  private Keeper() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Tyer tyer = Tyer.open(arguments[0])) {
      while (in.readLine() != null) {
        long token;
        try (Lease lease = tyer.lock("a").acquire()) {
          token = lease.token();
        }
        System.out.println(token);
      }
    }
  }
}
