@NullMarked
package io.tyer.server.http;

import org.jspecify.annotations.NullMarked;
