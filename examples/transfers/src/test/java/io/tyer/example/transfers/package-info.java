@NullMarked
package io.tyer.example.transfers;

import org.jspecify.annotations.NullMarked;
