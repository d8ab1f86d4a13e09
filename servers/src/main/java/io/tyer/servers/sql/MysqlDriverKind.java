package io.tyer.servers.sql;

/** A MariaDB server, reached by MySQL's own driver. */
public final class MysqlDriverKind extends MariaDbKind {

  /** For {@link java.util.ServiceLoader}. */
  public MysqlDriverKind() {}

  @Override
  public String name() {
    return "mysql-driver";
  }

  @Override
  String url(String host, int port, String database) {
    return "jdbc:mysql://"
        + host
        + ":"
        + port
        + "/"
        + database
        + "?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true";
  }
}
