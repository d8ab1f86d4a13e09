package org.springframework.jdbc.datasource;

import io.tyer.store.jdbc.Handing;
import javax.sql.DataSource;

/** Called as Spring's is, to be known by its name. */
public class TransactionAwareDataSourceProxy extends Handing {

  /** One that stands before another. */
  public TransactionAwareDataSourceProxy(DataSource target) {
    super(target);
  }
}
