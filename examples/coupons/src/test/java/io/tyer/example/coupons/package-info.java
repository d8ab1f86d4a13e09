@NullMarked
package io.tyer.example.coupons;

import org.jspecify.annotations.NullMarked;
