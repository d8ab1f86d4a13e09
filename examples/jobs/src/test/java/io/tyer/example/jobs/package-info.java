@NullMarked
package io.tyer.example.jobs;

import org.jspecify.annotations.NullMarked;
